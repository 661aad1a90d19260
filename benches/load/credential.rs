//! What proofs of competence cost by themselves, without HTTP and database, beside one ES256 verification in the same run.

use std::time::Instant;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as B64;
use egenkarta::credential::competence::{claims_of, proof_of};
use egenkarta::credential::sd_jwt::{SdJwt, TYP, bind, issue};
use egenkarta::credential::status::{MAX_BYTES, Order, StatusList, Times, said, token, verify_token};
use egenkarta::credential::times;
use egenkarta::crypto::jws::{PublicJwk, SigningKey};
use egenkarta::domain::credential::{
    Competence, Format, FrameworkRef, Issuer, Met, Part, Proof, StatusKind, StatusRef, Subject, VCT,
};
use egenkarta::domain::profile::Evidence;
use egenkarta::domain::time::{DAY, HOUR, MINUTE};
use egenkarta::domain::{Clock, SystemClock, SystemRandom, Timestamp};
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

use super::proof::{median, timed};

const ROUNDS: usize = 1_000;
const BULK: usize = 10_000;
const ENTRIES: usize = 1_000_000;
const LIST: &str = "https://load.example/issuer/1/status/1";
const AUD: &str = "https://load.example";

struct Scene {
    issuer: SigningKey,
    holder: SigningKey,
    now: Timestamp,
}

/// Prints medians in microseconds or milliseconds, and the seconds of one bulk run.
pub fn measure() {
    let key = || SigningKey::from_pkcs8(&SigningKey::generate().unwrap()).unwrap();
    let scene = Scene { issuer: key(), holder: key(), now: SystemClock.now() };
    scene.bulk();
    scene.list();
    scene.verification();
}

impl Scene {
    fn issued(&self, proof: &Proof) -> String {
        let (claims, hide) = claims_of(proof, &self.holder.public());
        issue(&self.issuer, TYP, claims, &hide, &SystemRandom::default()).unwrap()
    }

    fn bulk(&self) {
        let proof = proof(&self.holder.public(), self.now);
        let begun = Instant::now();
        let bytes: usize = (0..BULK).map(|_| self.issued(&proof).len()).sum();
        println!("issue_10000_s {:.2}\ncredential_bytes {}", begun.elapsed().as_secs_f64(), bytes / BULK);
    }

    /// Every third entry withdrawn or suspended: nothing that compresses away.
    fn filled(&self) -> StatusList {
        let mut list = StatusList::new(Order::Token, 2, ENTRIES).unwrap();
        for index in 0..ENTRIES as u64 {
            let mixed = index.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
            assert!(list.set(index, if mixed % 3 == 0 { (mixed >> 8) as u8 % 3 } else { 0 }));
        }
        list
    }

    fn list(&self) {
        let list = self.filled();
        let times = Times { iat: self.now, exp: Some(self.now.plus(DAY)), ttl: Some(15 * MINUTE) };
        let keys = [self.issuer.public()];
        let packed = list.encode();
        let text = token(&self.issuer, LIST, &list, &times);
        let ms = |rounds: usize, work: &dyn Fn()| median((0..rounds).map(|_| timed(work))) / 1e3;
        println!("list_bytes {}", text.len());
        println!("list_encode_ms {:.1}", ms(5, &|| drop(list.encode())));
        println!("list_encode_sign_ms {:.1}", ms(5, &|| drop(token(&self.issuer, LIST, &list, &times))));
        println!("list_decode_ms {:.2}", ms(50, &|| assert!(read(&packed).get(412).is_some())));
        println!(
            "list_verify_lookup_ms {:.2}",
            ms(50, &|| assert!(verify_token(&text, LIST, &keys, self.now).unwrap().list.get(412).is_some()))
        );
    }

    fn verification(&self) {
        let proof = proof(&self.holder.public(), self.now);
        let list = StatusList::new(Order::Token, 2, ENTRIES).unwrap();
        let texts: Vec<String> = (0..ROUNDS).map(|_| self.issued(&proof)).collect();
        let bound: Vec<String> = texts.iter().map(|text| bind(text, &self.holder, AUD, "n", self.now).unwrap()).collect();
        let bare = median(texts.iter().map(|text| self.signature_alone(text)));
        let whole = median(texts.iter().map(|text| timed(|| self.check(text, &list, false))));
        let both = median(bound.iter().map(|text| timed(|| self.check(text, &list, true))));
        println!("credential_es256_us {bare:.1}\ncredential_ms {:.4}\ncredential_ratio {:.2}", whole / 1e3, whole / bare);
        println!("credential_bound_ms {:.4}\ncredential_bound_ratio {:.2}", both / 1e3, both / bare);
    }

    /// The same signature by ring alone.
    fn signature_alone(&self, text: &str) -> f64 {
        let (signed, signature) = text.split('~').next().unwrap().rsplit_once('.').unwrap();
        let signature = B64.decode(signature).unwrap();
        let half = |name: &str| B64.decode(self.issuer.public().members()[name].as_str().unwrap()).unwrap();
        let public = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, [vec![4], half("x"), half("y")].concat());
        timed(|| public.verify(signed.as_bytes(), &signature).unwrap())
    }

    /// All that is done with one whose issuer and status list are at hand.
    fn check(&self, text: &str, list: &StatusList, bound: bool) {
        let opened = SdJwt::parse(text).unwrap().verify(&[self.issuer.public()]).unwrap();
        let proof = proof_of(&opened).unwrap();
        assert_eq!(times::verdict(proof.from, proof.until, self.now), None);
        assert_eq!(said(StatusKind::Token, list, proof.status.unwrap().index), None);
        assert!(!bound || opened.check_binding(AUD, "n", self.now, HOUR).is_ok());
    }
}

fn read(packed: &str) -> StatusList {
    StatusList::decode(Order::Token, packed, 2, MAX_BYTES).unwrap()
}

/// One that says all that it can, with five criteria.
fn proof(holder: &PublicJwk, now: Timestamp) -> Proof {
    let text = |text: &str| Some(text.to_owned());
    Proof {
        format: Format::SdJwtVc,
        kind: VCT.to_owned(),
        issuer: Issuer { id: "https://load.example/issuer/1".to_owned(), name: text("Provnämnden"), number: text("802000-0001") },
        subject: Subject { given: text("Amina"), family: text("Åkesson") },
        competence: Competence {
            name: [("sv", "Heta arbeten"), ("en", "Hot works")].map(|(lang, name)| (lang.to_owned(), name.to_owned())).into(),
            level: Some(Evidence::E4),
            seqf: Some(4),
            part: Some(Part::Whole),
            framework: Some(FrameworkRef { id: "heta".to_owned(), version: "1".to_owned(), name: "Heta arbeten".to_owned() }),
            criteria: (1..=5).map(|n| Met { id: n.to_string(), name: format!("Klarar moment {n} på egen hand") }).collect(),
            concepts: (1..=2).map(|n| format!("http://data.europa.eu/esco/skill/{n}")).collect(),
            method: text("Praktiskt prov"),
            assessor: text("Yrkesbedömare"),
            assessed: "2026-10-30".parse().ok(),
        },
        issued: Some(now),
        from: Some(now),
        until: Some(now.plus(365 * DAY)),
        status: Some(StatusRef { list: StatusKind::Token, uri: LIST.to_owned(), index: 412 }),
        holder: Some(holder.thumbprint()),
    }
}
