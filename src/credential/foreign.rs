//! What someone brings to be checked, in whatever form: recognised and taken apart. Nothing of it is believed here.

use serde_json::{Map, Value};

use super::badge::integrity::Integrity;
use super::badge::{Badge, Jwt, baked, jwt};
use super::competence;
use super::keys::{KeyHint, hint};
use super::sd_jwt::SdJwt;
use super::times;
use crate::crypto::jws::{BadgeJws, object};
use crate::domain::Timestamp;
use crate::domain::credential::{Format, StatusRef, Wrong};

/// Bytes of a file, a picture around its badge included.
pub const MOST_BYTES: usize = 10 * 1024 * 1024;
/// Bytes of a text: of JSON, or of a drawing.
const MOST_TEXT: usize = 2 * 1024 * 1024;
/// Bytes of a badge as JSON.
const MOST_JSON: usize = 512 * 1024;

/// A proof whose form is right.
#[derive(Clone, Debug)]
pub struct Foreign {
    pub format: Format,
    /// Who is said to have issued it.
    pub issuer: String,
    pub key: KeyHint,
    /// When it is said to have been issued, to the second.
    pub issued: Option<Timestamp>,
    /// Where it stands whether it has been withdrawn.
    pub status: Vec<StatusRef>,
    pub(super) inner: Inner,
}

#[derive(Clone, Debug)]
pub(super) enum Inner {
    /// The whole text.
    SdJwt(String),
    Jwt(Box<Jwt>),
    /// With the document as it was signed, and its proof.
    Proof(Box<(Badge, Map<String, Value>, Integrity)>),
}

/// Takes apart an SD-JWT VC, a badge as a JWT or as JSON, or a picture with a badge in it.
///
/// # Errors
/// Why it is nothing of these, or not whole.
pub fn read(bytes: &[u8]) -> Result<Foreign, Wrong> {
    if bytes.len() > MOST_BYTES {
        return Err(Wrong::Size);
    }
    if bytes.starts_with(&baked::PNG) {
        return credential(&baked::from_png(bytes)?);
    }
    if bytes.len() > MOST_TEXT {
        return Err(Wrong::Size);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Wrong::Form)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).trim();
    if text.starts_with('<') { credential(&baked::from_svg(text)?) } else { credential(text) }
}

fn credential(text: &str) -> Result<Foreign, Wrong> {
    let text = text.trim();
    if text.starts_with('{') {
        json(text)
    } else if text.contains('~') {
        sd_jwt(text)
    } else if text.matches('.').count() == 2 {
        Jwt::read(text).map(badge_jwt)
    } else {
        Err(Wrong::Form)
    }
}

fn badge_jwt(jwt: Jwt) -> Foreign {
    Foreign {
        format: Format::BadgeJwt,
        issuer: jwt.badge.issuer.clone(),
        key: jwt.key.clone(),
        issued: jwt.badge.from,
        status: jwt.badge.status.clone(),
        inner: Inner::Jwt(Box::new(jwt)),
    }
}

/// A credential of the VC Data Model 2.0 that is enveloped (4.13) names its JWT as a data URL.
const ENVELOPE: &str = "data:application/vc+jwt,";

fn json(text: &str) -> Result<Foreign, Wrong> {
    if text.len() > MOST_JSON {
        return Err(Wrong::Size);
    }
    let members = object(text.as_bytes()).ok_or(Wrong::Form)?;
    if let Some(jwt) = members.get("id").and_then(Value::as_str).and_then(|id| id.strip_prefix(ENVELOPE)) {
        return Jwt::read(jwt).map(badge_jwt);
    }
    if !members.contains_key("@context") {
        return Err(Wrong::Form);
    }
    let (document, proof) = match Integrity::read(members.clone()) {
        // What is no badge is refused as that, whatever its proof.
        Err(wrong) => return Err(Badge::read(members).err().unwrap_or(wrong)),
        Ok(read) => read,
    };
    let badge = Badge::read(document.clone())?;
    let along = proof.along(&badge.issuer)?;
    Ok(Foreign {
        format: Format::BadgeProof,
        issuer: badge.issuer.clone(),
        key: hint(&badge.issuer, Some(&proof.method), along),
        issued: badge.from,
        status: badge.status.clone(),
        inner: Inner::Proof(Box::new((badge, document, proof))),
    })
}

fn sd_jwt(text: &str) -> Result<Foreign, Wrong> {
    let parsed = SdJwt::parse(text)?;
    if !parsed.is_credential() {
        return Err(Wrong::Kind);
    }
    let first = text.split('~').next().unwrap_or_default();
    let jws = BadgeJws::parse_within(first, super::sd_jwt::MAX).map_err(jwt::unread)?;
    // RS256 is for badges.
    if jws.text("alg") == Some("RS256") {
        return Err(Wrong::Algorithm);
    }
    let issuer = jws.claims.get("iss").and_then(Value::as_str).filter(|iss| !iss.is_empty()).ok_or(Wrong::Claims)?;
    let along = jws.jwk().transpose().map_err(|_| Wrong::Key)?;
    Ok(Foreign {
        format: Format::SdJwtVc,
        issuer: issuer.to_owned(),
        key: hint(issuer, jws.text("kid"), along),
        issued: times::read(&jws.claims, "iat")?,
        status: competence::status_of(&jws.claims)?.into_iter().collect(),
        inner: Inner::SdJwt(text.to_owned()),
    })
}
