//! Proofs: what one says and how it stands, what is offered, what a file holds before it is added.

use askama::Template;

use super::entry::Audience;
use super::form::Wrong;
use super::frame::{Body, Place, bodies};
use super::shown::{Badge, Worded};
use super::url;
use crate::domain::credential::{Claim, Competence, Found, Part, Proof, Verdict};
use crate::text::T;
use crate::usecase::proof_file::Form;

/// The words for a form that a proof may have as a file.
pub const fn form_key(form: Form) -> &'static str {
    match form {
        Form::SdJwt => "proof-file-sd-jwt",
        Form::Badge => "proof-file-badge",
        Form::BadgePng => "proof-file-png",
        Form::BadgeSvg => "proof-file-svg",
        Form::Elm => "proof-file-elm",
        Form::Eudi => "proof-file-eudi",
    }
}

/// What a proof says, and how it stands at this look.
#[derive(Template)]
#[template(path = "part/proven.html")]
pub struct Proven {
    pub t: T,
    pub badge: Badge,
    pub state: &'static str,
    /// Whether it counts: what does not is told as a warning.
    pub holds: bool,
    pub rows: Vec<(String, Worded)>,
    pub criteria: Vec<Worded>,
}

impl Proven {
    pub fn new(t: T, found: &Found) -> Self {
        let rows = found.proof.as_ref().map(|proof| rows(t, proof)).unwrap_or_default();
        let criteria = found.proof.iter().flat_map(|proof| &proof.competence.criteria);
        let criteria = criteria.map(|met| foreign(&met.name)).collect();
        let holds = matches!(found.verdict, Verdict::Valid);
        Self { t, badge: Badge::of(found), state: found.why(), holds, rows, criteria }
    }
}

/// What the issuer wrote, in whatever language that is.
fn foreign(text: &str) -> Worded {
    Worded { text: text.to_owned(), lang: None }
}

/// What it is called, for this reader.
pub fn name(t: T, competence: &Competence) -> Worded {
    let text = competence.name(t.lang.written());
    let lang = competence.name.iter().find(|(_, name)| *name == text).map(|(lang, _)| lang.clone());
    Worded { text: text.to_owned(), lang: lang.filter(|lang| lang != t.lang.written()) }
}

fn rows(t: T, proof: &Proof) -> Vec<(String, Worded)> {
    let competence = &proof.competence;
    let own = |text: String| Worded { text, lang: None };
    let day = |at: crate::domain::Timestamp| own(t.day(&at));
    let issuer = proof.issuer.name.clone().unwrap_or_else(|| proof.issuer.id.clone());
    let level = competence.level.map(|level| own(t.s(Badge::Level(level).key())));
    let whom = [Claim::GivenName, Claim::FamilyName].into_iter().filter_map(|claim| said(t, claim, proof));
    let whom = whom.map(|worded| worded.text).collect::<Vec<_>>().join(" ");
    let all = [
        ("proof-competence", Some(name(t, competence))),
        ("proof-holder", Some(own(whom)).filter(|whom| !whom.text.is_empty())),
        ("proof-issuer", Some(own(issuer))),
        ("proof-number", proof.issuer.number.clone().map(own)),
        ("proof-level", level),
        ("proof-part", said(t, Claim::Part, proof)),
        ("proof-seqf", said(t, Claim::Seqf, proof)),
        ("proof-framework", said(t, Claim::Framework, proof)),
        ("proof-method", said(t, Claim::Method, proof)),
        ("proof-assessor", said(t, Claim::Assessor, proof)),
        ("proof-assessed", said(t, Claim::Assessed, proof)),
        ("proof-issued", proof.issued.map(day)),
        ("proof-until", proof.until.map(|until| own(t.last_day(&until)))),
    ];
    all.into_iter().filter_map(|(key, value)| Some((t.s(key), value?))).collect()
}

/// The name of a claim.
pub const fn claim_key(claim: Claim) -> &'static str {
    match claim {
        Claim::Part => "proof-part",
        Claim::Seqf => "proof-seqf",
        Claim::Framework => "proof-framework",
        Claim::Criteria => "proof-criteria",
        Claim::Concepts => "claim-concepts",
        Claim::Method => "proof-method",
        Claim::Assessor => "proof-assessor",
        Claim::Assessed => "proof-assessed",
        Claim::GivenName => "claim-given-name",
        Claim::FamilyName => "claim-family-name",
    }
}

/// What a proof says of one thing; nothing where it does not say.
pub fn said(t: T, claim: Claim, proof: &Proof) -> Option<Worded> {
    let competence = &proof.competence;
    let own = |text: String| Worded { text, lang: None };
    match claim {
        Claim::Part => competence.part.map(|part| own(t.s(part_key(part)))),
        Claim::Seqf => competence.seqf.map(|level| own(level.to_string())),
        Claim::Framework => competence.framework.as_ref().map(|one| foreign(&format!("{} ({})", one.name, one.version))),
        Claim::Criteria => {
            let names: Vec<String> = competence.criteria.iter().map(|met| met.name.clone()).collect();
            (!names.is_empty()).then(|| own(t.list(&names)))
        }
        Claim::Concepts => {
            (!competence.concepts.is_empty()).then(|| own(t.count("claim-concepts-count", competence.concepts.len())))
        }
        Claim::Method => competence.method.as_deref().map(foreign),
        Claim::Assessor => competence.assessor.as_deref().map(foreign),
        Claim::Assessed => competence.assessed.map(|date| own(t.partial(date))),
        Claim::GivenName => proof.subject.given.as_deref().map(foreign),
        Claim::FamilyName => proof.subject.family.as_deref().map(foreign),
    }
}

const fn part_key(part: Part) -> &'static str {
    match part {
        Part::Whole => "proof-part-whole",
        Part::Part => "proof-part-part",
    }
}

/// The page behind an offer's link. Fields: `code`, and once it is shown `keep_out` (a consent's id, repeated).
#[derive(Template)]
#[template(path = "offer.html")]
pub struct OfferPage {
    pub t: T,
    /// As typed.
    pub code: String,
    pub offered: Option<Proven>,
    pub way: Way,
    pub audience: Vec<Audience>,
    /// Why nothing is offered.
    pub told: Option<String>,
    pub wrong: Vec<Wrong>,
}

/// What stands between someone and accepting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    SignIn,
    Unlock,
    Open,
}

impl OfferPage {
    fn wrong_of(&self, id: &str) -> Option<&str> {
        Wrong::find(&self.wrong, id)
    }
}

/// Adding a proof that one has. Fields: `file`, `text`.
#[derive(Template)]
#[template(path = "proof_add.html")]
pub struct ProofAdd {
    pub t: T,
    pub text: String,
    pub wrong: Vec<Wrong>,
}

impl ProofAdd {
    fn wrong_of(&self, id: &str) -> Option<&str> {
        Wrong::find(&self.wrong, id)
    }
}

/// What it holds, before it is added. Fields: `text`, `keep_out`, `seen` (a consent's id, repeated).
#[derive(Template)]
#[template(path = "proof_review.html")]
pub struct ProofReview {
    pub t: T,
    pub text: String,
    pub proven: Proven,
    /// It may be kept: its form is sound, and it says what it is.
    pub sound: bool,
    pub audience: Vec<Audience>,
    pub wrong: Vec<Wrong>,
}

bodies! {
    OfferPage Public "offer-title" true;
    ProofAdd Map "proof-add-title" true;
    ProofReview Map "proof-add-title" true;
}
