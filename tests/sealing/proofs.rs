//! Frozen vectors of proofs and documents: what lies beside an entry, what waits under an offer's code, what a showing shows, a file's
//! chunks.

use std::collections::BTreeSet;

use egenkarta::crypto::file::{self, FilePlace};
use egenkarta::crypto::recovery::RecoveryCode;
use egenkarta::crypto::{Keyring, Label};
use egenkarta::domain::credential::Claim;
use egenkarta::domain::profile::FileKey;
use egenkarta::domain::showing::{Kept, Portion, Sealed};
use egenkarta::domain::{EntryId, OwnerId, Timestamp, UnitId, VersionId};
use egenkarta::usecase::held::Whole;
use egenkarta::usecase::offer::{self, Offered};
use egenkarta::usecase::showing;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::vectors::{Seeded, frozen, frozen_bytes, id, keyring, owner};

const PDF: &[u8] = b"%PDF-1.7 Intyg";

fn entry() -> EntryId {
    EntryId(id(30))
}

fn code() -> RecoveryCode {
    RecoveryCode::random(&Seeded::new(20))
}

fn whole() -> Whole {
    Whole { credential: "a.b.c~d~".to_owned(), holder: Some(Zeroizing::new(vec![0x91; 67])), badge: Some("e.f.g".to_owned()) }
}

fn offered() -> Offered {
    Offered { credential: "a.b.c~d~".to_owned(), holder: Zeroizing::new(vec![0x92; 67]), badge: None }
}

fn offer_place() -> offer::Place {
    offer::Place { unit: UnitId(id(6)), issued: id(31), created: Timestamp(1), until: Timestamp(2) }
}

fn showing_place() -> showing::Place {
    showing::Place { owner: owner(), id: id(32), opens: 3, created: Timestamp(1), until: Timestamp(2) }
}

fn shown() -> Sealed {
    Sealed { credentials: vec!["a.b.c~d~e.f.g".to_owned()], audience: "https://egenkarta.example/verify".to_owned() }
}

fn kept() -> Kept {
    let claims: BTreeSet<Claim> = [Claim::Seqf, Claim::FamilyName].into();
    Kept {
        code: code().printed().to_string(),
        whom: "Åkeriet".to_owned(),
        portions: vec![Portion { entry: entry(), claims }],
        names: vec!["Truckförare".to_owned()],
    }
}

fn file_key() -> FileKey {
    FileKey::random(&Seeded::new(21))
}

fn file_place() -> FilePlace {
    FilePlace { owner: owner(), entry: entry(), version: VersionId(id(33)) }
}

/// The formats with fixed inputs, as hexadecimal.
pub fn made() -> [(&'static str, Value); 5] {
    let sealed = |bytes: Vec<u8>| json!({ "sealed": hex::encode(bytes) });
    let showing = showing_place();
    let lookup = |label| hex::encode(code().lookup_by(label).0);
    [
        ("held", sealed(whole().seal(&keyring(), entry(), &Seeded::new(22)).unwrap())),
        (
            "offer",
            json!({
                "sealed": hex::encode(offer_place().seal(&code(), offered(), &Seeded::new(23))),
                "code": code().printed().as_str(), "lookup": lookup(Label::OfferLookup),
            }),
        ),
        (
            "showing",
            json!({
                "sealed": hex::encode(showing.seal(&code(), &shown(), &Seeded::new(24)).unwrap()),
                "code": code().printed().as_str(), "lookup": lookup(Label::ShowingLookup), "nonce": showing.nonce(),
            }),
        ),
        ("showing-kept", sealed(showing.keep(&keyring(), &kept(), &Seeded::new(25)).unwrap())),
        ("file-chunk", sealed(file::seal(&file_key(), file_place(), PDF, &Seeded::new(26)).remove(0))),
    ]
}

pub fn opens(name: &str, bytes: &[u8]) -> bool {
    match name {
        "held" => Whole::open(&keyring(), entry(), bytes).is_ok(),
        "offer" => offer_place().open(&code(), bytes).is_ok(),
        "showing" => showing_place().open(&code(), bytes).is_ok(),
        "showing-kept" => showing_place().kept(&keyring(), bytes).is_ok(),
        _ => file::open(&file_key(), file_place(), 0, 1, bytes).is_ok(),
    }
}

fn frozen_code(name: &str) -> RecoveryCode {
    RecoveryCode::parse(frozen(name)["code"].as_str().unwrap()).unwrap()
}

#[test]
fn frozen_proofs_open_in_their_own_place_alone() {
    let (held, other) = (frozen_bytes("held", "sealed"), Keyring::new(OwnerId(id(40)), &Seeded::new(27)));
    assert!(Whole::open(&keyring(), EntryId(id(41)), &held).is_err() && Whole::open(&other, entry(), &held).is_err());
    let opened = Whole::open(&keyring(), entry(), &held).unwrap();
    assert_eq!((opened.credential, opened.holder, opened.badge), (whole().credential, whole().holder, whole().badge));

    let (offer, code) = (frozen_bytes("offer", "sealed"), frozen_code("offer"));
    let elsewhere = [
        offer::Place { unit: UnitId(id(42)), ..offer_place() },
        offer::Place { issued: id(42), ..offer_place() },
        offer::Place { until: Timestamp(3), ..offer_place() },
    ];
    assert!(elsewhere.iter().all(|place| place.open(&code, &offer).is_err()));
    assert!(offer_place().open(&RecoveryCode::random(&Seeded::new(28)), &offer).is_err(), "another code");
    let opened = offer_place().open(&code, &offer).unwrap();
    assert_eq!((opened.credential, opened.holder, opened.badge), (offered().credential, offered().holder, offered().badge));
}

#[test]
fn frozen_showings_open_in_their_own_place_alone() {
    let (sealed, kept_bytes) = (frozen_bytes("showing", "sealed"), frozen_bytes("showing-kept", "sealed"));
    let (here, code) = (showing_place(), frozen_code("showing"));
    let elsewhere = [
        showing::Place { owner: OwnerId(id(42)), ..here },
        showing::Place { id: id(42), ..here },
        showing::Place { opens: 4, ..here },
        showing::Place { until: Timestamp(3), ..here },
    ];
    assert!(elsewhere.iter().all(|place| place.open(&code, &sealed).is_err() && place.kept(&keyring(), &kept_bytes).is_err()));
    assert!(here.open(&RecoveryCode::random(&Seeded::new(28)), &sealed).is_err(), "another code");
    assert!(offer_place().open(&code, &sealed).is_err(), "one code opens what it was made for");
    assert_eq!(here.open(&code, &sealed).unwrap(), shown());
    assert_eq!(here.kept(&keyring(), &kept_bytes).unwrap(), kept());
}

#[test]
fn a_frozen_chunk_opens_in_its_own_place_alone() {
    let sealed = frozen_bytes("file-chunk", "sealed");
    for (number, total) in [(1, 2), (0, 2)] {
        assert!(file::open(&file_key(), file_place(), number, total, &sealed).is_err(), "{number} of {total}");
    }
    let elsewhere = FilePlace { version: VersionId(id(43)), ..file_place() };
    assert!(file::open(&file_key(), elsewhere, 0, 1, &sealed).is_err());
    assert_eq!(file::open(&file_key(), file_place(), 0, 1, &sealed).unwrap().as_slice(), PDF);
}
