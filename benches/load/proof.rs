//! What proofs of possession (RFC 9449) and introspection (RFC 7662) cost, beside one ES256 verification in the same run.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as B64;
use egenkarta::crypto::token::{TokenKind, TokenPlace, TokenSecret};
use egenkarta::domain::ClientId;
use egenkarta::domain::oauth::{Client, ClientKeys};
use egenkarta::domain::random::uuid_v4;
use egenkarta::domain::time::SECOND;
use egenkarta::store::token;
use egenkarta::usecase::Service;
use egenkarta::usecase::dpop::Sent;
use egenkarta::usecase::grant::Approved;
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair, UnparsedPublicKey};

use super::house::BASE;

/// As many of each, one after another.
const ROUNDS: usize = 500;

struct Key(EcdsaKeyPair);

/// Prints medians in microseconds, and the proof's work divided by one verification.
pub async fn measure(service: Arc<Service>, out: &Path) {
    let tokens = std::fs::read_to_string(out.join("tokens.txt")).unwrap();
    let bearer: Vec<&str> = tokens.lines().take(ROUNDS).collect();
    let key = Key::new();
    let (client, bound) = bind(&service, bearer[0], &key).await;
    let url = format!("{BASE}/api/v1/disclosure");
    let proofs: Vec<String> = (0..2 * ROUNDS).map(|_| key.proof(&service, &url, &bound)).collect();
    let sent = Sent { method: "GET", url: &url, token: Some(&bound) };

    let verify = median(proofs[..ROUNDS].iter().map(|proof| {
        let (signed, signature) = proof.rsplit_once('.').unwrap();
        let signature = B64.decode(signature).unwrap();
        let public = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, key.0.public_key().as_ref());
        timed(|| public.verify(signed.as_bytes(), &signature).unwrap())
    }));
    let proof = median(proofs[..ROUNDS].iter().map(|proof| timed(|| service.dpop_proof(proof, sent).unwrap())));
    let (mut plain, mut proven, mut asked) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let begun = Instant::now();
        service.read_by_token(bearer[0], None).await.unwrap();
        plain.push(micros(begun));
        let begun = Instant::now();
        let thumb = service.dpop_present(service.dpop_proof(&proofs[ROUNDS + round], sent).unwrap()).await.unwrap();
        service.read_by_token(&bound, Some(&thumb)).await.unwrap();
        proven.push(micros(begun));
        let begun = Instant::now();
        service.introspect(&client, &bound).await.unwrap();
        asked.push(micros(begun));
    }
    println!("es256_us {verify:.1}\nproof_us {proof:.1}\nproof_ratio {:.2}", proof / verify);
    let (plain, proven, asked) = (median(plain.into_iter()), median(proven.into_iter()), median(asked.into_iter()));
    println!("read_plain_us {plain:.0}\nread_proven_us {proven:.0}\nintrospection_us {asked:.0}");
}

/// A token of the same consent as a unit's own one, bound to a key.
async fn bind(service: &Service, text: &str, key: &Key) -> (Client, String) {
    let secret = TokenSecret::parse(text).unwrap();
    let row = token::find(&mut service.db.look().await.unwrap(), secret.lookup().0).await.unwrap().unwrap();
    let place = TokenPlace {
        kind: TokenKind::Access,
        consent: row.consent,
        client: row.client.clone(),
        thumbprint: row.thumbprint.clone(),
        issued: row.issued,
        until: row.until,
        parent: row.parent.clone(),
    };
    let client = Client {
        id: ClientId(uuid_v4(&*service.random)),
        unit: row.unit,
        name: "load".to_owned(),
        redirects: Vec::new(),
        keys: ClientKeys::Set(String::new()),
        created: service.now(),
    };
    let approved = Approved { owner: row.owner, consent: row.consent, secret: secret.open(&place, &row.sealed.unwrap()).unwrap() };
    let tokens = service.collected(&client, &key.thumbprint(), approved).await.unwrap();
    (client, tokens.access.text().as_str().to_owned())
}

impl Key {
    fn new() -> Self {
        let rng = SystemRandom::new();
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &rng).unwrap();
        Self(EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref(), &rng).unwrap())
    }

    /// x and y, in base64url.
    fn point(&self) -> (String, String) {
        let (x, y) = self.0.public_key().as_ref()[1..].split_at(32);
        (B64.encode(x), B64.encode(y))
    }

    fn thumbprint(&self) -> Vec<u8> {
        let (x, y) = self.point();
        let members = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
        digest(&SHA256, members.as_bytes()).as_ref().to_vec()
    }

    fn proof(&self, service: &Service, url: &str, token: &str) -> String {
        let (x, y) = self.point();
        let jwk = serde_json::json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y });
        let head = serde_json::json!({ "alg": "ES256", "typ": "dpop+jwt", "jwk": jwk });
        let claims = serde_json::json!({
            "jti": uuid_v4(&*service.random).to_string(), "htm": "GET", "htu": url, "iat": service.now().0 / SECOND,
            "nonce": service.dpop_nonce(), "ath": B64.encode(digest(&SHA256, token.as_bytes())),
        });
        let signed = format!("{}.{}", B64.encode(head.to_string()), B64.encode(claims.to_string()));
        let signature = self.0.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
        format!("{signed}.{}", B64.encode(signature))
    }
}

pub fn timed<T>(work: impl FnOnce() -> T) -> f64 {
    let begun = Instant::now();
    std::hint::black_box(work());
    micros(begun)
}

fn micros(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1e6
}

pub fn median(times: impl Iterator<Item = f64>) -> f64 {
    let mut all: Vec<f64> = times.collect();
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}
