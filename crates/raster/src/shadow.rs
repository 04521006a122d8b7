//! The blurred shadows below the texts of a badge.
//!
//! resvg blurs four channels of a layer and blends it with the image twice. Here each channel is blurred that differs
//! from the others (a shadow is grey, and its colour mostly zero), by [`blur`](crate::blur).

use std::sync::LazyLock;

use resvg::{
    tiny_skia::{IntRect, Pixmap, Transform},
    usvg::{
        Group,
        filter::{ColorInterpolation, Filter, GaussianBlur, Input, Kind},
    },
};

use crate::{
    blur::blur,
    canvas::{fill_paths, is_plain, to_layer},
};

/// Draws a group with a Gaussian blur as its only filter; `None`, and `image` as it was, if it is anything else.
pub(crate) fn draw(group: &Group, transform: Transform, image: &mut Pixmap) -> Option<()> {
    let [filter] = group.filters() else { return None };
    let gaussian = gaussian(filter)?;
    if !is_plain(group) || group.clip_path().is_some() {
        return None;
    }
    let transform = transform.pre_concat(group.transform());
    if transform.has_skew() || transform.sx <= 0.0 || transform.sy <= 0.0 {
        return None;
    }
    let bounds = group.layer_bounding_box().transform(transform)?;
    let area = within(bounds.to_int_rect(), largest_layer(image)?)?;
    let transform = to_layer(area, &bounds).pre_concat(transform);
    // The filter works on the whole layer.
    let whole = IntRect::from_xywh(0, 0, area.width(), area.height())?;
    let region = within(filter.rect().transform(transform)?.to_int_rect(), whole)?;
    let part = filter.primitives()[0].rect().transform(transform)?.to_int_rect();
    if region != whole || part != whole {
        return None;
    }
    let mut layer = Pixmap::new(area.width(), area.height())?;
    fill_paths(group, transform, &mut layer.as_mut())?;
    let (scale_x, scale_y) = transform.get_scale();
    blur_pixels(&mut layer, gaussian.std_dev_x().get() * scale_x, gaussian.std_dev_y().get() * scale_y)?;
    blend(&layer, area.x(), area.y(), image);
    Some(())
}

fn gaussian(filter: &Filter) -> Option<&GaussianBlur> {
    let [primitive] = filter.primitives() else { return None };
    match primitive.kind() {
        Kind::GaussianBlur(gaussian)
            if *gaussian.input() == Input::SourceGraphic
                && primitive.color_interpolation() == ColorInterpolation::LinearRGB =>
        {
            Some(gaussian)
        }
        _ => None,
    }
}

/// The largest layer that resvg makes.
fn largest_layer(image: &Pixmap) -> Option<IntRect> {
    let (width, height) = (i32::try_from(image.width()).ok()?, i32::try_from(image.height()).ok()?);
    IntRect::from_xywh(-2 * width, -2 * height, 5 * image.width(), 5 * image.height())
}

fn within(inner: IntRect, outer: IntRect) -> Option<IntRect> {
    IntRect::from_ltrb(
        inner.left().max(outer.left()),
        inner.top().max(outer.top()),
        inner.right().min(outer.right()),
        inner.bottom().min(outer.bottom()),
    )
}

/// Blurs an image whose pixels are grey; `None` if they are not, or if the deviation is one that resvg leaves out.
fn blur_pixels(image: &mut Pixmap, deviation_x: f32, deviation_y: f32) -> Option<()> {
    if deviation_x < 0.05 || deviation_y < 0.05 {
        return None;
    }
    let (width, height) = (image.width() as usize, image.height() as usize);
    let pixels = image.data_mut().as_chunks_mut::<4>().0;
    if pixels.iter().any(|[red, green, blue, _]| red != green || red != blue) {
        return None;
    }
    let mut alphas: Vec<u8> = pixels.iter().map(|&[_, _, _, alpha]| alpha).collect();
    let mut greys: Vec<u8> = pixels.iter().map(|&[grey, _, _, alpha]| to_linear(grey, alpha)).collect();
    blur(&mut alphas, width, height, deviation_x, deviation_y);
    if greys.iter().any(|&grey| grey != 0) {
        blur(&mut greys, width, height, deviation_x, deviation_y);
    }
    for ((pixel, alpha), grey) in pixels.iter_mut().zip(alphas).zip(greys) {
        let grey = to_srgb(grey, alpha);
        *pixel = [grey, grey, grey, alpha];
    }
    Some(())
}

/// Filters work on linear light. Both functions take and return what is premultiplied with `alpha`.
fn to_linear(srgb: u8, alpha: u8) -> u8 {
    static LINEAR: LazyLock<[u8; 256]> = LazyLock::new(|| {
        table(|value| if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) })
    });
    convert(srgb, alpha, &LINEAR)
}

fn to_srgb(linear: u8, alpha: u8) -> u8 {
    static SRGB: LazyLock<[u8; 256]> = LazyLock::new(|| {
        table(|value| if value <= 0.003_130_8 { value * 12.92 } else { 1.055 * value.powf(1.0 / 2.4) - 0.055 })
    });
    convert(linear, alpha, &SRGB)
}

fn table(curve: impl Fn(f64) -> f64) -> [u8; 256] {
    std::array::from_fn(|value| (curve(value as f64 / 255.0) * 255.0).round() as u8)
}

fn convert(value: u8, alpha: u8, table: &[u8; 256]) -> u8 {
    if value == 0 {
        return 0;
    }
    let alpha = f32::from(alpha) / 255.0;
    let plain = (f32::from(value) / alpha + 0.5) as u8;
    (f32::from(table[usize::from(plain)]) * alpha + 0.5) as u8
}

/// Draws a layer over an image, rounding as tiny-skia does when it draws one image on another.
fn blend(layer: &Pixmap, x: i32, y: i32, image: &mut Pixmap) {
    const TO_UNIT: f32 = 1.0 / 255.0;
    let (layer_width, image_width) = (layer.width() as usize, image.width() as usize);
    let skipped = x.min(0).unsigned_abs() as usize;
    let start = x.max(0) as usize;
    let height = image.height() as usize;
    let pixels = image.data_mut().as_chunks_mut::<4>().0;
    for (line, above) in (y..).zip(layer.data().as_chunks::<4>().0.chunks_exact(layer_width)) {
        let Some(line) = usize::try_from(line).ok().filter(|&line| line < height) else { continue };
        let below = &mut pixels[line * image_width..][..image_width];
        for (below, above) in below.iter_mut().skip(start).zip(above.iter().skip(skipped)) {
            let rest = 1.0 - f32::from(above[3]) * TO_UNIT;
            for (below, above) in below.iter_mut().zip(above) {
                let mixed = f32::from(*below) * TO_UNIT * rest + f32::from(*above) * TO_UNIT;
                *below = to_byte(mixed.clamp(0.0, 1.0) * 255.0);
            }
        }
    }
}

/// Rounds to the nearest integer, halves to the even one. `value` is in 0..=255.
pub(crate) fn to_byte(value: f32) -> u8 {
    // Above 2^23 the last bits of an `f32` are its integer. `round_ties_even` is a function call without SSE 4.1.
    (value + 8_388_608.0).to_bits() as u8
}
