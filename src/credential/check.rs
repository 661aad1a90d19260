//! One verdict on a proof, from what is given: the issuer's keys, whether it is trusted, the time, and its standing on the lists. The
//! order is: form, signature, whose key it is, whether its issuer is trusted, times, status.

use super::badge::Contexts;
use super::foreign::{Foreign, Inner};
use super::sd_jwt::{Opened, SdJwt};
use super::{competence, times};
use crate::crypto::jws::PublicJwk;
use crate::domain::Timestamp;
use crate::domain::credential::{Proof, Unchecked, Verdict, Wrong};
use crate::domain::trust::TrustedIssuer;

/// Of the issuer that the proof names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IssuerKeys {
    /// Its own: of this server's units, from the trust list, or from what it publishes.
    Known(Vec<PublicJwk>),
    /// They could not be had.
    Unreached,
}

/// Where a proof stands on one list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Good,
    Withdrawn,
    Suspended,
    /// The list could not be had, or is too old.
    Unreached,
    /// The list is not the issuer's, or does not reach so far.
    Wrong,
}

/// What is given beside the proof.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    pub keys: &'a IssuerKeys,
    /// The issuer's place on the trust list.
    pub trusted: Option<&'a TrustedIssuer>,
    pub contexts: &'a Contexts,
    pub now: Timestamp,
    /// That it was presented to us, now.
    pub shown: Option<Occasion<'a>>,
}

/// For whom and on which occasion its holder must have signed, and how many microseconds ago at most.
#[derive(Clone, Copy, Debug)]
pub struct Occasion<'a> {
    pub audience: &'a str,
    pub nonce: &'a str,
    pub max_age: i64,
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    pub verdict: Verdict,
    /// What it says, where its signature is right: by whomever. Only [`Verdict::Valid`] makes it true.
    pub proof: Option<Proof>,
}

impl Checked {
    pub const fn of(verdict: Verdict) -> Self {
        Self { verdict, proof: None }
    }
}

/// The verdict, with the proof's standing on each of [`Foreign::status`], in their order.
pub fn check(foreign: &Foreign, given: &Given<'_>, standings: &[Standing]) -> Checked {
    settle(foreign, examine(foreign, given), standings)
}

/// All but status: [`Verdict::Valid`] where only that is left to ask.
pub fn examine(foreign: &Foreign, given: &Given<'_>) -> Checked {
    let (opened, own) = match open(foreign, given) {
        Ok(opened) => opened,
        Err(verdict) => return Checked::of(verdict),
    };
    let verdict = if own { proven(&opened, given) } else { Verdict::UnknownIssuer };
    Checked { verdict, proof: Some(opened) }
}

/// Adds the status to what [`examine`] found.
pub fn settle(foreign: &Foreign, found: Checked, standings: &[Standing]) -> Checked {
    if found.verdict != Verdict::Valid {
        return found;
    }
    let of = |at: usize| standings.get(at).copied().unwrap_or(Standing::Unreached);
    let all: Vec<Standing> = (0..foreign.status.len()).map(of).collect();
    let has = |one: Standing| all.contains(&one);
    let verdict = if has(Standing::Withdrawn) {
        Verdict::Withdrawn
    } else if has(Standing::Suspended) {
        Verdict::Suspended
    } else if has(Standing::Wrong) {
        Verdict::NotValid(Wrong::Status)
    } else if has(Standing::Unreached) || foreign.unknown_status {
        Verdict::CannotBeChecked(Unchecked::Status)
    } else {
        Verdict::Valid
    };
    Checked { verdict, ..found }
}

/// What it says where its signature is right, and whether the key is known to be the issuer's.
fn open(foreign: &Foreign, given: &Given<'_>) -> Result<(Proof, bool), Verdict> {
    let signed = Signed::of(foreign, given)?;
    let own = match given.keys {
        IssuerKeys::Known(keys) => Some(keys.as_slice()),
        // Its name is the key.
        IssuerKeys::Unreached if foreign.key.is_issuer => Some(foreign.key.along.as_slice()),
        IssuerKeys::Unreached => None,
    };
    let along = foreign.key.along.as_slice();
    if own.is_some_and(|keys| keys.iter().any(|key| signed.made_by(key))) {
        return Ok((signed.proof(given)?, true));
    }
    let by_another = along.iter().any(|key| signed.made_by(key));
    match (own, along.is_empty()) {
        (Some(_), _) if by_another => Err(Verdict::NotValid(Wrong::Key)),
        (Some(_), _) => Err(Verdict::NotValid(Wrong::Signature)),
        (None, false) if !by_another => Err(Verdict::NotValid(Wrong::Signature)),
        // Nobody whom we trust, whoever signed.
        (None, _) if given.trusted.is_none() => match by_another {
            true => Ok((signed.proof(given)?, false)),
            false => Err(Verdict::UnknownIssuer),
        },
        (None, _) if foreign.key.unknown => Err(Verdict::CannotBeChecked(Unchecked::Signature)),
        (None, _) => Err(Verdict::CannotBeChecked(Unchecked::Key)),
    }
}

/// Trusted for this, and in force.
fn proven(proof: &Proof, given: &Given<'_>) -> Verdict {
    let framework = proof.competence.framework.as_ref().map(|framework| framework.id.as_str());
    let issued = proof.issued.or(proof.from).unwrap_or(given.now);
    let trusted = given.trusted.is_some_and(|issuer| {
        issuer.covers(&proof.kind, framework, proof.competence.level, issued) && issuer.is_named(proof.issuer.number.as_deref())
    });
    if !trusted {
        return Verdict::UnknownIssuer;
    }
    times::verdict(proof.from, proof.until, given.now).unwrap_or(Verdict::Valid)
}

/// What was signed, ready to be tried against keys.
enum Signed<'f> {
    SdJwt(&'f str, SdJwt<'f>),
    Jwt(&'f super::badge::Jwt),
    Proof(&'f super::badge::Badge, &'f super::badge::integrity::Integrity, Vec<u8>),
}

impl<'f> Signed<'f> {
    fn of(foreign: &'f Foreign, given: &Given<'_>) -> Result<Self, Verdict> {
        Ok(match &foreign.inner {
            Inner::SdJwt(text) => Self::SdJwt(text, SdJwt::parse(text).map_err(Verdict::NotValid)?),
            Inner::Jwt(jwt) => Self::Jwt(jwt),
            Inner::Proof(parts) => Self::Proof(&parts.0, &parts.2, parts.2.message(&parts.1, given.contexts)?),
        })
    }

    fn made_by(&self, key: &PublicJwk) -> bool {
        match self {
            Self::SdJwt(_, parsed) => parsed.made_by(key),
            Self::Jwt(jwt) => jwt.made_by(key),
            Self::Proof(_, proof, message) => proof.made_by(key, message),
        }
    }

    fn proof(self, given: &Given<'_>) -> Result<Proof, Verdict> {
        use crate::domain::credential::Format;
        let said = match self {
            Self::SdJwt(_, parsed) => return credential(&parsed.opened(), given).map_err(Verdict::NotValid),
            Self::Jwt(jwt) => jwt.badge.proof(Format::BadgeJwt),
            Self::Proof(badge, proof, _) => badge.proof(Format::BadgeProof).map(|said| {
                let until = [said.until, proof.expires].into_iter().flatten().min();
                Proof { until, ..said }
            }),
        };
        let said = said.map_err(Verdict::NotValid)?;
        // A badge bears no proof of its holder.
        if given.shown.is_some() { Err(Verdict::NotValid(Wrong::Binding)) } else { Ok(said) }
    }
}

fn credential(opened: &Opened, given: &Given<'_>) -> Result<Proof, Wrong> {
    if let Some(shown) = given.shown {
        opened.check_binding(shown.audience, shown.nonce, given.now, shown.max_age)?;
    }
    competence::proof_of(opened)
}
