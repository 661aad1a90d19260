//! What part of a proof its holder shows. What is hidden and not named here is never shown: in a foreign proof it may be anything.

use std::collections::BTreeSet;

use super::sd_jwt::{Path, SdJwt, bind};
use crate::crypto::jws::SigningKey;
use crate::domain::Timestamp;
use crate::domain::credential::{Claim, Wrong};

/// What its holder may show or leave out. An Open Badge is shown whole.
///
/// # Errors
/// As [`SdJwt::parse`].
pub fn choices(credential: &str) -> Result<BTreeSet<Claim>, Wrong> {
    if !is_selective(credential) {
        return Ok(BTreeSet::new());
    }
    Ok(SdJwt::parse(credential)?.disclosable().filter_map(claim).collect())
}

/// The proof with these claims and no others of those that can be left out, bound to nothing.
///
/// # Errors
/// As [`SdJwt::parse`].
pub fn shown(credential: &str, claims: &BTreeSet<Claim>) -> Result<String, Wrong> {
    if !is_selective(credential) {
        return Ok(credential.to_owned());
    }
    Ok(SdJwt::parse(credential)?.present(|path| claim(path).is_some_and(|claim| claims.contains(&claim))))
}

/// The proof as it may be shared: all but who the person is.
///
/// # Errors
/// As [`SdJwt::parse`].
pub fn shareable(credential: &str) -> Result<String, Wrong> {
    shown(credential, &Claim::ALL.iter().copied().filter(|claim| !claim.personal()).collect())
}

/// A presentation bound by the holder's key (PKCS #8) to whom it is shown and to one occasion. `None` where the key is not the one that it
/// is bound to.
pub fn bound(presentation: &str, holder: &[u8], audience: &str, nonce: &str, at: Timestamp) -> Option<String> {
    let key = SigningKey::from_pkcs8(holder)?;
    bind(presentation, &key, audience, nonce, at).ok()
}

/// An SD-JWT ends each of its parts with `~`.
fn is_selective(credential: &str) -> bool {
    credential.contains('~')
}

fn claim(path: &Path) -> Option<Claim> {
    Claim::ALL.iter().copied().find(|claim| path.is_in(claim.name()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::sd_jwt::issue;
    use crate::domain::SystemRandom;
    use serde_json::json;

    /// Its holder's key, and a proof that hides a name, a criterion and something that we do not know.
    fn issued() -> (Vec<u8>, SigningKey, String) {
        let holder = SigningKey::generate().expect("a key");
        let jwk = SigningKey::from_pkcs8(&holder).expect("a key").public().members();
        let issuer = SigningKey::from_pkcs8(&SigningKey::generate().expect("a key")).expect("a key");
        let claims = json!({
            "iss": "https://example.org", "vct": "urn:x", "iat": 1, "cnf": { "jwk": jwk }, "given_name": "Amina", "seqf": 4,
            "criteria": [{ "id": "a", "name": "A" }, { "id": "b", "name": "B" }], "birthdate": "1988-01-01",
        });
        let claims = claims.as_object().expect("an object").clone();
        let hide = [
            Path::top("given_name"),
            Path::top("seqf"),
            Path::element("criteria", 0),
            Path::element("criteria", 1),
            Path::top("birthdate"),
        ];
        let text = issue(&issuer, "dc+sd-jwt", claims, &hide, &SystemRandom::default()).expect("issued");
        (holder.to_vec(), issuer, text)
    }

    fn claims(issuer: &SigningKey, text: &str) -> serde_json::Map<String, serde_json::Value> {
        SdJwt::parse(text).expect("sound").verify(&[issuer.public()]).expect("signed").claims
    }

    #[test]
    fn no_name_and_nothing_unknown_is_ever_shared() {
        let (_, issuer, text) = issued();
        let shared = claims(&issuer, &shareable(&text).expect("sound"));
        assert!(!shared.contains_key("given_name") && !shared.contains_key("birthdate"));
        assert_eq!((&shared["seqf"], shared["criteria"].as_array().map(Vec::len)), (&json!(4), Some(2)));
        assert!(!choices(&text).expect("sound").is_empty());
        let nothing = claims(&issuer, &shown(&text, &BTreeSet::new()).expect("sound"));
        assert!(!nothing.contains_key("seqf") && nothing["criteria"].as_array().is_some_and(Vec::is_empty));
        let named = claims(&issuer, &shown(&text, &[Claim::GivenName].into()).expect("sound"));
        assert!(named["given_name"] == "Amina" && !named.contains_key("seqf"), "the name alone, where that was chosen");
    }

    #[test]
    fn only_the_holders_own_key_binds_and_only_for_its_audience_and_occasion() {
        let (holder, issuer, text) = issued();
        let shown = shareable(&text).expect("sound");
        let other = SigningKey::generate().expect("a key");
        let at = Timestamp(1_780_000_000_000_000);
        assert_eq!(bound(&shown, &other, "https://x/verify", "n", at), None);
        assert_eq!(bound(&shown, b"", "https://x/verify", "n", at), None);
        let bound = bound(&shown, &holder, "https://x/verify", "n", at).expect("bound");
        let open = || SdJwt::parse(&bound).expect("sound").verify(&[issuer.public()]).expect("signed");
        assert!(open().check_binding("https://y/verify", "n", at, 0).is_err());
        assert!(open().check_binding("https://x/verify", "m", at, 0).is_err());
        assert!(open().check_binding("https://x/verify", "n", at, 0).is_ok());
    }

    #[test]
    fn a_badge_is_shown_whole() {
        assert_eq!(choices("a.b.c"), Ok(BTreeSet::new()));
        assert_eq!(shown("a.b.c", &BTreeSet::new()).as_deref(), Ok("a.b.c"));
    }
}
