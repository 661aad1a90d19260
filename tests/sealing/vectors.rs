//! Frozen vectors: the sealed formats as they were written once. What stands in `tests/vectors` opens for ever; a format that changes
//! its bytes is a new version beside the old one. The generator below writes the files anew, by hand only.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Mutex;

use egenkarta::crypto::Keyring;
use egenkarta::crypto::bundle::{Bundle, BundleRow, ConsentSecret};
use egenkarta::crypto::entry::{self, EntryKey, FreshEntryKey};
use egenkarta::crypto::event::{self, EventPlace};
use egenkarta::crypto::manifest::{ConsentLine, EntryLine, Manifest};
use egenkarta::crypto::passphrase::Cost;
use egenkarta::crypto::recovery::RecoveryCode;
use egenkarta::crypto::secret::Secret;
use egenkarta::crypto::server::ServerKeys;
use egenkarta::crypto::slot::{SlotKey, SlotKind, SlotPlace};
use egenkarta::crypto::token::{TokenKind, TokenPlace, TokenSecret};
use egenkarta::crypto::{Ad, Key, Label, Padding, passphrase, receive, record, step};
use egenkarta::domain::consent::{Mode, Right, Scope, Terms};
use egenkarta::domain::event::{Event, Outcome, Party, What, Who};
use egenkarta::domain::profile::{Kind, Section};
use egenkarta::domain::{ConsentId, EntryId, OwnerId, Random, Timestamp, UnitId, VersionId};
use ring::digest;
use serde_json::{Value, json};
use uuid::Uuid;

/// The same bytes each time: SHA-256 over seed and counter. Exists in this test binary only.
pub struct Seeded(Mutex<(u64, u64)>);

impl Seeded {
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new((seed, 0)))
    }
}

impl Random for Seeded {
    fn fill(&self, out: &mut [u8]) {
        let mut state = self.0.lock().unwrap();
        for chunk in out.chunks_mut(32) {
            let block = [state.0.to_be_bytes(), state.1.to_be_bytes()].concat();
            chunk.copy_from_slice(&digest::digest(&digest::SHA256, &block).as_ref()[..chunk.len()]);
            state.1 += 1;
        }
    }
}

pub fn id(n: u128) -> Uuid {
    Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0000 + n)
}

const OWNER: u128 = 1;
const ENTRY: u128 = 2;
const VERSION: u128 = 3;
pub const CONSENT: u128 = 4;

pub fn owner() -> OwnerId {
    OwnerId(id(OWNER))
}

pub fn keyring() -> Keyring {
    let root = [&[1, 1, 0, 0, 0, 0, 1][..], &[0x11; 32]].concat();
    Keyring::decode(owner(), &root).unwrap()
}

/// Rotated twice: two roots, and of the first what opens its events.
fn rotated() -> Keyring {
    let random = Seeded::new(12);
    keyring().rotated(&random).retire_keeping_events().rotated(&random)
}

pub fn secret() -> Secret {
    Secret::parse("IiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiI").unwrap()
}

pub fn consent_secret() -> ConsentSecret {
    ConsentSecret::from_slice(&[0x33; 32]).unwrap()
}

pub fn ad() -> Ad {
    Ad::new(Label::UnitField).bytes_field(b"table").id(id(OWNER)).num(7)
}

pub fn terms() -> Terms {
    Terms {
        owner: owner(),
        consent: ConsentId(id(CONSENT)),
        generation: 5,
        unit: UnitId(id(6)),
        client: None,
        purpose: "job_matching".to_owned(),
        scope: Scope {
            kinds: [Kind::Skill, Kind::Work].into(),
            entries: [EntryId(id(ENTRY))].into(),
            kept_out: [EntryId(id(9))].into(),
            rights: [Right::Read].into(),
        },
        mode: Mode::View,
        from: Timestamp(1_780_000_000_000_000),
        until: Timestamp(1_782_000_000_000_000),
        name: Some("Åsa".to_owned()),
        lang: "sv".to_owned(),
        text_version: 1,
        original: None,
        basis: None,
        stated: None,
        link: None,
    }
}

fn event() -> Event {
    Event {
        what: What::Read,
        at: Timestamp(1_780_000_000_000_001),
        who: Who::Staff { name: "Bo Ek".to_owned() },
        unit: Some(Party { unit: "Enheten".to_owned(), organisation: "Myndigheten".to_owned() }),
        consent: Some(ConsentId(id(CONSENT))),
        purpose: Some("job_matching".to_owned()),
        sections: vec![Section::P05, Section::P07],
        entries: 2,
        case: Some("Ä 1".to_owned()),
        outcome: Outcome::Done,
        whom: None,
        count: 1,
        digest: None,
    }
}

fn place() -> EventPlace {
    EventPlace { owner: owner(), stream: id(CONSENT), sequence: 8, at: Timestamp(1_780_000_000_000_001) }
}

fn slot() -> SlotPlace<'static> {
    SlotPlace { table: "slot", owner: owner(), slot: id(10), kind: SlotKind::Recovery, parameters: b"p" }
}

pub fn token_place() -> TokenPlace {
    let (issued, until) = (Timestamp(1), Timestamp(2));
    TokenPlace {
        kind: TokenKind::Access,
        consent: ConsentId(id(CONSENT)),
        client: "c".to_owned(),
        thumbprint: vec![9],
        issued,
        until,
        parent: Vec::new(),
    }
}

/// The kinds that there were when the format was frozen. Later ones follow them; [`kinds`] freezes the number of each.
const FROZEN: usize = 22;

/// The address of a step.
const STEP: &str = "/sharing/new/how";

/// What postcard writes for each kind of entry and each section.
fn kinds() -> Value {
    let kinds = Kind::ALL.iter().map(|kind| (kind.name().to_owned(), json!(hex::encode(postcard::to_allocvec(kind).unwrap()))));
    let section = |section: &Section| (section.code().to_owned(), json!(hex::encode(postcard::to_allocvec(section).unwrap())));
    Value::Object(kinds.chain(Section::ALL.iter().map(section)).collect())
}

/// One line for each kind of entry, in the order of their declaration: postcard numbers them, so that a kind put in between, or moved,
/// changes the bytes.
fn manifest() -> Manifest {
    let line = |(n, kind): (usize, &Kind)| EntryLine {
        entry: EntryId(id(100 + n as u128)),
        kind: *kind,
        version: VersionId(id(200 + n as u128)),
        hash: [u8::try_from(n).unwrap(); 32],
        updated: Timestamp(1),
        confirmed: Timestamp(2),
    };
    Manifest {
        generation: 3,
        entries: Kind::ALL[..FROZEN].iter().enumerate().map(line).collect(),
        consents: vec![ConsentLine { consent: ConsentId(id(CONSENT)), generation: 5 }],
        checkpoint: Some((12, [0x44; 32])),
        ways: Some(vec![id(400), id(401)]),
    }
}

/// As it was before it listed slots; that format is read, not written.
fn first_manifest() -> Manifest {
    Manifest { ways: None, ..manifest() }
}

pub fn bundle() -> Bundle {
    let row = |(n, kind): (usize, &Kind)| BundleRow {
        alias: [u8::try_from(n).unwrap(); 16],
        kind: *kind,
        version: VersionId(id(300 + n as u128)),
        key: EntryKey::from_slice(&[0x55; 32]).unwrap(),
        hash: [0x66; 32],
    };
    Bundle { terms: terms(), rows: Kind::ALL[..FROZEN].iter().enumerate().map(row).collect() }
}

fn entry_sealed() -> entry::SealedEntry {
    FreshEntryKey::random(&Seeded::new(2)).seal(owner(), EntryId(id(ENTRY)), VersionId(id(VERSION)), b"{\"kind\":\"skill\"}")
}

/// Every format with fixed inputs, as hexadecimal.
fn made() -> BTreeMap<&'static str, Value> {
    let entry = entry_sealed();
    let sealed = |bytes: Vec<u8>| json!({ "sealed": hex::encode(bytes) });
    let keys = ServerKeys {
        lookup: Key::from_bytes([1; 32]),
        pepper: Key::from_bytes([2; 32]),
        checkpoint: Key::from_bytes([3; 32]),
        document: Key::from_bytes([4; 32]),
        issuing: Key::from_bytes([5; 32]),
        report: None,
    };
    let steps = record::seal(&Key::from_bytes([7; 32]), 3, &ad(), Padding::Steps, "hej då".as_bytes(), &Seeded::new(1));
    let fixed = record::seal(&Key::from_bytes([7; 32]), 0, &ad(), Padding::Fixed, &[8; 32], &Seeded::new(1));
    let public = keyring().public_key();
    let to_owner = event::to_owner(&place(), &public, &event(), &Seeded::new(9)).unwrap();
    let received = receive::seal(&public, Label::InboxSecret, &ad(), Padding::Fixed, &[8; 32], &Seeded::new(3)).unwrap();
    let slot_key = SlotKey::from_secret(&secret(), SlotKind::Recovery);
    let token = TokenSecret::parse(&format!("egk_{}", secret().text().as_str())).unwrap();
    let code = RecoveryCode::random(&Seeded::new(10));
    let phrase = passphrase::generate(&Seeded::new(11));
    let lookups = json!({
        "session": hex::encode(secret().lookup(Label::SessionLookup).0),
        "login": hex::encode(secret().lookup(Label::LoginLookup).0),
        "invite": hex::encode(secret().lookup(Label::InviteLookup).0),
        "token": hex::encode(token.lookup().0),
        "account": hex::encode(keys.account("https://issuer.example", "199001012384").0),
        "address": hex::encode(keys.address("192.0.2.1").0),
        "mailbox": hex::encode(keys.mailbox_mac(b"sealed", &ad())),
        "document": hex::encode(keys.sign_document(b"terms")),
    });
    let alias = consent_secret().aliaser().alias(EntryId(id(ENTRY)));
    BTreeMap::from([
        ("record-1-steps", sealed(steps)),
        ("record-1-fixed", sealed(fixed)),
        (
            "entry-2",
            json!({ "sealed": hex::encode(&entry.record), "key": hex::encode(entry.key.bytes()), "hash": hex::encode(entry.hash) }),
        ),
        ("receive-3", json!({ "sealed": hex::encode(received), "public": hex::encode(&public.bytes) })),
        ("slot", sealed(keyring().seal_into(&slot(), &slot_key, &Seeded::new(4)))),
        ("keyring-two", json!({ "encoded": hex::encode(rotated().encode().as_slice()) })),
        ("manifest-2", sealed(manifest().seal(&keyring(), &Seeded::new(5)))),
        (
            "bundle",
            json!({ "sealed": hex::encode(consent_secret().seal_bundle(&bundle(), &Seeded::new(6))), "code": consent_secret().code(), "alias": hex::encode(alias) }),
        ),
        ("token", sealed(token.seal(&token_place(), &consent_secret(), &Seeded::new(7)))),
        ("event-by-reader", sealed(event::by_reader(&place(), &consent_secret().log_key(), &event(), &Seeded::new(8)))),
        ("event-by-owner", sealed(event::by_owner(&place(), &keyring(), &event(), &Seeded::new(8)))),
        ("event-to-owner", sealed(to_owner)),
        ("event-header", json!({ "header": hex::encode(event::header(&place())) })),
        ("recovery-code", json!({ "printed": code.printed().as_str(), "key": slot_key_proof(&code.slot_key()) })),
        (
            "passphrase",
            json!({ "words": phrase.as_str(), "parameters": hex::encode(Cost::STRONG.parameters(&Seeded::new(13))), "key": phrase_proof() }),
        ),
        ("lookups", lookups),
        ("kinds", kinds()),
        ("step", sealed(step::seal(&secret(), STEP, b"section=p07", &Seeded::new(15)))),
    ])
    .into_iter()
    .chain(super::narrower::made())
    .chain(super::proofs::made())
    .collect()
}

/// A slot's key shows nothing of itself; what it seals does.
fn slot_key_proof(key: &SlotKey) -> String {
    hex::encode(keyring().seal_into(&slot(), key, &Seeded::new(14)))
}

fn phrase_proof() -> String {
    // Cheap parameters: the format is frozen here, not the cost.
    let parameters = [&[1][..], &8_u32.to_be_bytes(), &1_u32.to_be_bytes(), &1_u32.to_be_bytes(), &[5; 16]].concat();
    slot_key_proof(&passphrase::slot_key("min gamla moped heter Greta", &parameters, &Key::from_bytes([2; 32])).unwrap())
}

pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/vectors")
}

pub fn frozen(name: &str) -> Value {
    let file = folder().join(format!("{name}.json"));
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{name}: {error}"));
    serde_json::from_str(&text).unwrap()
}

pub fn frozen_bytes(name: &str, member: &str) -> Vec<u8> {
    hex::decode(frozen(name)[member].as_str().unwrap()).unwrap()
}

/// Associated data of the bundle.
pub fn bundle_ad() -> Ad {
    Ad::new(Label::BundleRecord).bytes_field(b"consent").id(id(OWNER)).id(id(CONSENT)).num(5)
}

/// Whether these bytes open as that format does, with all that belongs to it.
pub fn opens(name: &str, bytes: &[u8]) -> bool {
    match name {
        "record-1-steps" => record::open(&Key::from_bytes([7; 32]), &ad(), Padding::Steps, bytes).is_ok(),
        "entry-2" => {
            let key = EntryKey::from_slice(&frozen_bytes("entry-2", "key")).unwrap();
            key.open(owner(), EntryId(id(ENTRY)), VersionId(id(VERSION)), &entry::hash(bytes), bytes).is_ok()
        }
        "receive-3" => keyring().receive(Label::InboxSecret, &ad(), Padding::Fixed, bytes).is_ok(),
        "slot" => Keyring::open_slot(&slot(), &SlotKey::from_secret(&secret(), SlotKind::Recovery), bytes).is_ok(),
        "manifest" | "manifest-2" => Manifest::open(&keyring(), 3, bytes).is_ok(),
        "bundle" => consent_secret().open_bundle(owner(), ConsentId(id(CONSENT)), 5, bytes).is_ok(),
        "token" => {
            let token = TokenSecret::parse(&format!("egk_{}", secret().text().as_str())).unwrap();
            token.open(&token_place(), bytes).is_ok()
        }
        "child-terms" | "child" => super::narrower::opens(name, bytes),
        "held" | "offer" | "showing" | "showing-kept" | "file-chunk" => super::proofs::opens(name, bytes),
        other => panic!("{other}"),
    }
}

#[test]
fn what_is_sealed_today_has_the_frozen_bytes() {
    for (name, value) in made() {
        assert_eq!(value, frozen(name), "{name}: a changed format is a new version, beside this one");
    }
}

#[test]
fn frozen_records_entries_and_messages_open() {
    let key = Key::from_bytes([7; 32]);
    let open = |name, padding| record::open(&key, &ad(), padding, &frozen_bytes(name, "sealed")).unwrap().to_vec();
    assert_eq!(open("record-1-steps", Padding::Steps), "hej då".as_bytes());
    assert_eq!(open("record-1-fixed", Padding::Fixed), [8; 32]);
    let key = EntryKey::from_slice(&frozen_bytes("entry-2", "key")).unwrap();
    let hash = frozen_bytes("entry-2", "hash").try_into().unwrap();
    let sealed = frozen_bytes("entry-2", "sealed");
    let opened = key.open(owner(), EntryId(id(ENTRY)), VersionId(id(VERSION)), &hash, &sealed).unwrap();
    assert_eq!(opened.as_slice(), b"{\"kind\":\"skill\"}");
    let received = keyring().receive(Label::InboxSecret, &ad(), Padding::Fixed, &frozen_bytes("receive-3", "sealed")).unwrap();
    assert_eq!(received.as_slice(), [8; 32]);
}

#[test]
fn frozen_keyrings_manifests_bundles_and_tokens_open() {
    let key = SlotKey::from_secret(&secret(), SlotKind::Recovery);
    let opened = Keyring::open_slot(&slot(), &key, &frozen_bytes("slot", "sealed")).unwrap();
    assert_eq!(opened.encode().as_slice(), keyring().encode().as_slice());
    let two = Keyring::decode(owner(), &frozen_bytes("keyring-two", "encoded")).unwrap();
    assert!(two.rotating() && two.generation() == 3);
    assert_eq!(two.encode().as_slice(), rotated().encode().as_slice(), "with the event keys of the retired first");
    assert_eq!(Manifest::open(&keyring(), 3, &frozen_bytes("manifest", "sealed")).unwrap(), first_manifest());
    assert_eq!(Manifest::open(&keyring(), 3, &frozen_bytes("manifest-2", "sealed")).unwrap(), manifest());
    let sealed = frozen_bytes("bundle", "sealed");
    let opened = consent_secret().open_bundle(owner(), ConsentId(id(CONSENT)), 5, &sealed).unwrap();
    assert_eq!(opened.terms, terms());
    assert_eq!(opened.rows.iter().map(|row| row.kind).collect::<Vec<_>>(), Kind::ALL[..FROZEN]);
    let token = TokenSecret::parse(&format!("egk_{}", secret().text().as_str())).unwrap();
    assert_eq!(token.open(&token_place(), &frozen_bytes("token", "sealed")).unwrap().bytes(), consent_secret().bytes());
}

#[test]
fn frozen_events_and_codes_open() {
    let log_key = consent_secret().log_key();
    for name in ["event-by-reader", "event-by-owner", "event-to-owner"] {
        let opened = event::open(&place(), &keyring(), Some(&log_key), &frozen_bytes(name, "sealed")).unwrap();
        assert_eq!(opened, event(), "{name}");
    }
    assert_eq!(step::open(&secret(), STEP, &frozen_bytes("step", "sealed")).unwrap().as_slice(), b"section=p07");
    let printed = frozen("recovery-code")["printed"].as_str().unwrap().to_owned();
    let code = RecoveryCode::parse(&printed).unwrap();
    assert_eq!(slot_key_proof(&code.slot_key()), frozen("recovery-code")["key"].as_str().unwrap());
}

#[test]
#[ignore = "writes the frozen files anew: by hand, for a new format beside the old one"]
fn write_vectors() {
    std::fs::create_dir_all(folder()).unwrap();
    for (name, value) in made() {
        let text = serde_json::to_string_pretty(&value).unwrap();
        std::fs::write(folder().join(format!("{name}.json")), text + "\n").unwrap();
    }
    super::broken::write();
}
