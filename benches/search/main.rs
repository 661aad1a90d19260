//! How well and how fast the search finds: run by `tests/load/search`, which says what the figures mean.
//!
//! Titles are split in two halves by a digest of their concept's URI. Weights were fitted on the one that `tune` prints; what is
//! printed otherwise is the other.

mod source;
mod titles;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use egenkarta::taxonomy::{self, Kind, Options, Taxonomy};
use titles::Title;

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let source = PathBuf::from(arguments.next().unwrap_or_else(|| "../shared/taxonomy".to_owned()));
    let half = arguments.next();
    let kept = arguments.next().map(PathBuf::from);
    if !source.join("occupations.csv").is_file() {
        println!("skipped: no taxonomy in the compact layout at {}", source.display());
        return;
    }
    let work = kept.clone().unwrap_or_else(|| std::env::temp_dir().join(format!("egenkarta-search-{}", std::process::id())));
    std::fs::create_dir_all(&work).expect("a temporary folder");
    measure(&source, &work, half.is_some_and(|half| half == "tune"));
    if kept.is_none() {
        std::fs::remove_dir_all(&work).expect("our own folder goes");
    }
}

fn measure(source: &Path, work: &Path, tune: bool) {
    let (copy, data) = (work.join("source"), work.join("data"));
    let held = titles::held_out(source);
    let mut imported = None;
    if taxonomy::Store::in_data(&data).current().is_none() {
        source::copy_without(source, &copy, &held.taken);
        let begun = Instant::now();
        taxonomy::import(&copy, &data, &|_| {}).expect("the copy is a taxonomy");
        imported = Some(begun.elapsed());
    }
    let begun = Instant::now();
    let open = Taxonomy::open(&data).expect("what was imported opens");
    let opened = begun.elapsed();
    println!("{:<34} {:>6} {:>6} {:>9} {:>9} {:>9}", "titles", "count", "MRR", "recall@10", "p50", "p99");
    let mut sets = vec![titles::crosswalk(source)];
    sets.extend(held.sets);
    for (name, lang, all) in &sets {
        let half: Vec<&Title> = all.iter().filter(|title| title.tune == tune).collect();
        quality(&open, name, lang, &half);
    }
    let every: Vec<(&str, &Title)> = sets.iter().flat_map(|(_, lang, all)| all.iter().map(move |t| (lang.as_str(), t))).collect();
    keystrokes(&open, &every);
    let imported = imported.map_or("before".to_owned(), |took| format!("{took:.1?}"));
    println!("import {imported}, opening {opened:.1?}, on disk {:.1} MB", source::size(&data) as f64 / 1e6);
    let begun = Instant::now();
    Taxonomy::starter().expect("the binary carries it");
    println!("the starter's index is made in {:.1?}", begun.elapsed());
}

fn quality(open: &Taxonomy, name: &str, lang: &str, titles: &[&Title]) {
    let (mut reciprocal, mut found, mut times) = (0.0, 0, Vec::new());
    for title in titles {
        let begun = Instant::now();
        let hits = open.search_with(&title.text, &[Kind::Occupation], lang, 100, Options { crosswalk: false });
        times.push(begun.elapsed());
        if let Some(place) = hits.iter().position(|hit| title.meant.contains(&hit.uri)) {
            reciprocal += 1.0 / (place + 1) as f64;
            found += usize::from(place < 10);
        }
    }
    let count = titles.len().max(1) as f64;
    let (p50, p99) = (at(&mut times, 50), at(&mut times, 99));
    println!("{name:<34} {:>6} {:>6.3} {:>9.3} {p50:>9.1?} {p99:>9.1?}", titles.len(), reciprocal / count, found as f64 / count);
}

/// Types titles letter by letter, as a page does: eight hits of one kind after each from the second.
fn keystrokes(open: &Taxonomy, titles: &[(&str, &Title)]) {
    for (name, kind) in [("occupations", Kind::Occupation), ("skills", Kind::Skill)] {
        let mut times = Vec::new();
        for (lang, title) in titles.iter().step_by(titles.len() / 200 + 1) {
            for (end, _) in title.text.char_indices().skip(2).chain([(title.text.len(), ' ')]) {
                // The shortest of three: what a neighbour on the machine takes is no property of the search.
                let once = |_| {
                    let begun = Instant::now();
                    open.search(&title.text[..end], &[kind], lang, 8);
                    begun.elapsed()
                };
                times.extend((0..3).map(once).min());
            }
        }
        let (p50, p99, longest) = (at(&mut times, 50), at(&mut times, 99), at(&mut times, 100));
        println!("keystrokes, {name}: {} searches, p50 {p50:.1?}, p99 {p99:.1?}, longest {longest:.1?}", times.len());
    }
}

fn at(times: &mut [Duration], percent: usize) -> Duration {
    times.sort();
    times.get((times.len() * percent / 100).min(times.len().saturating_sub(1))).copied().unwrap_or_default()
}
