//! `egenkarta taxonomy`: import an official download, search as the server does.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use super::out::{self, tell};
use crate::taxonomy::{self, ESCO_ATTRIBUTION, Hit, Kind, Options, Step};

#[derive(clap::Subcommand)]
pub enum Taxonomy {
    /// Read an ESCO download (zip or folder, one or more languages) and use it from now on
    Import {
        /// The zip, or the folder with its tables
        path: PathBuf,
        /// The data folder
        #[arg(long, env = "EGENKARTA_DATA", default_value = "./data", value_name = "DIR")]
        data: PathBuf,
    },
    /// Find the concepts for each title, one per line
    Search(Search),
    /// Say which taxonomy is in use, and what it holds
    Show {
        /// The data folder
        #[arg(long, env = "EGENKARTA_DATA", default_value = "./data", value_name = "DIR")]
        data: PathBuf,
    },
}

#[derive(clap::Args)]
pub struct Search {
    /// Titles, one per line; standard input where absent
    file: Option<PathBuf>,
    /// The language in which labels are shown
    #[arg(long, default_value = "sv")]
    lang: String,
    /// The most concepts for a title
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=200))]
    limit: u16,
    /// Only this kind, repeatable: occupation, skill, group
    #[arg(long = "kind", value_parser = kind)]
    kinds: Vec<Kind>,
    /// One line of JSON per title
    #[arg(long)]
    json: bool,
    /// Leave out labels that only a crosswalk to another taxonomy gives
    #[arg(long)]
    no_crosswalk: bool,
    /// Write the times of all searches to standard error
    #[arg(long)]
    timing: bool,
    /// The data folder
    #[arg(long, env = "EGENKARTA_DATA", default_value = "./data", value_name = "DIR")]
    data: PathBuf,
}

/// Runs the command; the error is one sentence for the person at the keyboard.
pub fn run(command: Taxonomy) -> Result<(), String> {
    match command {
        Taxonomy::Import { path, data } => there(&data).and_then(|()| import(&path, &data)),
        Taxonomy::Search(search) => run_search(&search),
        Taxonomy::Show { data } => show(&data),
    }
}

/// A mistyped folder would take in what nobody serves.
pub(super) fn there(data: &Path) -> Result<(), String> {
    let absent = || format!("{} is not there. Choose the data folder with --data; `egenkarta migrate` makes one.", data.display());
    if data.is_dir() { Ok(()) } else { Err(absent()) }
}

/// Imports where the data folder has no taxonomy but the starter; says where it has.
pub fn import_once(path: &Path, data: &Path) -> Result<(), String> {
    if taxonomy::Store::in_data(data).current().is_none() {
        return import(path, data);
    }
    super::out::say!("The taxonomy that was imported earlier stays. `egenkarta taxonomy import {}` replaces it.", path.display());
    show(data)
}

fn import(path: &Path, data: &Path) -> Result<(), String> {
    let bar = ProgressBar::new_spinner();
    bar.set_style(ProgressStyle::with_template("{spinner} {elapsed} {msg}").unwrap_or_else(|_| ProgressStyle::default_spinner()));
    bar.enable_steady_tick(Duration::from_millis(100));
    let step = |step: Step| match step {
        Step::Reading(file) => bar.set_message(format!("reading {file}")),
        Step::Indexing { concepts } => bar.set_message(format!("indexing {concepts} concepts")),
        Step::Switching => bar.set_message("switching over"),
    };
    let done = taxonomy::import(path, data, &step);
    bar.finish_and_clear();
    let (version, counts) = done.map_err(|e| e.to_string())?;
    say(&version, &counts)
}

fn show(data: &Path) -> Result<(), String> {
    let open = taxonomy::Taxonomy::open(data).map_err(|e| e.to_string())?;
    say(open.version(), open.counts())
}

fn say(version: &str, counts: &taxonomy::Counts) -> Result<(), String> {
    let languages: Vec<String> = counts.languages.iter().map(|(lang, n)| format!("{lang} {n}")).collect();
    let taxonomy::Counts { occupations, skills, groups, labels, dropped, .. } = counts;
    let held = format!("{occupations} occupations, {skills} skills, {groups} groups, {labels} labels");
    let languages = languages.join(", ");
    let text = format!("taxonomy {version}: {held}; preferred labels: {languages}; rows left out: {dropped}\n{ESCO_ATTRIBUTION}\n");
    out::bytes(text.as_bytes());
    Ok(())
}

#[derive(Serialize)]
struct Line<'a> {
    query: &'a str,
    hits: &'a [Hit],
}

fn run_search(search: &Search) -> Result<(), String> {
    let open = taxonomy::Taxonomy::open(&search.data).map_err(|e| e.to_string())?;
    let input: Box<dyn BufRead> = match &search.file {
        Some(path) => Box::new(BufReader::new(File::open(path).map_err(|e| format!("{} cannot be read: {e}", path.display()))?)),
        None => Box::new(io::stdin().lock()),
    };
    let kinds = if search.kinds.is_empty() { vec![Kind::Occupation, Kind::Skill, Kind::Group] } else { search.kinds.clone() };
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut times = Vec::new();
    for title in input.lines() {
        let title = title.map_err(|e| format!("the titles cannot be read as UTF-8 text: {e}"))?;
        let begun = Instant::now();
        let options = Options { crosswalk: !search.no_crosswalk };
        let hits = open.search_with(&title, &kinds, &search.lang, usize::from(search.limit), options);
        times.push(begun.elapsed());
        let written = if search.json { json(&mut out, &title, &hits) } else { list(&mut out, &title, &hits) };
        if !out::heard(written).map_err(|e| e.to_string())? {
            return Ok(());
        }
    }
    out::heard(out.flush()).map_err(|e| e.to_string())?;
    if search.timing {
        tell!("{}", timing(times));
    }
    Ok(())
}

fn json(out: &mut impl Write, query: &str, hits: &[Hit]) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &Line { query, hits })?;
    out.write_all(b"\n")
}

fn list(out: &mut impl Write, query: &str, hits: &[Hit]) -> io::Result<()> {
    writeln!(out, "{query}")?;
    for hit in hits {
        let why = hit.why.label.as_ref().map(|label| format!("  ({label})")).unwrap_or_default();
        writeln!(out, "  {:.2}  {:?}  {}{why}\n        {}", hit.score, hit.kind, hit.label, hit.uri)?;
    }
    Ok(())
}

fn timing(mut times: Vec<Duration>) -> String {
    times.sort();
    let at = |part: usize| times.get((times.len() * part / 100).min(times.len().saturating_sub(1))).copied().unwrap_or_default();
    format!("{} searches: p50 {:?}, p95 {:?}, p99 {:?}, longest {:?}", times.len(), at(50), at(95), at(99), at(100))
}

fn kind(text: &str) -> Result<Kind, String> {
    match text {
        "occupation" => Ok(Kind::Occupation),
        "skill" => Ok(Kind::Skill),
        "group" => Ok(Kind::Group),
        _ => Err("one of occupation, skill, group".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::taxonomy::{How, Why};

    #[test]
    fn an_unknown_kind_and_a_missing_file_are_refused() {
        assert!(kind("job").is_err());
        let search = Search {
            file: Some("no/such/file".into()),
            lang: "sv".into(),
            limit: 1,
            kinds: Vec::new(),
            json: true,
            no_crosswalk: false,
            timing: false,
            data: "no/such/data".into(),
        };
        assert!(run(Taxonomy::Search(search)).is_err_and(|why| why.starts_with("no/such/file cannot be read")));
    }

    #[test]
    fn a_title_is_one_line_of_json() {
        let hit = Hit {
            uri: "u".into(),
            kind: Kind::Occupation,
            label: "kock".into(),
            lang: "sv".into(),
            score: 0.5,
            why: Why { how: How::OtherLanguage, label: Some("cook".into()) },
        };
        let mut out = Vec::new();
        json(&mut out, "a \"b\"", &[hit]).unwrap();
        let line = String::from_utf8(out).unwrap();
        let hit = r#"{"uri":"u","kind":"occupation","label":"kock","lang":"sv","score":0.5,"why":{"how":"other_language","label":"cook"}}"#;
        assert_eq!(line, format!("{{\"query\":\"a \\\"b\\\"\",\"hits\":[{hit}]}}\n"));
    }

    #[test]
    fn no_searches_have_a_time_of_nothing() {
        assert_eq!(timing(Vec::new()), "0 searches: p50 0ns, p95 0ns, p99 0ns, longest 0ns");
    }
}
