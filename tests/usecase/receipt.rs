//! Receipts: signed, for both sides, also after the end; and held against the examples of the profile that they follow.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use egenkarta::domain::consent::Mode;
use egenkarta::domain::profile::{Kind, Section};
use egenkarta::domain::receipt::{DPV_VERSION, Publisher};
use egenkarta::domain::time::{DAY, MINUTE};
use egenkarta::usecase::receipt::{READ_TYPE, Receipt, TYPE};
use oxjsonld::JsonLdParser;
use ring::signature::{ED25519, UnparsedPublicKey};
use serde_json::{Value, json};

use crate::support::people::{Owner, TestUnit, need, save, skill};
use crate::support::{BASE, TestApp, on_both};

fn publisher() -> Publisher {
    let text = str::to_owned;
    Publisher { base: text(BASE), name: text("Kommunen"), number: text("212000-0571"), ..Publisher::default() }
}

/// The payload, where the service's key fits and the type is this one.
fn checked(app: &TestApp, typ: &str, jws: &str) -> Option<Value> {
    let (input, signature) = jws.rsplit_once('.')?;
    let (head, payload) = input.split_once('.')?;
    let head: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(head).ok()?).ok()?;
    let key = UnparsedPublicKey::new(&ED25519, app.service.keys.document_public());
    key.verify(input.as_bytes(), &URL_SAFE_NO_PAD.decode(signature).ok()?).ok()?;
    if head["typ"] != typ {
        return None;
    }
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()
}

struct Shared {
    person: Owner,
    unit: TestUnit,
    id: egenkarta::domain::ConsentId,
}

/// Skills and one need, named singly, with the name beside the code.
async fn shared(app: &TestApp) -> Shared {
    let (person, unit) = (app.participant("Amina").await, app.unit("af").await);
    let session = person.session(app).await;
    app.add(&session, Kind::Skill, skill("svetsa i taket")).await;
    let needed = app.add(&session, Kind::Needs, need("tystnad")).await;
    let mut choice = app.choice(unit.id, &[Section::P07]);
    (choice.mode, choice.lang, choice.original) = (Mode::Copy, "ar".to_owned(), true);
    choice.entries.insert(needed);
    let id = app.service.give(&session, &choice).await.unwrap().terms.consent;
    app.service.sequence_log().await.unwrap();
    Shared { person, unit, id }
}

fn types(record: &Value) -> Vec<String> {
    let all = record["dpv:hasConsentStatus"].as_array().expect("a list");
    all.iter().map(|status| status["@type"][0].as_str().unwrap().to_owned()).collect()
}

fn categories(record: &Value) -> BTreeMap<String, String> {
    let all = record["dpv:hasProcess"]["dpv:hasPersonalData"].as_array().expect("a list");
    all.iter().map(|one| (one["@id"].as_str().unwrap().to_owned(), one["@type"].as_str().unwrap().to_owned())).collect()
}

on_both!(nobody_gets_anothers_receipt_and_a_changed_one_does_not_check, |app| {
    let Shared { person, id, .. } = shared(app).await;
    let stranger = app.participant("Bashir").await.session(app).await;
    let other = app.unit_named("af", "En annan enhet", "Otto Other").await.administrator.session(app).await;
    assert!(app.service.receipt(&stranger, id, &publisher()).await.is_err());
    assert!(app.service.unit_receipt(&other, id, &publisher()).await.is_err());
    assert!(app.service.receipt(&person.closed_session(app).await, id, &publisher()).await.is_err());
    let Receipt { jws, .. } = app.service.receipt(&person.session(app).await, id, &publisher()).await.unwrap();
    assert!(checked(app, READ_TYPE, &jws).is_none() && checked(app, "egenkarta-copy+jws", &jws).is_none());
    for at in [3, jws.find('.').unwrap() + 5, jws.len() / 2, jws.len() - 5] {
        let mut bad = jws.clone().into_bytes();
        bad[at] = if bad[at] == b'A' { b'B' } else { b'A' };
        assert!(checked(app, TYPE, &String::from_utf8(bad).unwrap()).is_none(), "sign {at}");
    }
});

on_both!(both_sides_have_the_same_record_also_after_the_end_and_the_unit_after_an_erase, |app| {
    let Shared { person, unit, id } = shared(app).await;
    let (session, staff) = (person.session(app).await, unit.administrator.session(app).await);
    let mine = app.service.receipt(&session, id, &publisher()).await.unwrap();
    let document = checked(app, TYPE, &mine.jws).expect("our key fits");
    assert_eq!(document, mine.document);
    let text = document.to_string();
    assert!(!text.contains(&person.id.to_string()) && !text.contains("svetsa") && !text.contains("Amina"), "{text}");
    let note = document["kart:logCheckpoint"].as_str().expect("the newest checkpoint");
    assert!(note.starts_with("localhost\n"), "{note}");
    let record = &document["dpv:hasRecordOfActivity"];
    assert_eq!(types(record), ["dpv:ConsentGiven"]);
    let data = categories(record);
    assert_eq!(data["kart:p07"], "dpv:PersonalData");
    assert_ne!(data[&format!("kart:{}", Kind::Needs.section().code())], "dpv:PersonalData", "{data:?}");
    let notices = record["dpv:hasNotice"].as_array().unwrap();
    let read: Vec<_> =
        notices.iter().map(|one| (one["dct:language"].as_str().unwrap(), one["schema:version"].as_str().unwrap())).collect();
    assert_eq!(read, [("ar", "2"), ("sv", "2")], "the text that was read, and the original beside it");

    let theirs = app.service.unit_receipt(&staff, id, &publisher()).await.unwrap();
    let theirs = checked(app, TYPE, &theirs.jws).unwrap();
    assert_eq!(theirs["dpv:hasRecordOfActivity"], *record);
    assert_eq!(theirs["schema:recipient"], json!(unit.id.0.urn().to_string()));

    app.clock.forward(MINUTE);
    let mut wider = app.choice(unit.id, &[Section::P07]);
    wider.mode = Mode::View;
    app.service.change(&person.session(app).await, id, &wider).await.unwrap();
    app.clock.forward(MINUTE);
    app.service.withdraw(&session, id).await.unwrap();
    let mine = app.service.receipt(&session, id, &publisher()).await.unwrap().document;
    let ended = ["dpv:ConsentGiven", "dpv:RenewedConsentGiven", "dpv:ConsentWithdrawn"];
    assert_eq!(types(&mine["dpv:hasRecordOfActivity"]), ended);
    let theirs = app.service.unit_receipt(&staff, id, &publisher()).await.unwrap().document;
    let status = |document: &Value| document["dpv:hasRecordOfActivity"]["dpv:hasConsentStatus"].clone();
    assert_eq!(status(&theirs), status(&mine), "the unit was told of the change when it was made");
    app.service.erase(&person.session(app).await).await.unwrap();
    let theirs = app.service.unit_receipt(&staff, id, &publisher()).await.unwrap().document;
    assert_eq!(types(&theirs["dpv:hasRecordOfActivity"]), ended);
});

on_both!(a_read_has_a_receipt_that_names_what_was_returned_and_says_where_it_cannot, |app| {
    let Shared { person, unit, id } = shared(app).await;
    let (session, staff) = (person.session(app).await, unit.administrator.session(app).await);
    app.service.state_case(&staff, id, "2026-118").await.unwrap();
    app.clock.forward(MINUTE);
    let (_, read) = app.service.read_by_staff(&staff, id).await.unwrap();
    app.clock.forward(MINUTE);
    assert!(app.service.read_receipt(&session, id, 1).await.is_err(), "the giving is no read");
    assert!(app.service.read_receipt(&session, id, 99).await.is_err());
    let profile = app.service.profile(&session).await.unwrap();
    let skilled = profile.of_kind(Kind::Skill).next().unwrap().id;
    app.service.save_entry(&session, save(Some(skilled), Kind::Skill, skill("svetsa under vatten"))).await.unwrap();

    let receipt = app.service.read_receipt(&session, id, read.sequence).await.unwrap();
    let document = checked(app, READ_TYPE, &receipt.jws).expect("our key fits");
    assert_eq!((&document["complete"], &document["count"]), (&json!(true), &json!(2)), "{document}");
    assert_eq!((&document["case"], &document["who"]["Staff"]["name"]), (&json!("2026-118"), &json!("Adina Admin")));
    let returned: BTreeSet<(String, String)> =
        read.entries.iter().map(|held| (hex::encode(held.alias), held.version.to_string())).collect();
    let named = document["entries"].as_array().unwrap().iter();
    let named: BTreeSet<_> =
        named.map(|one| (one["id"].as_str().unwrap().to_owned(), one["version"].as_str().unwrap().to_owned())).collect();
    assert_eq!(named, returned, "as it was, not as it is now");
    assert!(!document.to_string().contains("svetsa"));

    app.service.delete_entry(&session, skilled).await.unwrap();
    let later = app.service.read_receipt(&session, id, read.sequence).await.unwrap().document;
    assert_eq!((&later["complete"], later["entries"].as_array().map(Vec::len)), (&json!(false), Some(1)));
    assert_eq!(later["digest"], document["digest"], "the event still holds the digest");
    app.clock.forward(DAY);
    app.service.withdraw(&person.session(app).await, id).await.unwrap();
    assert!(app.service.read_receipt(&person.session(app).await, id, read.sequence).await.is_ok());
});

/// Terms of DPV 2.2 and of its list of countries that we use beside those of the examples.
const OURS: [&str; 9] = [
    "loc:SE",
    "dpv:Consult",
    "dpv:Copy",
    "dpv:Store",
    "dpv:ConsentExpired",
    "dpv:ConsentInvalidated",
    "dpv:LegalBasis",
    "dpv:hasContext",
    "dpv:AutomatedDecisionMaking",
];

/// The examples beside this project; `None`, said aloud, where they are not there.
fn examples() -> Option<Vec<PathBuf>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/vectors/consent-27560/examples");
    let Ok(found) = std::fs::read_dir(&folder) else {
        println!("left out: ../shared/vectors/consent-27560 is not here");
        return None;
    };
    Some(found.map(|entry| entry.unwrap().path()).collect())
}

/// Every `dpv:`, `eu-gdpr:` and `loc:` term that stands in a text.
fn terms(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for prefix in ["dpv:", "eu-gdpr:", "loc:"] {
        for (at, _) in text.match_indices(prefix) {
            let end = text[at + prefix.len()..].find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(0);
            let term = &text[at..at + prefix.len() + end];
            if !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '-') && end > 0 {
                found.insert(term.to_owned());
            }
        }
    }
    found
}

/// Predicates and objects of the document as RDF.
fn triples(document: &Value) -> BTreeSet<(String, String)> {
    let text = document.to_string();
    let quads = JsonLdParser::new().for_slice(&text);
    quads.map(|quad| quad.expect("JSON-LD")).map(|quad| (quad.predicate.to_string(), quad.object.to_string())).collect()
}

on_both!(a_receipt_is_json_ld_with_all_that_27560_demands_and_only_terms_of_the_pinned_vocabulary, |app| {
    let Shared { person, id, .. } = shared(app).await;
    let session = person.session(app).await;
    app.service.withdraw(&session, id).await.unwrap();
    let document = app.service.receipt(&session, id, &publisher()).await.unwrap().document;
    assert_eq!(DPV_VERSION, app.service.catalogue.dpv_version());
    assert!(document["dct:conformsTo"].to_string().contains("dpv/2.2"));
    let all = triples(&document);
    assert!(all.len() > 60, "{}", all.len());
    // No term was left as a bare word: each predicate and each type is an IRI that the context gives.
    for (predicate, _) in &all {
        let known = ["w3id.org/dpv", "purl.org/dc/terms", "schema.org", "skos/core", "22-rdf-syntax", "urn:egenkarta"];
        assert!(known.iter().any(|one| predicate.contains(one)), "{predicate}");
    }
    let has = |name: &str| all.iter().any(|(predicate, object)| predicate.contains(name) && object != "\"\"");
    // ISO/IEC TS 27560:2023: header, processing, parties, events; by the fields of the profile.
    let demanded = [
        "conformsTo",
        "identifier",
        "hasDataSubject",
        "hasNotice",
        "terms/language",
        "hasPurpose",
        "hasPersonalData",
        "hasDataController",
        "hasStorageCondition",
        "hasDuration",
        "hasJurisdiction",
        "hasRecipient",
        "hasConsentControl",
        "hasEntity",
        "hasName",
        "hasIdentifier",
        "address",
        "contactPoint",
        "hasConsentStatus",
        "isIndicatedAtTime",
        "isIndicatedBy",
        "hasLegalBasis",
    ];
    for name in demanded {
        assert!(has(name), "{name}");
    }
    let object = |name: &str| all.iter().any(|(_, object)| object.contains(name));
    assert!(
        ["dpv#ConsentGiven", "dpv#ConsentWithdrawn", "dpv#WithdrawConsent", "dpv#StorageLocation"].iter().all(|name| object(name))
    );
    assert!(object("term:JobMatching") && object("dpv#PublicBenefit"), "our purposes stand under the vocabulary's");

    let Some(files) = examples() else { return };
    let known: String = files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
    let mut known = terms(&known);
    assert!(known.len() > 80 && known.contains("dpv:ConsentRecord"), "{}", known.len());
    known.extend(OURS.map(str::to_owned));
    known.extend(app.service.catalogue.purposes().iter().filter_map(|purpose| purpose.refines.clone()));
    let strange: Vec<String> = terms(&document.to_string()).into_iter().filter(|term| !known.contains(term)).collect();
    assert!(strange.is_empty(), "no such terms in the examples or in our own list: {strange:?}");
    let whole = files.iter().find(|file| file.ends_with("guide_89_example.jsonld")).expect("the whole receipt of the guide");
    let whole: Value = serde_json::from_str(&std::fs::read_to_string(whole).unwrap()).unwrap();
    let record = &document["dpv:hasRecordOfActivity"];
    for (ours, theirs) in [(&document, &whole), (record, &whole["dpv:hasRecordOfActivity"])] {
        for member in theirs.as_object().unwrap().keys().filter(|member| *member != "dpv:hasDataProcessor") {
            assert!(ours.get(member).is_some(), "the guide's receipt has {member}");
        }
    }
});
