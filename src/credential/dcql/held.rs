//! Queries and SD-JWT VCs: what of one must be shown, and whether what was shown answers.

use serde_json::Value;

use super::path::Step;
use super::query::Credential;
use super::select::{Candidate, Found};
use crate::credential::dcql::SD_JWT_VC;
use crate::credential::sd_jwt::{self, Path, SdJwt};

/// What a holder shows of a credential, where it answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// `JWT~disclosure~...~`, with nothing disclosed that was not asked for. Unbound yet.
    pub text: String,
    /// What of the hidden is shown.
    pub disclosed: Vec<Path>,
}

/// What of `text` answers; `None` where it does not. `bound`: its holder's key is at hand.
pub fn shown(asked: &Credential, text: &str, bound: bool) -> Option<Shown> {
    let held = SdJwt::parse(text).ok().filter(SdJwt::is_credential)?;
    let found = found(asked, &held, bound)?;
    let kept = |path: &Path| found.shows(&steps(path));
    let disclosed: Vec<Path> = held.disclosable().filter(|path| kept(path)).cloned().collect();
    let text = held.present(kept);
    // Steps count differently where elements of an array are not at hand: then too little would be shown, and nothing is.
    found_again(asked, &text, bound).then_some(Shown { text, disclosed })
}

/// Whether a presentation, with its holder's proof or without, answers.
pub fn answers(asked: &Credential, presentation: &str) -> bool {
    SdJwt::parse(presentation).is_ok_and(|shown| shown.is_credential() && found(asked, &shown, shown.is_bound()).is_some())
}

fn found_again(asked: &Credential, text: &str, bound: bool) -> bool {
    SdJwt::parse(text).is_ok_and(|shown| found(asked, &shown, bound).is_some())
}

fn found(asked: &Credential, held: &SdJwt<'_>, bound: bool) -> Option<Found> {
    let claims = held.unchecked();
    let kind = claims.get("vct").and_then(Value::as_str)?;
    asked.answered_by(&Candidate { format: SD_JWT_VC, kind, claims, bound })
}

fn steps(path: &Path) -> Vec<Step> {
    let step = |step: &sd_jwt::Step| match step {
        sd_jwt::Step::Name(name) => Step::Key(name.clone()),
        sd_jwt::Step::Index(at) => Step::At(*at),
    };
    path.0.iter().map(step).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::credential::dcql::Query;
    use crate::crypto::jws::SigningKey;
    use crate::domain::SystemRandom;

    fn held() -> String {
        let key = SigningKey::from_pkcs8(&SigningKey::generate().expect("a key")).expect("a key");
        let claims = json!({
            "iss": "https://a.example", "vct": "t", "name": "Svetsare", "given_name": "Amina", "part": "whole",
            "criteria": [{ "id": "1" }, { "id": "2" }, { "id": "3" }],
        });
        let hide = [Path::top("given_name"), Path::top("part"), Path::element("criteria", 0), Path::element("criteria", 1)];
        let claims = claims.as_object().expect("an object").clone();
        sd_jwt::issue(&key, sd_jwt::TYP, claims, &hide, &SystemRandom::default()).expect("issued")
    }

    fn query(more: serde_json::Value) -> Credential {
        let mut query = json!({ "id": "a", "format": SD_JWT_VC, "meta": {} });
        query.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        let query = json!({ "credentials": [query] });
        Query::read(query.as_object().expect("an object")).expect("a query").credentials.remove(0)
    }

    #[test]
    fn nothing_is_shown_that_was_not_asked_for() {
        let held = held();
        assert_eq!(shown(&query(json!({ "claims": [{ "path": ["family_name"] }] })), &held, true), None);
        assert_eq!(shown(&query(json!({})), &held, false), None, "without its key");
        assert_eq!(shown(&query(json!({})), "x", true), None);
        let least = shown(&query(json!({})), &held, true).expect("it answers");
        assert!(least.disclosed.is_empty() && least.text.matches('~').count() == 1);
        let one = shown(&query(json!({ "claims": [{ "path": ["given_name"] }, { "path": ["name"] }] })), &held, true);
        assert_eq!(one.expect("it answers").disclosed, [Path::top("given_name")]);
        let by_value = json!({ "claims": [{ "path": ["criteria", null, "id"], "values": ["2"] }] });
        assert_eq!(shown(&query(by_value), &held, true).expect("it answers").disclosed, [Path::element("criteria", 1)]);
    }

    #[test]
    fn a_presentation_that_leaves_out_what_was_asked_for_does_not_answer() {
        let asked = query(json!({ "claims": [{ "path": ["part"] }], "require_cryptographic_holder_binding": false }));
        let whole = held();
        let least = shown(&query(json!({})), &whole, true).expect("it answers").text;
        assert!(!answers(&asked, &least) && answers(&asked, &whole));
        assert!(!answers(&query(json!({})), &whole), "its holder's proof is missing");
    }
}
