//! Fills paths the way resvg does.

use resvg::{
    tiny_skia::{self, BlendMode, Color, FillRule, GradientStop, Paint, PixmapMut, Shader, SpreadMode, Transform},
    usvg::{self, Path},
};

/// Fills `path`, if it is filled with a colour or a linear gradient and not stroked; `None` if it is anything else.
pub(crate) fn fill(path: &Path, transform: Transform, pixels: &mut PixmapMut) -> Option<()> {
    if path.stroke().is_some() || !path.is_visible() {
        return None;
    }
    let fill = path.fill()?;
    let bounds = path.data().bounds();
    if bounds.width() == 0.0 || bounds.height() == 0.0 {
        return None;
    }
    let shader = match fill.paint() {
        usvg::Paint::Color(color) => Shader::SolidColor(rgba(*color, fill.opacity())),
        usvg::Paint::LinearGradient(gradient) => linear_gradient(gradient, fill.opacity())?,
        usvg::Paint::RadialGradient(_) | usvg::Paint::Pattern(_) => return None,
    };
    let paint = Paint {
        shader,
        blend_mode: BlendMode::SourceOver,
        anti_alias: path.rendering_mode().use_shape_antialiasing(),
        ..Paint::default()
    };
    pixels.fill_path(path.data(), &paint, rule(fill), transform, None);
    Some(())
}

/// Which parts of an overlapping path are inside.
pub(crate) fn rule(fill: &usvg::Fill) -> FillRule {
    match fill.rule() {
        usvg::FillRule::NonZero => FillRule::Winding,
        usvg::FillRule::EvenOdd => FillRule::EvenOdd,
    }
}

fn linear_gradient(gradient: &usvg::LinearGradient, opacity: usvg::Opacity) -> Option<Shader<'static>> {
    let spread = match gradient.spread_method() {
        usvg::SpreadMethod::Pad => SpreadMode::Pad,
        usvg::SpreadMethod::Reflect => SpreadMode::Reflect,
        usvg::SpreadMethod::Repeat => SpreadMode::Repeat,
    };
    let stops = gradient.stops().iter();
    let stops = stops.map(|stop| GradientStop::new(stop.offset().get(), rgba(stop.color(), stop.opacity() * opacity)));
    tiny_skia::LinearGradient::new(
        (gradient.x1(), gradient.y1()).into(),
        (gradient.x2(), gradient.y2()).into(),
        stops.collect(),
        spread,
        gradient.transform(),
    )
}

fn rgba(color: usvg::Color, opacity: usvg::Opacity) -> Color {
    Color::from_rgba8(color.red, color.green, color.blue, opacity.to_u8())
}
