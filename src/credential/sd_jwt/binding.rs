//! Key binding (RFC 9901, 4.3): its holder signs for whom and on which occasion it is shown.

use serde_json::{Map, Value, json};

use super::{Opened, SdJwt, unread};
use crate::credential::times::{self, LEEWAY};
use crate::crypto::jws::{MAX, PublicJwk, SigningKey, Unverified};
use crate::domain::Timestamp;
use crate::domain::credential::Wrong;

const TYP: &str = "kb+jwt";

/// Appends the holder's proof to a presentation that ends in `~`: for `aud` alone, once by `nonce`, at `iat`.
///
/// # Errors
/// `Form` where it is no presentation or is bound already, `Binding` where `holder` is not the key that it is bound to.
pub fn bind(presentation: &str, holder: &SigningKey, aud: &str, nonce: &str, iat: Timestamp) -> Result<String, Wrong> {
    let shown = SdJwt::parse(presentation)?;
    if shown.is_bound() {
        return Err(Wrong::Form);
    }
    if confirmed(shown.issuer.unchecked())?.thumbprint() != holder.public().thumbprint() {
        return Err(Wrong::Binding);
    }
    let claims = json!({
        "aud": aud, "nonce": nonce, "iat": times::claim(iat), "sd_hash": shown.hash.digest(presentation),
    });
    let header = [("typ".to_owned(), TYP.into())].into_iter().collect();
    Ok(format!("{presentation}{}", holder.compact_unnamed(header, claims.to_string().as_bytes())))
}

impl Opened {
    /// The key that it is bound to (`cnf.jwk`, RFC 7800, 3.2).
    ///
    /// # Errors
    /// `Binding` where it is bound to none, or in a way or to a sort of key that we do not take.
    pub fn holder(&self) -> Result<PublicJwk, Wrong> {
        confirmed(&self.claims)
    }

    /// Whether a holder's proof came with it. It says nothing before it is checked.
    pub const fn is_bound(&self) -> bool {
        self.proof.is_some()
    }

    /// That its holder showed exactly this, to `aud`, on the occasion `nonce`, at most `max_age` microseconds ago (RFC 9901, 7.3).
    ///
    /// # Errors
    /// `Binding` where the proof is missing, ill-formed, by another key or over something else; `Audience`; `Nonce` also where it is too
    /// old or from a time to come.
    pub fn check_binding(&self, aud: &str, nonce: &str, now: Timestamp, max_age: i64) -> Result<(), Wrong> {
        let proof = self.proof.as_deref().ok_or(Wrong::Binding)?;
        let proof = Unverified::parse_within(proof, MAX).map_err(|why| match unread(why) {
            Wrong::Algorithm => Wrong::Algorithm,
            _ => Wrong::Binding,
        })?;
        if proof.typ().as_deref() != Some(TYP) {
            return Err(Wrong::Binding);
        }
        let claims = proof.verify(&self.holder()?).ok_or(Wrong::Binding)?;
        if claims.text("sd_hash") != Some(&self.shown) {
            return Err(Wrong::Binding);
        }
        if claims.text("aud") != Some(aud) {
            return Err(Wrong::Audience);
        }
        let time = |name: &str| times::read(claims.members(), name).map_err(|_| Wrong::Binding);
        let made = time("iat")?.ok_or(Wrong::Binding)?;
        let timely = made <= now.plus(LEEWAY) && now.since(made) <= max_age.saturating_add(LEEWAY);
        let in_force = times::verdict(time("nbf")?, time("exp")?, now).is_none();
        if claims.text("nonce") == Some(nonce) && timely && in_force { Ok(()) } else { Err(Wrong::Nonce) }
    }
}

impl SdJwt<'_> {
    /// The same, whoever its issuer is: that it was made for this occasion says nothing of what it is worth.
    ///
    /// # Errors
    /// As [`Opened::check_binding`].
    pub fn check_occasion(&self, aud: &str, nonce: &str, now: Timestamp, max_age: i64) -> Result<(), Wrong> {
        let (shown, proof) = (self.hash.digest(self.shown), self.proof.map(str::to_owned));
        let opened = Opened { typ: self.typ(), claims: self.claims.clone(), disclosed: Vec::new(), shown, proof };
        opened.check_binding(aud, nonce, now, max_age)
    }
}

fn confirmed(claims: &Map<String, Value>) -> Result<PublicJwk, Wrong> {
    let jwk = claims.get("cnf").and_then(|cnf| cnf.get("jwk")).and_then(Value::as_object).ok_or(Wrong::Binding)?;
    PublicJwk::from_members(jwk).map_err(|_| Wrong::Binding)
}
