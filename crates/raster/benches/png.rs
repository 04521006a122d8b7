//! How much faster PNGs are drawn than by resvg alone, and how large they are.
//!
//! Method: what is compared is drawn in turns, ten images at a time, round after round, on one thread; the fastest round
//! counts, so that whatever else the machine does is left out.

#![expect(clippy::print_stdout, reason = "a benchmark speaks to who runs it")]
#![expect(clippy::unwrap_used, reason = "a benchmark cannot go on without the image")]

use std::{
    hint::black_box,
    sync::Arc,
    time::{Duration, Instant},
};

use burgee_badge::{Badge, Style};
use burgee_raster::Rasteriser;
use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree, fontdb},
};

const ROUNDS: usize = 101;
const TURN: u32 = 10;

fn main() {
    let rasteriser = Rasteriser::new();
    let options = options();
    println!(
        "Images \"build: passing\" in turns of {TURN}, the fastest of {ROUNDS} rounds, in microseconds and bytes."
    );
    println!("  {:<13} scale      resvg             ours", "style");
    for style in Style::ALL {
        let svg = Badge::new("build", "passing").style(style).color("#4c1").svg();
        for scale in [1, 2] {
            let resvg = || by_resvg(&svg, &options, f32::from(scale));
            let ours = || rasteriser.png(&svg, scale).unwrap();
            let [before, after] = fastest([&resvg, &ours]);
            println!(
                "  {:<13} {scale}     {before:6.0} {:6}    {after:6.0} {:6}    {:.2} ×",
                style.as_str(),
                resvg().len(),
                ours().len(),
                before / after
            );
        }
    }
}

/// The fastest time for one image of each kind, in microseconds.
fn fastest<const N: usize>(kinds: [&dyn Fn() -> Vec<u8>; N]) -> [f64; N] {
    let mut fastest = [Duration::MAX; N];
    for _ in 0..ROUNDS {
        for (draw, fastest) in kinds.iter().zip(&mut fastest) {
            let begun = Instant::now();
            for _ in 0..TURN {
                black_box(draw());
            }
            *fastest = begun.elapsed().min(*fastest);
        }
    }
    fastest.map(|turn| turn.as_secs_f64() * 1e6 / f64::from(TURN))
}

fn by_resvg(svg: &str, options: &Options, scale: f32) -> Vec<u8> {
    let tree = Tree::from_str(svg, options).unwrap();
    let size = tree.size().to_int_size().scale_by(scale).unwrap();
    let mut pixels = Pixmap::new(size.width(), size.height()).unwrap();
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().unwrap()
}

fn options() -> Options<'static> {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(include_bytes!("../assets/fonts/DejaVuSans.ttf").to_vec());
    fonts.load_font_data(include_bytes!("../assets/fonts/DejaVuSans-Bold.ttf").to_vec());
    fonts.set_sans_serif_family("DejaVu Sans");
    Options { fontdb: Arc::new(fonts), font_family: "DejaVu Sans".to_owned(), ..Options::default() }
}
