//! `egenkarta verify`: a proof checked on one's own machine, by a trust list and status lists that lie there. Nothing is fetched, nothing
//! of the file is kept.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use serde_json::{Value, json};

use super::open::plain;
use super::out::{self, tell};
use crate::app::trust;
use crate::credential::keys::pinned;
use crate::credential::lists::{self, Publisher};
use crate::credential::status::{in_force_until, said};
use crate::credential::{self, Checked, Foreign, Given, IssuerKeys, MOST_BYTES, Occasion};
use crate::domain::credential::{Format, Proof, StatusKind, StatusRef, Unchecked, Verdict, Wrong};
use crate::domain::time::MINUTE;
use crate::domain::{Clock, SystemClock, Timestamp};
use crate::text::{Lang, T};

/// Called wrongly, or a file that cannot be read (sysexits, `EX_USAGE`).
pub const WRONG_USE: u8 = 64;

/// Check a proof of a competence: an SD-JWT, or an Open Badge as JWT, JSON, PNG or SVG. Asks nobody. Exit code: 0 valid, 1 not valid or
/// its issuer not on the trust list, 2 status or key could not be had, 64 wrong use
#[derive(Args)]
pub struct Verify {
    /// The file; `-` for standard input
    file: PathBuf,
    /// The trust list (TOML); without it the data folder's
    #[arg(long, value_name = "FILE")]
    trust: Option<PathBuf>,
    /// A status list as its issuer publishes it, kept in a file; repeatable
    #[arg(long = "status", value_name = "FILE")]
    statuses: Vec<PathBuf>,
    /// Check as of this time (RFC 3339), and not of now
    #[arg(long, value_name = "TIME", value_parser = time)]
    at: Option<Timestamp>,
    /// It must be of this type (`vct`, or the type of an Open Badge)
    #[arg(long, value_name = "TYPE")]
    vct: Option<String>,
    /// It must have been presented to this audience, by its holder's key
    #[arg(long, value_name = "URI", requires = "nonce")]
    audience: Option<String>,
    /// It must have been presented on this occasion
    #[arg(long, requires = "audience")]
    nonce: Option<String>,
    /// Print JSON: verdict, reason, claims
    #[arg(long)]
    json: bool,
    /// The language to print in
    #[arg(long, default_value = "en")]
    lang: String,
    /// The data folder, with trust list and contexts
    #[arg(long, env = "EGENKARTA_DATA", default_value = "./data", value_name = "DIR")]
    data: PathBuf,
}

/// For how long a presentation counts.
const MAX_AGE: i64 = 10 * MINUTE;

fn time(text: &str) -> Result<Timestamp, String> {
    Timestamp::parse_rfc3339(text).ok_or_else(|| "a time such as 2026-05-01T12:00:00Z".to_owned())
}

impl Verify {
    pub fn run(self) -> ExitCode {
        let now = self.at.unwrap_or_else(|| SystemClock.now());
        let t = T::new(Lang::negotiate(Some(&self.lang)), now);
        let checked = match self.check(now) {
            Ok(checked) => checked,
            Err(sentence) => {
                tell!("{sentence}");
                return ExitCode::from(WRONG_USE);
            }
        };
        let text = if self.json { format!("{:#}\n", as_json(&t, &checked)) } else { told(&t, &checked) };
        out::bytes(text.as_bytes());
        if let Err(sentence) = out::end() {
            tell!("{sentence}");
            return ExitCode::from(WRONG_USE);
        }
        ExitCode::from(checked.verdict.exit_code())
    }

    /// The error is a sentence for the person at the keyboard: something beside the proof cannot be read.
    fn check(&self, now: Timestamp) -> Result<Checked, String> {
        let list = match &self.trust {
            Some(path) => trust::read_list(path),
            None => trust::list(&self.data),
        };
        let (list, contexts) = (list.map_err(|e| e.to_string())?, trust::contexts(&self.data).map_err(|e| e.to_string())?);
        let lists = self.statuses.iter().map(|path| text(path)).collect::<Result<Vec<_>, _>>()?;
        let foreign = match credential::read(&self.file()?) {
            Ok(foreign) => foreign,
            Err(wrong) => return Ok(Checked::of(Verdict::NotValid(wrong))),
        };
        let trusted = list.find(&foreign.issuer);
        let keys = keys(&foreign, trusted.and_then(pinned));
        let shown = self.audience.as_deref().zip(self.nonce.as_deref());
        let shown = shown.map(|(audience, nonce)| Occasion { audience, nonce, max_age: MAX_AGE });
        let given = Given { keys: &keys, trusted, contexts: &contexts, now, shown };
        let found = credential::examine(&foreign, &given);
        let all: Vec<_> = match &keys {
            IssuerKeys::Known(keys) => {
                let by = Publisher { issuer: &foreign.issuer, keys, contexts: &contexts, now };
                foreign.status.iter().map(|at| listed(at, &lists, &by)).collect()
            }
            IssuerKeys::Unreached => Vec::new(),
        };
        Ok(self.of_type(credential::settle(&foreign, found, &all)))
    }

    fn file(&self) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        let most = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX).saturating_add(1);
        // One byte more than may be tells a file that is too large.
        let read = if self.file == Path::new("-") {
            std::io::stdin().take(most).read_to_end(&mut bytes)
        } else {
            std::fs::File::open(&self.file).and_then(|file| file.take(most).read_to_end(&mut bytes))
        };
        read.map(|_| bytes).map_err(|e| format!("{} cannot be read: {e}", self.file.display()))
    }

    /// Something else than was asked for is not valid here, however right it is.
    fn of_type(&self, found: Checked) -> Checked {
        let wanted = |proof: &Proof| self.vct.as_deref().is_none_or(|vct| proof.kind.split(' ').any(|kind| kind == vct));
        match &found.proof {
            Some(proof) if !wanted(proof) => Checked { verdict: Verdict::NotValid(Wrong::Kind), ..found },
            _ => found,
        }
    }
}

fn keys(foreign: &Foreign, pinned: Option<Vec<crate::crypto::jws::PublicJwk>>) -> IssuerKeys {
    match (pinned.filter(|keys| !keys.is_empty()), &foreign.key.along) {
        (Some(keys), _) => IssuerKeys::Known(keys),
        (None, Some(key)) if foreign.key.is_issuer => IssuerKeys::Known(vec![key.clone()]),
        (None, _) => IssuerKeys::Unreached,
    }
}

/// What the kept lists say at this place; that it cannot be checked where none is that list, or it is too old.
fn listed(at: &StatusRef, lists: &[String], by: &Publisher<'_>) -> Option<Verdict> {
    const UNREACHED: Verdict = Verdict::CannotBeChecked(Unchecked::Status);
    if at.list == StatusKind::Other {
        return Some(UNREACHED);
    }
    let Some(text) = lists.iter().find(|text| lists::address(text).as_ref() == Some(&at.uri)) else { return Some(UNREACHED) };
    match lists::list(text, at, by) {
        Ok(list) if by.now >= in_force_until(&list.times) => Some(UNREACHED),
        Ok(list) => said(at.list, &list.list, at.index),
        Err(verdict) => Some(verdict),
    }
}

fn text(path: &Path) -> Result<String, String> {
    let bytes = trust::bounded(path, u64::try_from(lists::MOST).unwrap_or(u64::MAX)).map_err(|e| e.to_string())?;
    String::from_utf8(bytes).map_err(|_| format!("{} is no status list.", path.display()))
}

/// Its form is stable: members are added, never changed. Times are RFC 3339.
fn as_json(t: &T, checked: &Checked) -> Value {
    let mut out = json!(checked.verdict);
    out["exit_code"] = checked.verdict.exit_code().into();
    out["sentence"] = t.s(checked.verdict.why_of(checked.issuer_ended)).into();
    out["issuer_ended"] = checked.issuer_ended.into();
    let mut claims = json!(checked.proof);
    if let Some(proof) = &checked.proof {
        for (name, at) in [("issued", proof.issued), ("from", proof.from), ("until", proof.until)] {
            claims[name] = json!(at.map(Timestamp::rfc3339));
        }
        claims["holder"] = json!(proof.holder.map(hex::encode));
        claims["level"] = json!(proof.competence.level.map(|level| format!("{level:?}")));
    }
    out["claims"] = claims;
    out
}

fn told(t: &T, checked: &Checked) -> String {
    let mut text = format!("{}\n{}\n", t.s(checked.verdict.key()), t.s(checked.verdict.why_of(checked.issuer_ended)));
    // What nobody vouches for is not repeated as if it were so.
    let proof = checked.proof.as_ref().filter(|_| !matches!(checked.verdict, Verdict::NotValid(_)));
    for (label, value) in proof.map(|proof| lines(t, proof)).into_iter().flatten() {
        text.push_str(&format!("\n{}: {}", t.s(label), plain(&value)));
    }
    format!("{}\n", text.trim_end())
}

fn lines(t: &T, proof: &Proof) -> Vec<(&'static str, String)> {
    let Proof { issuer, subject, competence, .. } = proof;
    let names: Vec<&str> = [&subject.given, &subject.family].into_iter().flatten().map(String::as_str).collect();
    let holder = if names.is_empty() { t.s("proof-holder-hidden") } else { names.join(" ") };
    let part = competence.part.map(|part| match part {
        crate::domain::credential::Part::Whole => t.s("proof-part-whole"),
        crate::domain::credential::Part::Part => t.s("proof-part-part"),
    });
    let criteria: Vec<&str> = competence.criteria.iter().map(|one| one.name.as_str()).collect();
    let day = |at: Option<Timestamp>| at.map(|at| at.day().to_string());
    let all = [
        ("proof-competence", Some(competence.name(t.lang.tag()).to_owned())),
        ("proof-issuer", Some(issuer.name.clone().unwrap_or_else(|| issuer.id.clone()))),
        ("proof-number", issuer.number.clone()),
        // A badge names nobody.
        ("proof-holder", (proof.format == Format::SdJwtVc).then_some(holder)),
        ("proof-level", competence.level.map(|level| t.s(format!("evidence-{level:?}").to_lowercase()))),
        ("proof-seqf", competence.seqf.map(|level| level.to_string())),
        ("proof-part", part),
        ("proof-framework", competence.framework.as_ref().map(|one| format!("{} {}", one.name, one.version))),
        ("proof-criteria", (!criteria.is_empty()).then(|| criteria.join("; "))),
        ("proof-method", competence.method.clone()),
        ("proof-assessor", competence.assessor.clone()),
        ("proof-assessed", competence.assessed.map(|date| date.to_string())),
        ("proof-issued", day(proof.issued)),
        ("proof-from", day(proof.from)),
        ("proof-until", day(proof.until)),
    ];
    all.into_iter().filter_map(|(label, value)| Some((label, value?))).collect()
}
