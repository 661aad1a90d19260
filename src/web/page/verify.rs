//! "Kontrollera ett bevis": what anyone brings, and what was found, in words.

use askama::Template;

use super::form::Wrong;
use super::frame::{Body, Place, bodies};
use super::proof::{Proven, name};
use super::shown::Worded;
use super::url;
use crate::domain::Timestamp;
use crate::domain::credential::{Found, Verdict};
use crate::text::T;

/// Bringing something. Fields: `text`; in the other form `photo` and `file`.
#[derive(Template)]
#[template(path = "verify.html")]
pub struct VerifyPage {
    pub t: T,
    /// As typed.
    pub text: String,
    pub wrong: Vec<Wrong>,
}

impl VerifyPage {
    fn wrong_of(&self, id: &str) -> Option<&str> {
        Wrong::find(&self.wrong, id)
    }
}

/// What was found.
#[derive(Template)]
#[template(path = "verified.html")]
pub struct Verified {
    pub t: T,
    pub results: Vec<Outcome>,
    pub at: Timestamp,
    /// Until when the code shows it, where it was a code.
    pub until: Option<Timestamp>,
    /// What "check again" sends.
    pub text: Option<String>,
}

/// One proof, and how it stands.
pub struct Outcome {
    /// What it is called; the kind of page it is where nobody can say.
    pub title: Worded,
    pub verdict: Verdict,
    /// The locale key of the sentence that says why.
    pub why: &'static str,
    pub rows: Vec<(String, Worded)>,
    pub criteria: Vec<Worded>,
    /// Whose it is, for whoever opens it.
    pub holder: Option<String>,
    /// Who stands for it, where that holds.
    pub issuer: Option<String>,
}

impl Outcome {
    pub fn new(t: T, found: &Found) -> Self {
        let Proven { rows, criteria, .. } = Proven::new(t, found);
        // The name of a competence is the heading, and a person's name waits until it is asked for.
        let apart = [t.s("proof-holder"), t.s("proof-competence")];
        let rows = rows.into_iter().filter(|(label, _)| !apart.contains(label)).collect();
        let proof = found.proof.as_ref();
        let names = proof.map(|proof| [&proof.subject.given, &proof.subject.family].map(|name| name.clone().unwrap_or_default()));
        let holder = names.map(|names| names.join(" ").trim().to_owned()).filter(|name| !name.is_empty());
        let title = proof.map_or_else(|| Worded::of(&t.s("check-one"), t.lang.written(), t), |proof| name(t, &proof.competence));
        // What was taken back, has ended or cannot be checked, nobody stands behind now.
        let issuer = proof.filter(|_| found.verdict == Verdict::Valid).and_then(|proof| proof.issuer.name.clone());
        Self { title, verdict: found.verdict, why: found.why(), rows, criteria, holder, issuer }
    }

    /// Drawn around the origin with radius 8; each verdict has a shape of its own.
    fn path(&self) -> &'static str {
        match self.verdict {
            Verdict::Valid => "M8 0A8 8 0 1 1-8 0A8 8 0 1 1 8 0ZM-4 .5L-1.2 3.3L4.2-3",
            Verdict::Expired => "M8 0A8 8 0 1 1-8 0A8 8 0 1 1 8 0ZM0-5V0L3.6 2.4",
            Verdict::NotYet => "M8 0A8 8 0 1 1-8 0A8 8 0 1 1 8 0ZM0-5V0L-3.6 2.4",
            Verdict::Withdrawn => "M8 0A8 8 0 1 1-8 0A8 8 0 1 1 8 0ZM-5.6 5.6L5.6-5.6",
            Verdict::Suspended => "M8 0A8 8 0 1 1-8 0A8 8 0 1 1 8 0ZM-2.4-3.6V3.6M2.4-3.6V3.6",
            Verdict::UnknownIssuer => "M0-9.5L9.5 0L0 9.5L-9.5 0ZM0-4.5V1M0 3.6V4.6",
            Verdict::CannotBeChecked(_) => "M0-9L9 7.5H-9ZM0-3.4V2M0 4.4V5.2",
            Verdict::NotValid(_) => "M-7.5-7.5H7.5V7.5H-7.5ZM-4-4L4 4M-4 4L4-4",
        }
    }

    /// The colour beside shape and word.
    fn tone(&self) -> &'static str {
        match self.verdict {
            Verdict::Valid => "good",
            Verdict::Expired | Verdict::NotYet | Verdict::Withdrawn | Verdict::Suspended | Verdict::NotValid(_) => "bad",
            Verdict::UnknownIssuer | Verdict::CannotBeChecked(_) => "open",
        }
    }
}

bodies! {
    VerifyPage Public "check-title" true;
    Verified Public "check-result" false;
}
