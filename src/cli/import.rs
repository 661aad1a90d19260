//! `egenkarta import` and `egenkarta convert`: foreign files, without a server or a database.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use super::out::{self, tell};
use crate::domain::profile::Value;
use crate::exchange::{self, Format, Item, Leftover, Loss, MOST_BYTES};

/// Show what a file would add to a map: JSON Resume, Europass XML, HR Open, European Learning Model
#[derive(Args)]
pub struct Import {
    file: PathBuf,
    /// Only show; nothing else can be done from here, since only its owner can open a map
    #[arg(long)]
    dry_run: bool,
    /// As JSON: format, entries, `not_understood`, losses
    #[arg(long)]
    json: bool,
    /// The language of the texts, where the file does not say (BCP 47; `und` is "unknown")
    #[arg(long, default_value = "und")]
    lang: String,
}

/// Write a file of one format as another; what is lost is said on standard error
#[derive(Args)]
pub struct Convert {
    file: PathBuf,
    /// json-resume, europass-skillspassport, europass-candidate, hr-open or elm
    #[arg(long, value_parser = format)]
    to: Format,
    /// The language of the texts, where the file does not say
    #[arg(long, default_value = "und")]
    lang: String,
}

/// What `--json` prints. Its form is stable: members are added, never changed.
#[derive(Serialize)]
struct Report<'a> {
    format: &'static str,
    entries: Vec<Entry<'a>>,
    not_understood: &'a [Leftover],
    losses: &'a [Loss],
}

#[derive(Serialize)]
struct Entry<'a> {
    kind: &'static str,
    lang: &'a str,
    fields: Map<String, Json>,
    source: &'a str,
}

impl Import {
    pub fn run(self) -> Result<(), String> {
        if !self.dry_run {
            return Err(
                "Only the owner can open a map: choose the file on the page Min karta, or add --dry-run to see what it holds."
                    .to_owned(),
            );
        }
        let import = load(&self.file, &self.lang)?;
        let entries = import.entries.iter().map(entry).collect();
        let (not_understood, losses) = (&import.not_understood[..], &import.losses[..]);
        let report = Report { format: import.format.name(), entries, not_understood, losses };
        let text = if self.json { serde_json::to_string_pretty(&report).map_err(|e| e.to_string())? } else { plain(&report) };
        say(format!("{}\n", text.trim_end()).as_bytes())
    }
}

impl Convert {
    pub fn run(self) -> Result<(), String> {
        let import = load(&self.file, &self.lang)?;
        say(&exchange::write(self.to, &import.entries, &self.lang))?;
        for left in &import.not_understood {
            tell!("not understood, left out: {}", left.path);
        }
        for loss in &import.losses {
            tell!("not read: {}", loss.path);
        }
        Ok(())
    }
}

fn format(name: &str) -> Result<Format, String> {
    let names = Format::ALL.map(Format::name).join(", ");
    Format::named(name).ok_or_else(|| format!("one of {names}"))
}

/// Never more of a file in memory than is read.
fn load(path: &Path, lang: &str) -> Result<exchange::Import, String> {
    let unread = |e: std::io::Error| format!("{} cannot be read: {e}", path.display());
    let mut bytes = Vec::new();
    let most = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX);
    File::open(path).map_err(unread)?.take(most + 1).read_to_end(&mut bytes).map_err(unread)?;
    exchange::read(&bytes, lang).map_err(|refused| format!("{} is not imported: {refused}.", path.display()))
}

fn entry(item: &Item) -> Entry<'_> {
    let fields = item.fields.iter().map(|(name, value)| (name.clone(), plain_value(value))).collect();
    Entry { kind: item.kind.name(), lang: &item.lang, fields, source: &item.source }
}

/// Text, number, true or false, a list; a date as written in ISO 8601; a concept with its words and, where known, its address.
fn plain_value(value: &Value) -> Json {
    match value {
        Value::Text(text) | Value::Choice(text) => json!(text),
        Value::Number(number) => json!(number),
        Value::Choices(all) => json!(all),
        Value::Date(date) => json!(date.to_string()),
        Value::Flag(flag) => json!(flag),
        Value::Concept(concept) => json!(concept),
    }
}

fn plain(report: &Report<'_>) -> String {
    let mut text = format!("{}\n", report.format);
    for entry in &report.entries {
        text.push_str(&format!("\n{} ({})\n", entry.kind, entry.source));
        for (name, value) in &entry.fields {
            text.push_str(&format!("  {name}: {}\n", value.as_str().map_or_else(|| value.to_string(), str::to_owned)));
        }
    }
    if !report.not_understood.is_empty() {
        text.push_str("\nnot understood, kept as text:\n");
    }
    for left in report.not_understood {
        text.push_str(&format!("  {}: {}\n", left.path, left.text));
    }
    for loss in report.losses {
        text.push_str(&format!("  {}: not read (a picture or a file)\n", loss.path));
    }
    text
}

fn say(bytes: &[u8]) -> Result<(), String> {
    out::bytes(bytes);
    Ok(())
}
