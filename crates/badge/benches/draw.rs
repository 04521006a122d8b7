//! How fast badges are drawn: flat against the crate `shields`, the other styles against flat, and how many instructions
//! a badge takes, which is a gate.
//!
//! Method: 10,000 pairs of texts as projects have them (`data/badge-texts-10k.tsv`), one thread, each badge an owned
//! `String`. What is compared is drawn in turns, a hundred badges at a time, round after round; of each hundred the fastest
//! round counts, so that whatever else the machine does is left out. Instructions are counted by callgrind, in a run with
//! badges less a run without, so that nothing can move them.

#![expect(clippy::print_stdout, reason = "a benchmark speaks to who runs it")]

use std::{
    env,
    hint::black_box,
    process::{Command, ExitCode},
    time::{Duration, Instant},
};

use burgee_badge::{Badge, Style};
use shields::{BadgeParams, BadgeStyle};

const TEXTS: &str = include_str!("../data/badge-texts-10k.tsv");
const ROUNDS: usize = 41;
const TURN: usize = 100;

const FASTER_THAN_SHIELDS: f64 = 1.25;
const STYLE_AT_MOST: f64 = 1.5;
const BUILD_PASSING_AT_MOST: u64 = 4_500;
const MEAN_AT_MOST: u64 = 5_000;

fn main() -> ExitCode {
    let texts: Vec<(&str, &str)> = TEXTS.lines().filter_map(|line| line.split_once('\t')).collect();
    // What callgrind runs.
    if let Ok(counted) = env::var("BADGE_COUNT") {
        count(&counted, &texts);
        return ExitCode::SUCCESS;
    }
    println!("Badges: {} in turns of {TURN}, the fastest of {ROUNDS} rounds for each turn.", texts.len());
    compare_times(&texts);
    check_instructions(texts.len())
}

fn ours(style: Style, (label, message): (&str, &str)) -> String {
    Badge::new(label, message).style(style).color("#4b0").svg()
}

fn theirs((label, message): (&str, &str)) -> String {
    shields::render_badge_svg(&BadgeParams {
        style: BadgeStyle::Flat,
        label: Some(label),
        message: Some(message),
        label_color: None,
        message_color: Some("#4b0"),
        link: None,
        extra_link: None,
        logo: None,
        logo_color: None,
    })
}

fn compare_times(texts: &[(&str, &str)]) {
    let time = |texts: &[(&str, &str)], draw: &dyn Fn((&str, &str)) -> String| {
        let begun = Instant::now();
        for &text in texts {
            black_box(draw(black_box(text)));
        }
        begun.elapsed()
    };
    let mut fastest = vec![[Duration::MAX; 6]; texts.len().div_ceil(TURN)];
    for _ in 0..ROUNDS {
        for (texts, fastest) in texts.chunks(TURN).zip(&mut fastest) {
            fastest[0] = fastest[0].min(time(texts, &theirs));
            for (style, fastest) in Style::ALL.into_iter().zip(&mut fastest[1..]) {
                *fastest = time(texts, &|text| ours(style, text)).min(*fastest);
            }
        }
    }
    let [shields, styles @ ..] = [0, 1, 2, 3, 4, 5].map(|column: usize| {
        fastest.iter().map(|turn| turn[column]).sum::<Duration>().as_secs_f64() / texts.len() as f64 * 1e9
    });
    let verdict = |is_met: bool| if is_met { "met" } else { "MISSED" };
    let faster = shields / styles[0];
    println!("  shields, flat      {shields:6.0} ns a badge");
    println!(
        "  flat               {:6.0} ns, {faster:.2} × as fast (wanted: {FASTER_THAN_SHIELDS}, {})",
        styles[0],
        verdict(faster >= FASTER_THAN_SHIELDS)
    );
    for (style, nanoseconds) in Style::ALL.into_iter().zip(styles).skip(1) {
        let ratio = nanoseconds / styles[0];
        let verdict = verdict(ratio <= STYLE_AT_MOST);
        println!(
            "  {:<18} {nanoseconds:6.0} ns, {ratio:.2} × flat's time (wanted: at most {STYLE_AT_MOST}, {verdict})",
            style.as_str()
        );
    }
}

/// Draws what is to be counted.
fn count(what: &str, texts: &[(&str, &str)]) {
    match what {
        "build" => (0..texts.len()).for_each(|_| drop(black_box(ours(Style::Flat, black_box(("build", "passing")))))),
        "texts" => texts.iter().for_each(|&text| drop(black_box(ours(Style::Flat, black_box(text))))),
        "shields build" => (0..texts.len()).for_each(|_| drop(black_box(theirs(black_box(("build", "passing")))))),
        "shields texts" => texts.iter().for_each(|&text| drop(black_box(theirs(black_box(text))))),
        _ => {}
    }
}

fn check_instructions(badges: usize) -> ExitCode {
    let Some(nothing) = instructions("nothing") else {
        println!("  Instructions were not counted: there is no valgrind here.");
        return ExitCode::SUCCESS;
    };
    let each = |what| instructions(what).map_or(u64::MAX, |all| all.saturating_sub(nothing) / badges as u64);
    println!(
        "  shields: {} instructions for build/passing, {} on average",
        each("shields build"),
        each("shields texts")
    );
    let mut code = ExitCode::SUCCESS;
    for (name, what, most) in
        [("build/passing", "build", BUILD_PASSING_AT_MOST), ("average of all texts", "texts", MEAN_AT_MOST)]
    {
        let found = each(what);
        let verdict = if found <= most { "met" } else { "MISSED" };
        println!("  flat, {name}: {found} instructions (at most {most}, {verdict})");
        if found > most {
            code = ExitCode::FAILURE;
        }
    }
    code
}

/// What one run of this program takes, by callgrind; `None` without valgrind.
fn instructions(what: &str) -> Option<u64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(env::current_exe().ok()?)
        .env("BADGE_COUNT", what)
        .output()
        .ok()?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    said.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok())
}
