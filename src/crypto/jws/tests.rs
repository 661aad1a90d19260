use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};

use super::*;

/// RFC 7515, A.3: a JWS by ES256, and its key.
const A3: &str = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
const A3_KEY: &str = r#"{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}"#;
/// RFC 8037, A: a JWS by Ed25519 carries no JSON object; its key alone.
const ED: &str = r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
/// RFC 7638, 3.1.
const RSA: &str = r#"{"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw","e":"AQAB","alg":"RS256","kid":"2011-04-29"}"#;

fn key(text: &str) -> Result<PublicJwk, KeyFault> {
    PublicJwk::from_members(&object(text.as_bytes()).expect("an object"))
}

fn with(text: &str, name: &str, value: Value) -> String {
    let mut members = object(text.as_bytes()).expect("an object");
    members.insert(name.to_owned(), value);
    Value::from(members).to_string()
}

#[test]
fn what_is_secret_symmetric_weak_or_misshapen_is_no_key() {
    for name in ["d", "p", "q", "dp", "dq", "qi", "oth", "k"] {
        assert_eq!(key(&with(A3_KEY, name, "AA".into())), Err(KeyFault::Private), "{name}");
    }
    assert_eq!(key(r#"{"kty":"oct"}"#), Err(KeyFault::Private));
    for (text, fault) in [
        (r#"{"crv":"P-256"}"#.to_owned(), KeyFault::Shape),
        (with(A3_KEY, "crv", "P-384".into()), KeyFault::Kind),
        (with(A3_KEY, "x", "AA".into()), KeyFault::Shape),
        (with(A3_KEY, "y", 1.into()), KeyFault::Shape),
        (with(A3_KEY, "x", "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU=".into()), KeyFault::Shape),
        (with(A3_KEY, "use", "enc".into()), KeyFault::Kind),
        (with(A3_KEY, "alg", "EdDSA".into()), KeyFault::Kind),
        (with(A3_KEY, "key_ops", json!(["sign"])), KeyFault::Kind),
        (with(A3_KEY, "kid", "x".repeat(300).into()), KeyFault::Shape),
        (with(ED, "crv", "X25519".into()), KeyFault::Kind),
        (with(ED, "x", "AAAA".into()), KeyFault::Shape),
        // Its algorithm is PKCS #1 v1.5.
        (RSA.to_owned(), KeyFault::Kind),
        (with(&with(RSA, "alg", "PS256".into()), "n", B64.encode([0xff; 255]).into()), KeyFault::Kind),
        (with(&with(RSA, "alg", "PS256".into()), "n", B64.encode([0x7f; 256]).into()), KeyFault::Kind),
        (with(&with(RSA, "alg", "PS256".into()), "n", B64.encode([vec![0], vec![0xff; 256]].concat()).into()), KeyFault::Shape),
    ] {
        assert_eq!(key(&text), Err(fault), "{text}");
    }
    for text in [A3_KEY, ED, &with(RSA, "alg", "PS256".into()), &with(A3_KEY, "key_ops", json!(["verify"]))] {
        assert!(key(text).is_ok(), "{text}");
    }
}

#[test]
fn thumbprints_are_those_of_the_rfcs() {
    let print = |text: &str| B64.encode(key(text).expect("a key").thumbprint());
    assert_eq!(print(ED), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    assert_eq!(print(&with(RSA, "alg", "PS256".into())), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    assert_ne!(print(A3_KEY), print(ED));
}

#[test]
fn a_set_with_anything_secret_or_nothing_usable_is_refused() {
    let set = |keys: &[&str]| format!(r#"{{"keys":[{}]}}"#, keys.join(","));
    let secret = with(A3_KEY, "d", "AA".into());
    let foreign = with(A3_KEY, "crv", "P-384".into());
    for read in [strict_set, fetched_set] {
        assert_eq!(read("[]"), Err(KeyFault::Shape));
        assert_eq!(read("{}"), Err(KeyFault::Shape));
        assert_eq!(read(&set(&[])), Err(KeyFault::Number));
        assert_eq!(read(&set(&[A3_KEY; 11])), Err(KeyFault::Number));
        assert_eq!(read(&set(&[A3_KEY, &secret])), Err(KeyFault::Private));
        assert_eq!(read(&set(&[A3_KEY]).replace("}]}", "},1]}")), Err(KeyFault::Shape));
        assert_eq!(read(&set(&[&with(A3_KEY, "x5c", "x".repeat(20_000).into())])), Err(KeyFault::Number));
        assert_eq!(read(&set(&[A3_KEY, ED])).map(|keys| keys.len()), Ok(2));
    }
    assert_eq!(strict_set(&set(&[A3_KEY, &foreign])), Err(KeyFault::Kind));
    assert_eq!(fetched_set(&set(&[A3_KEY, &foreign])).map(|keys| keys.len()), Ok(1));
}

fn jws(header: &Value, payload: &str, pair: &EcdsaKeyPair) -> String {
    let signed = format!("{}.{}", B64.encode(header.to_string()), B64.encode(payload));
    let signature = pair.sign(&SystemRandom::new(), signed.as_bytes()).expect("signed");
    format!("{signed}.{}", B64.encode(signature))
}

fn pair() -> (EcdsaKeyPair, PublicJwk) {
    let rng = SystemRandom::new();
    let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &rng).expect("a key");
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref(), &rng).expect("a key");
    let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
    let jwk = json!({ "kty": "EC", "crv": "P-256", "x": B64.encode(x), "y": B64.encode(y), "kid": "a" });
    let jwk = key(&jwk.to_string()).expect("a key");
    (pair, jwk)
}

#[test]
fn what_is_not_strictly_a_jws_is_not_read() {
    let (pair, _) = pair();
    let head = json!({ "alg": "ES256" });
    let good = jws(&head, "{}", &pair);
    let (signed, signature) = good.rsplit_once('.').expect("three parts");
    let header = |header: Value| jws(&header, "{}", &pair);
    for text in [
        String::new(),
        "..".to_owned(),
        signed.to_owned(),
        format!("{signed}.{signature}="),
        format!("{signed}.{signature}."),
        format!(" {good}"),
        good.replacen('.', "..", 1),
        jws(&head, "[]", &pair),
        jws(&head, r#"{"a":1,"a":2}"#, &pair),
        jws(&head, &format!(r#"{{"a":"{}"}}"#, "x".repeat(MAX)), &pair),
        header(json!({})),
        header(json!({ "alg": "none" })),
        header(json!({ "alg": "None" })),
        header(json!({ "alg": "HS256" })),
        header(json!({ "alg": "RS256" })),
        header(json!({ "alg": ["ES256"] })),
        header(json!({ "alg": "ES256", "crit": ["exp"] })),
        header(json!({ "alg": "ES256", "b64": false })),
    ] {
        assert!(Unverified::parse(&text).is_err(), "{text}");
    }
    assert!(Unverified::parse(&good).is_ok());
}

#[test]
fn only_the_key_that_signed_verifies_and_only_by_its_own_algorithm() {
    let ((pair, mine), (_, other)) = (pair(), pair());
    let text = jws(&json!({ "alg": "ES256", "typ": "application/X+JWT", "kid": "a" }), r#"{"exp":12.5,"iat":"1","n":9e18}"#, &pair);
    let read = || Unverified::parse(&text).expect("a JWS");
    assert!(read().verify(&other).is_none() && read().verify(&key(ED).expect("a key")).is_none());
    assert!(read().verify_any(std::slice::from_ref(&other)).is_none());
    let mut unnamed = mine.clone();
    unnamed.kid = None;
    assert!(read().verify_any(&[unnamed]).is_none(), "it names a key");
    assert_eq!(read().typ().as_deref(), Some("x+jwt"));
    let claims = read().verify_any(&[other, mine]).expect("signed by it");
    assert_eq!((claims.seconds("exp"), claims.seconds("iat"), claims.seconds("nbf")), (Ok(Some(12)), Err(Malformed), Ok(None)));
    assert_eq!(claims.seconds("n"), Err(Malformed));
    // Said to be another's algorithm.
    let lied = jws(&json!({ "alg": "EdDSA" }), "{}", &pair);
    assert!(Unverified::parse(&lied).expect("a JWS").verify_any(&[pair_key(&pair)]).is_none());
}

fn pair_key(pair: &EcdsaKeyPair) -> PublicJwk {
    let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
    key(&json!({ "kty": "EC", "crv": "P-256", "x": B64.encode(x), "y": B64.encode(y) }).to_string()).expect("a key")
}

#[test]
fn rfc_7515_a3_verifies_and_with_any_sign_changed_does_not() {
    let signer = key(A3_KEY).expect("a key");
    let fits = |text: &str| Unverified::parse(text).is_ok_and(|jws| jws.verify(&signer).is_some());
    for at in (0..A3.len()).step_by(7).filter(|at| A3.as_bytes()[*at] != b'.') {
        let mut changed = A3.as_bytes().to_vec();
        changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
        assert!(!fits(&String::from_utf8(changed).expect("text")), "{at}");
    }
    assert!(fits(A3));
}

#[test]
fn ed25519_verifies_under_both_its_names() {
    let pair = Ed25519KeyPair::from_seed_unchecked(&[7; 32]).expect("a seed");
    let jwk = json!({ "kty": "OKP", "crv": "Ed25519", "x": B64.encode(pair.public_key()) });
    let signer = key(&jwk.to_string()).expect("a key");
    for (alg, fits) in [("ES256", false), ("EdDSA", true), ("Ed25519", true)] {
        let signed = format!("{}.{}", B64.encode(json!({ "alg": alg }).to_string()), B64.encode("{}"));
        let text = format!("{signed}.{}", B64.encode(pair.sign(signed.as_bytes())));
        assert_eq!(Unverified::parse(&text).expect("a JWS").verify(&signer).is_some(), fits, "{alg}");
    }
}

/// The proofs of RFC 9449, where they are beside the project.
#[test]
fn the_proofs_of_rfc_9449_verify() {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/vectors/dpop/dpop-vectors.json");
    let Ok(text) = std::fs::read_to_string(&file) else {
        eprintln!("left out: the shared vectors are not here");
        return;
    };
    let vectors: Value = serde_json::from_str(&text).expect("JSON");
    for one in vectors["proofs"].as_array().expect("proofs") {
        let proof = Unverified::parse(one["dpop_proof"].as_str().expect("text")).expect("a JWS");
        let jwk = proof.jwk().expect("a key");
        assert_eq!(one["jkt"].as_str(), Some(B64.encode(jwk.thumbprint()).as_str()));
        let claims = proof.verify(&jwk);
        assert_eq!(claims.is_some(), one["signature_ok"] == true);
        assert_eq!(claims.expect("verified").text("htu"), one["payload"]["htu"].as_str());
    }
    let ath = ring::digest::digest(&ring::digest::SHA256, vectors["access_token_for_ath"].as_str().expect("text").as_bytes());
    assert_eq!(vectors["ath"].as_str(), Some(B64.encode(ath).as_str()));
}

/// Made for this test, and its private half thrown away: a signature by PS256, and one by PKCS #1 v1.5 that says it were.
const PS_KEY: &str = r#"{"kty":"RSA","e":"AQAB","n":"qKutr5a35sgXDwpf2IaBpEZj91YClspc42CoAlOYY5gYvmlEJH8-57--yVSvnNH8uC3HtPWjcTpP5mGmyIbJMU5PxJ3uh3uLhvmn1qpvMwLdb7q40gg2cUKyQ-hWv13_XjRmzWfYe_Yewc-crGhvjAzR4NEth-5YAJoyatItldloJJxexfin8CQYhHC3-iaRmx4DFiGYPA9cYZr97ByHwV21E-MMTknoG2Jgr6rQ7_n6PW-8BgDprtqxK43TKv7TibabqEOBCn0MX6ubBw4uADlXyqvyQwV4RyO6bITh1xxi7-z5-WH1keBUF-PnXWxkCdcrI8EB4zNwG-llzDh7yw"}"#;
const PS: &str = "eyJhbGciOiJQUzI1NiJ9.eyJhIjoxfQ.o5C0p9adWg5JbFIH7pqrRbupCFcIoVjBGJvuJHaR4U7uF51RfdXq78GAlyg-z7T8IulepFKafOBBezSxPP-6HxI8GJ9qoFutF4GZgQSzlIs-iycpVBBuZkoJPLm3v51lGEajHe3An-taDPekhiBJlU1JeNS6w0K53Ev8l-REJIEsSTt6NBkApOo3pF_l-PHfEOxfNSuPwOKK0WrJCNH4iWekyyXnqmLU3B1aXbQ2Cge5lp7LBOX-rLdFgmOzSLHNkAhsG2ali6wf9EHgZoDIQDnIEtsmsMnIstZmf8mH4KijaOYqTIHN6BJLZQ7ZkJpqIA8wT-454RpvYFBRgxdHDQ";
const NOT_PS: &str = "P9n2jSQ6AJjTwQmh5XDd6ibCuOxlpT4JQ8I4s-yd9Ps_ROJW81L3gDBh0OFz3Uu9GLyOhByCyTonOXiEqwnd9NzinVfUkoZ7Ts0AemzbXxtBveDKbITMDE2-JYyaMVlhAw-v1C2Vc4KFzyZPM1ZDAkT0X7cV0W9cYGj1CssagJEGH5Nqkkge6X7N_pLgKSdDM4r7NTd6MvuyCN2n1SWFxq8vforq3iwV6SB6HXw8J0PPex6iqKSK0Xs91sy7NnCkVMVnCKxXN7lP3OqaUAFbw1_evf-xSPFG5Gd8AWyzFv72Yqfk1wRGjxjjqQV8C0jS-x-ala_8ZREIjUaW8_SXow";

#[test]
fn ps256_verifies_and_the_older_padding_does_not() {
    let signer = key(PS_KEY).expect("a key");
    let (signed, _) = PS.rsplit_once('.').expect("three parts");
    let older = format!("{signed}.{NOT_PS}");
    assert!(Unverified::parse(&older).expect("a JWS").verify(&signer).is_none());
    assert!(Unverified::parse(PS).expect("a JWS").verify(&signer).is_some());
}
