//! The proof of its holder: by the right key, for the right reader, on the right occasion, over exactly what is shown.

use egenkarta::credential::sd_jwt::{Opened, Path, SdJwt, TYP, bind, issue};
use egenkarta::crypto::jws::SigningKey;
use egenkarta::domain::credential::Wrong;
use egenkarta::domain::random::SystemRandom;
use egenkarta::domain::time::{MINUTE, SECOND};
use ring::digest::SHA256;
use serde_json::{Value, json};

use super::{NOW, digest_of, new_key, object, open};

const AUD: &str = "https://verifier.example";
const AGE: i64 = 5 * MINUTE;

struct Scene {
    issuer: SigningKey,
    holder: SigningKey,
    /// Unbound, everything shown.
    text: String,
}

fn scene() -> Scene {
    let (issuer, holder) = (new_key(), new_key());
    let claims = object(json!({ "vct": "a", "cnf": { "jwk": holder.public().members() }, "x": 1, "y": 2 }));
    let text = issue(&issuer, TYP, claims, &[Path::top("x"), Path::top("y")], &SystemRandom::default()).unwrap();
    Scene { issuer, holder, text }
}

impl Scene {
    fn open(&self, text: &str) -> Opened {
        open(text, &[self.issuer.public()]).unwrap()
    }

    /// Bound as `header` and `claims` say, over `self.text`.
    fn bound(&self, by: &SigningKey, header: Value, claims: Value) -> String {
        let mut all = object(json!({
            "aud": AUD, "nonce": "n", "iat": NOW.0 / SECOND, "sd_hash": digest_of(&SHA256, &self.text)
        }));
        all.extend(object(claims));
        all.retain(|_, value| !value.is_null());
        format!("{}{}", self.text, by.compact(object(header), Value::from(all).to_string().as_bytes()))
    }
}

#[test]
fn a_proof_by_another_for_another_or_over_something_else_is_refused() {
    let scene = scene();
    let kb = || json!({ "typ": "kb+jwt" });
    let right = |claims: Value| scene.bound(&scene.holder, kb(), claims);
    let seconds = |from_now: i64| json!({ "iat": (NOW.0 + from_now) / SECOND });
    for (name, text, wrong) in [
        ("no proof", scene.text.clone(), Wrong::Binding),
        ("by another key", scene.bound(&new_key(), kb(), json!({})), Wrong::Binding),
        ("by the issuer", scene.bound(&scene.issuer, kb(), json!({})), Wrong::Binding),
        ("of another type", scene.bound(&scene.holder, json!({ "typ": "jwt" }), json!({})), Wrong::Binding),
        ("of no type", scene.bound(&scene.holder, json!({}), json!({})), Wrong::Binding),
        ("no JWT", format!("{}x", scene.text), Wrong::Binding),
        ("over something else", right(json!({ "sd_hash": digest_of(&SHA256, "x") })), Wrong::Binding),
        ("over nothing", right(json!({ "sd_hash": null })), Wrong::Binding),
        ("for another", right(json!({ "aud": "https://other.example" })), Wrong::Audience),
        ("for several", right(json!({ "aud": [AUD] })), Wrong::Audience),
        ("for nobody", right(json!({ "aud": null })), Wrong::Audience),
        ("of another occasion", right(json!({ "nonce": "m" })), Wrong::Nonce),
        ("of no occasion", right(json!({ "nonce": null })), Wrong::Nonce),
        ("too old", right(seconds(-AGE - 2 * MINUTE)), Wrong::Nonce),
        ("of a time to come", right(seconds(2 * MINUTE)), Wrong::Nonce),
        ("ended", right(json!({ "exp": (NOW.0 - 2 * MINUTE) / SECOND })), Wrong::Nonce),
        ("of no time", right(json!({ "iat": null })), Wrong::Binding),
        ("of a time that is none", right(json!({ "iat": "now" })), Wrong::Binding),
    ] {
        assert_eq!(scene.open(&text).check_binding(AUD, "n", NOW, AGE), Err(wrong), "{name}");
    }
    let (head, _) = right(json!({})).rsplit_once('~').map(|(head, proof)| (head.to_owned(), proof.to_owned())).unwrap();
    let none = format!("{head}~eyJhbGciOiJub25lIiwidHlwIjoia2Irand0In0.e30.");
    assert_eq!(scene.open(&none).check_binding(AUD, "n", NOW, AGE), Err(Wrong::Algorithm));
    for fits in [json!({}), seconds(-AGE), seconds(MINUTE / 2)] {
        assert_eq!(scene.open(&right(fits)).check_binding(AUD, "n", NOW, AGE), Ok(()));
    }
}

#[test]
fn a_proof_holds_for_what_was_shown_and_nothing_less_or_more() {
    let scene = scene();
    let part = SdJwt::parse(&scene.text).unwrap().present(|path| path.is_in("x"));
    let bound = bind(&part, &scene.holder, AUD, "n", NOW).unwrap();
    let proof = bound.rsplit_once('~').unwrap().1;
    let none = SdJwt::parse(&scene.text).unwrap().present(|_| false);
    for other in [format!("{}{proof}", scene.text), format!("{none}{proof}")] {
        assert_eq!(scene.open(&other).check_binding(AUD, "n", NOW, AGE), Err(Wrong::Binding));
    }
    let opened = scene.open(&bound);
    assert_eq!(opened.check_binding(AUD, "n", NOW, AGE), Ok(()));
    assert_eq!((opened.claims.get("x"), opened.claims.get("y")), (Some(&json!(1)), None));
}

#[test]
fn only_the_key_that_it_is_bound_to_binds_and_only_once() {
    let scene = scene();
    let by = |key: &SigningKey, text: &str| bind(text, key, AUD, "n", NOW);
    assert_eq!(by(&new_key(), &scene.text), Err(Wrong::Binding));
    let bound = by(&scene.holder, &scene.text).unwrap();
    assert_eq!(by(&scene.holder, &bound), Err(Wrong::Form));
    let free = issue(&scene.issuer, TYP, object(json!({ "vct": "a" })), &[], &SystemRandom::default()).unwrap();
    assert_eq!(by(&scene.holder, &free), Err(Wrong::Binding));
    assert_eq!(scene.open(&free).holder(), Err(Wrong::Binding));
    // A private key in `cnf` is nobody's alone.
    let mut jwk = scene.holder.public().members();
    jwk.insert("d".to_owned(), "AA".into());
    let told =
        issue(&scene.issuer, TYP, object(json!({ "vct": "a", "cnf": { "jwk": jwk } })), &[], &SystemRandom::default()).unwrap();
    assert_eq!(scene.open(&told).holder(), Err(Wrong::Binding));
}
