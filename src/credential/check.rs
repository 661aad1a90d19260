//! One verdict on a proof, from what is given: the issuer's keys, whether it is trusted, the time, and what the status lists say. The
//! order is: form, signature, whose key it is, whether its issuer is trusted, times, status.

use super::badge::integrity::Integrity;
use super::badge::{Badge, Contexts, Jwt};
use super::foreign::{Foreign, Inner};
use super::sd_jwt::{Opened, SdJwt};
use super::{competence, times};
use crate::crypto::jws::PublicJwk;
use crate::domain::Timestamp;
use crate::domain::credential::{Format, Found, Proof, Unchecked, Verdict, Wrong};
use crate::domain::trust::TrustedIssuer;

/// Of the issuer that the proof names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IssuerKeys {
    /// Its own: of this server's units, from the trust list, or from what it publishes.
    Known(Vec<PublicJwk>),
    /// They could not be had.
    Unreached,
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
    /// It is valid, but its issuer may issue no such proof today.
    pub issuer_ended: bool,
}

impl Checked {
    pub const fn of(verdict: Verdict) -> Self {
        Self { verdict, proof: None, issuer_ended: false }
    }
}

impl From<Checked> for Found {
    fn from(Checked { verdict, proof, issuer_ended }: Checked) -> Self {
        Self { verdict, proof, issuer_ended }
    }
}

/// The verdict. `said`: what its lists say of it (`status::said`), for each of [`Foreign::status`] in their order; `None` is good. Where
/// one is missing, that list could not be had.
pub fn check(foreign: &Foreign, given: &Given<'_>, said: &[Option<Verdict>]) -> Checked {
    settle(foreign, examine(foreign, given), said)
}

/// All but status: [`Verdict::Valid`] where only that is left to ask.
pub fn examine(foreign: &Foreign, given: &Given<'_>) -> Checked {
    match open(foreign, given) {
        Ok((proof, false)) => Checked { proof: Some(proof), ..Checked::of(Verdict::UnknownIssuer) },
        Ok((proof, true)) => proven(proof, given),
        Err(verdict) => Checked::of(verdict),
    }
}

/// Adds what the lists say to what [`examine`] found.
pub fn settle(foreign: &Foreign, found: Checked, said: &[Option<Verdict>]) -> Checked {
    if found.verdict != Verdict::Valid {
        return found;
    }
    let unreached = Some(Verdict::CannotBeChecked(Unchecked::Status));
    let all = (0..foreign.status.len()).filter_map(|at| said.get(at).copied().unwrap_or(unreached));
    // The worst that one of them says.
    let verdict = all.min_by_key(|verdict| match verdict {
        Verdict::Withdrawn => 0,
        Verdict::Suspended => 1,
        Verdict::NotValid(_) => 2,
        _ => 3,
    });
    let verdict = verdict.unwrap_or(Verdict::Valid);
    Checked { verdict, issuer_ended: found.issuer_ended && verdict == Verdict::Valid, ..found }
}

/// What it says where its signature is right, and whether the key is known to be the issuer's.
fn open(foreign: &Foreign, given: &Given<'_>) -> Result<(Proof, bool), Verdict> {
    let signed = Signed::of(foreign, given.contexts)?;
    let along = foreign.key.along.as_slice();
    let own = match given.keys {
        IssuerKeys::Known(keys) => Some(keys.as_slice()),
        // Its name is the key.
        IssuerKeys::Unreached if foreign.key.is_issuer => Some(along),
        IssuerKeys::Unreached => None,
    };
    if let Some(said) = own.and_then(|keys| signed.by(keys, foreign.key.name.as_deref())) {
        return Ok((said.proof(given)?, true));
    }
    let by_another = signed.by(along, foreign.key.name.as_deref());
    match (own, by_another) {
        (Some(_), Some(_)) => Err(Verdict::NotValid(Wrong::Key)),
        (Some(keys), None) => Err(Verdict::NotValid(stranger(foreign, keys))),
        (None, None) if !along.is_empty() => Err(Verdict::NotValid(Wrong::Signature)),
        // Nobody whom we trust, whoever signed.
        (None, Some(said)) if given.trusted.is_none() => Ok((said.proof(given)?, false)),
        (None, None) if given.trusted.is_none() => Err(Verdict::UnknownIssuer),
        (None, _) if foreign.key.unknown => Err(Verdict::CannotBeChecked(Unchecked::Signature)),
        (None, _) => Err(Verdict::CannotBeChecked(Unchecked::Key)),
    }
}

/// Why none of the issuer's keys made it: it names one that is none of them, or it was changed.
fn stranger(foreign: &Foreign, keys: &[PublicJwk]) -> Wrong {
    let named = |kid: &str| keys.iter().any(|key| key.kid.as_deref().is_none_or(|own| own == kid));
    if foreign.key.name.as_deref().is_none_or(named) { Wrong::Signature } else { Wrong::Key }
}

/// Trusted for this, and in force. What it is called is what the trust list calls it.
fn proven(mut proof: Proof, given: &Given<'_>) -> Checked {
    let trusted = given.trusted.filter(|issuer| issuer.covers(&proof, given.now));
    let issuer_ended = trusted.is_some_and(|issuer| issuer.has_ended(&proof, given.now));
    let verdict = match trusted {
        None => Verdict::UnknownIssuer,
        Some(issuer) => {
            proof.issuer.name = Some(issuer.name.clone());
            times::verdict(proof.from, proof.until, given.now).unwrap_or(Verdict::Valid)
        }
    };
    Checked { verdict, proof: Some(proof), issuer_ended: issuer_ended && verdict == Verdict::Valid }
}

/// What was signed, ready to be tried against keys.
enum Signed<'f> {
    SdJwt(Box<SdJwt<'f>>),
    Jwt(&'f Jwt),
    Proof(&'f Badge, &'f Integrity, Vec<u8>),
}

impl<'f> Signed<'f> {
    fn of(foreign: &'f Foreign, contexts: &Contexts) -> Result<Self, Verdict> {
        Ok(match &foreign.inner {
            Inner::SdJwt(text) => Self::SdJwt(Box::new(SdJwt::parse(text).map_err(Verdict::NotValid)?)),
            Inner::Jwt(jwt) => Self::Jwt(jwt),
            Inner::Proof(parts) => Self::Proof(&parts.0, &parts.2, parts.2.message(&parts.1, contexts)?),
        })
    }

    /// What it says, where one of the keys signed it: the one that it names is tried first.
    fn by(&self, keys: &[PublicJwk], name: Option<&str>) -> Option<Said<'f>> {
        let named = |key: &&PublicJwk| key.kid.as_deref() == name;
        keys.iter().filter(named).chain(keys.iter().filter(|key| !named(key))).find_map(|key| self.by_one(key, name))
    }

    fn by_one(&self, key: &PublicJwk, name: Option<&str>) -> Option<Said<'f>> {
        match self {
            Self::SdJwt(parsed) => {
                // Keys that come along or stand on a trust list have names of their own, or none.
                let key = name.map_or_else(|| key.clone(), |name| key.clone().named(name));
                parsed.clone().verify(&[key]).ok().map(|opened| Said::Credential(Box::new(opened)))
            }
            Self::Jwt(jwt) => jwt.made_by(key).then_some(Said::Badge(&jwt.badge, Format::BadgeJwt, None)),
            Self::Proof(badge, proof, message) => {
                proof.made_by(key, message).then_some(Said::Badge(badge, Format::BadgeProof, proof.expires))
            }
        }
    }
}

/// What someone has signed.
enum Said<'f> {
    Credential(Box<Opened>),
    Badge(&'f Badge, Format, Option<Timestamp>),
}

impl Said<'_> {
    fn proof(self, given: &Given<'_>) -> Result<Proof, Verdict> {
        let said = match (self, given.shown) {
            (Self::Credential(opened), shown) => {
                let bound = shown.map_or(Ok(()), |at| opened.check_binding(at.audience, at.nonce, given.now, at.max_age));
                bound.and_then(|()| competence::proof_of(&opened))
            }
            // A badge bears no proof of its holder.
            (Self::Badge(..), Some(_)) => Err(Wrong::Binding),
            (Self::Badge(badge, format, expires), None) => badge.proof(format).map(|proof| {
                let until = [proof.until, expires].into_iter().flatten().min();
                Proof { until, ..proof }
            }),
        };
        said.map_err(Verdict::NotValid)
    }
}
