//! Gaussian blur of one channel, with exactly the results of resvg's.
//!
//! resvg approximates the Gaussian in two ways, by how wide it is: by box filters (five of them, one after the other), or
//! by the recursive filter of Alvarez and Mazorra ("Signal and Image Restoration using Shock Filters and Anisotropic
//! Diffusion", 1994). Recursion makes each value wait for the one before. So here whole rows are computed at a time, on a
//! transposed image for the horizontal direction, which the compiler turns into vector instructions.

use crate::shadow::to_byte;

/// From this standard deviation on, in either direction, resvg uses box filters.
const BOXES_FROM: f32 = 2.0;

/// Blurs a channel of `width` × `height` bytes. What is beyond its edges counts as zero.
pub(crate) fn blur(channel: &mut [u8], width: usize, height: usize, deviation_x: f32, deviation_y: f32) {
    if deviation_x >= BOXES_FROM || deviation_y >= BOXES_FROM {
        blur_by_boxes(channel, width, deviation_x, deviation_y);
    } else {
        blur_recursively(channel, width, height, f64::from(deviation_x), f64::from(deviation_y));
    }
}

fn blur_by_boxes(channel: &mut [u8], width: usize, deviation_x: f32, deviation_y: f32) {
    let mut columns_done = vec![0; channel.len()];
    for (radius_x, radius_y) in box_radii(deviation_x).into_iter().zip(box_radii(deviation_y)) {
        average_columns(channel, &mut columns_done, width, radius_y);
        for (from, to) in columns_done.chunks_exact(width).zip(channel.chunks_exact_mut(width)) {
            average_row(from, to, radius_x);
        }
    }
}

/// The radii of five boxes that together come near a Gaussian: at first narrower ones, then one pixel more each.
fn box_radii(deviation: f32) -> [usize; 5] {
    let count = 5.0;
    let variance = 12.0 * deviation * deviation;
    let ideal = (variance / count).sqrt() + 1.0;
    // The greatest odd width below the ideal one.
    let narrow = (ideal.floor() as i32 - 1) / 2 * 2 + 1;
    let width = narrow as f32;
    let narrow_ones = (variance - count * width * width - 4.0 * count * width - 3.0 * count) / (-4.0 * width - 4.0);
    let narrow_ones = narrow_ones.round() as usize;
    let radius = ((narrow - 1) / 2) as usize;
    std::array::from_fn(|index| if index < narrow_ones { radius } else { radius + 1 })
}

/// Replaces each value by the mean of those in its column, from `radius` above to `radius` below.
fn average_columns(from: &[u8], to: &mut [u8], width: usize, radius: usize) {
    let factor = 1.0 / (2 * radius + 1) as f32;
    let mut sums = vec![0_i32; width];
    let row = |y: usize| from.chunks_exact(width).nth(y);
    for y in 0..radius {
        row(y).into_iter().flatten().zip(&mut sums).for_each(|(&value, sum)| *sum += i32::from(value));
    }
    for (y, to) in to.chunks_exact_mut(width).enumerate() {
        if let Some(entering) = row(y + radius) {
            entering.iter().zip(&mut sums).for_each(|(&value, sum)| *sum += i32::from(value));
        }
        if let Some(leaving) = y.checked_sub(radius + 1).and_then(row) {
            leaving.iter().zip(&mut sums).for_each(|(&value, sum)| *sum -= i32::from(value));
        }
        to.iter_mut().zip(&sums).for_each(|(to, &sum)| *to = to_byte(sum as f32 * factor));
    }
}

/// The same for a row.
fn average_row(from: &[u8], to: &mut [u8], radius: usize) {
    let factor = 1.0 / (2 * radius + 1) as f32;
    let mut sum: i32 = from.iter().take(radius).map(|&value| i32::from(value)).sum();
    for (x, to) in to.iter_mut().enumerate() {
        sum += from.get(x + radius).map_or(0, |&value| i32::from(value));
        sum -= x.checked_sub(radius + 1).map_or(0, |left| i32::from(from[left]));
        *to = to_byte(sum as f32 * factor);
    }
}

/// How often the recursive filter runs there and back.
const STEPS: i32 = 4;

fn blur_recursively(channel: &mut [u8], width: usize, height: usize, deviation_x: f64, deviation_y: f64) {
    let (x, y) = (Recursion::new(deviation_x), Recursion::new(deviation_y));
    let mut values: Vec<f64> = channel.iter().map(|&value| f64::from(value) / 255.0).collect();
    let mut transposed = vec![0.0; values.len()];
    transpose(&values, &mut transposed, width);
    x.run(&mut transposed, height);
    transpose(&transposed, &mut values, height);
    y.run(&mut values, width);
    let scale = ((x.factor * y.factor).sqrt() / (x.lambda * y.lambda).sqrt()).powi(2 * STEPS);
    channel.iter_mut().zip(values).for_each(|(to, value)| *to = (value * scale * 255.0) as u8);
}

fn transpose(from: &[f64], to: &mut [f64], width: usize) {
    let height = from.len() / width;
    for (y, row) in from.chunks_exact(width).enumerate() {
        for (&value, to) in row.iter().zip(to[y..].iter_mut().step_by(height)) {
            *to = value;
        }
    }
}

/// The recursive filter in one direction.
struct Recursion {
    lambda: f64,
    /// How much of the value before is added to each.
    factor: f64,
}

impl Recursion {
    fn new(deviation: f64) -> Self {
        let lambda = (deviation * deviation) / (2.0 * f64::from(STEPS));
        let factor = (1.0 + 2.0 * lambda - (1.0 + 4.0 * lambda).sqrt()) / (2.0 * lambda);
        Self { lambda, factor }
    }

    /// Runs down and up all columns at once.
    fn run(&self, values: &mut [f64], width: usize) {
        let height = values.len() / width;
        for _ in 0..STEPS {
            for y in 1..height {
                let (above, row) = values[(y - 1) * width..(y + 1) * width].split_at_mut(width);
                row.iter_mut().zip(above).for_each(|(value, before)| *value += self.factor * *before);
            }
            for y in (1..height).rev() {
                let (row, below) = values[(y - 1) * width..(y + 1) * width].split_at_mut(width);
                row.iter_mut().zip(below).for_each(|(value, before)| *value += self.factor * *before);
            }
        }
    }
}
