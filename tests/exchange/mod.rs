//! Foreign formats: our own samples of each, those of others where they lie beside the repository, and the official schemas over what we
//! write.

mod foreign;
mod schemas;
mod shapes;

use std::path::{Path, PathBuf};

use egenkarta::domain::profile::{Kind, Value};
use egenkarta::exchange::{Format, Import, Item, Leftover, Why, read, write};

const SAMPLES: [(&str, Format); 5] = [
    ("resume.json", Format::JsonResume),
    ("skillspassport.xml", Format::SkillsPassport),
    ("candidate.xml", Format::Candidate),
    ("hr-open.json", Format::HrOpen),
    ("elm.jsonld", Format::Elm),
];

fn bytes(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exchange/samples").join(name);
    std::fs::read(path).expect("a sample")
}

fn import(name: &str) -> Import {
    read(&bytes(name), "und").expect("a sample is read")
}

/// Where the samples of others lie; says so where they do not.
fn beside(folder: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples").join(folder);
    if !path.is_dir() {
        println!("left out: ../shared/samples/{folder} is not here");
        return None;
    }
    Some(path)
}

fn one(import: &Import, kind: Kind) -> &Item {
    import.entries.iter().find(|item| item.kind == kind).unwrap_or_else(|| panic!("no {kind:?} in {import:?}"))
}

fn text<'a>(item: &'a Item, field: &str) -> &'a str {
    match item.fields.get(field) {
        Some(Value::Text(text) | Value::Choice(text)) => text,
        Some(Value::Concept(concept)) => &concept.entered,
        other => panic!("{field}: {other:?}"),
    }
}

fn day(item: &Item, field: &str) -> String {
    match item.fields.get(field) {
        Some(Value::Date(date)) => date.to_string(),
        other => panic!("{field}: {other:?}"),
    }
}

fn left<'a>(import: &'a Import, path: &str) -> &'a str {
    let found = import.not_understood.iter().find(|left| left.path == path);
    &found.unwrap_or_else(|| panic!("{path} is not in {:#?}", import.not_understood)).text
}

#[test]
fn each_sample_is_known_and_after_one_reading_the_bytes_stay() {
    for (name, format) in SAMPLES {
        let import = import(name);
        assert_eq!(import.format, format, "{name}");
        for to in Format::ALL {
            let first = write(to, &import.entries, "und");
            let again = read(&first, "und").unwrap_or_else(|why| panic!("{name} as {to:?}: {why}"));
            assert_eq!(again.not_understood, Vec::<Leftover>::new(), "{name} as {to:?}");
            let second = write(to, &again.entries, "und");
            assert_eq!(String::from_utf8_lossy(&first), String::from_utf8_lossy(&second), "{name} as {to:?}");
        }
    }
}

#[test]
fn a_resume_gives_what_it_says_and_keeps_the_rest() {
    let import = import("resume.json");
    let work = one(&import, Kind::Work);
    assert_eq!((text(work, "occupation"), text(work, "employer"), text(work, "country")), ("Vårdbiträde", "Äppellunden", "SE"));
    assert_eq!((day(work, "from"), day(work, "to")), ("2021-03".to_owned(), "2023-08-31".to_owned()));
    assert_eq!(text(work, "tasks"), "Omsorg om äldre.\nDelade ut mat\nSkrev i journalen");
    assert_eq!((work.lang.as_str(), work.source.as_str()), ("sv", "work[0]"));
    let voluntary = import.entries.iter().filter(|item| item.kind == Kind::Work).nth(1).expect("voluntary work");
    assert!(!voluntary.fields.contains_key("to"), "an end before its start is not understood");
    assert_eq!(left(&import, "volunteer[0].endDate"), "2018");
    for (path, what) in [
        ("work[0].location", "Vetlanda"),
        ("work[1].name", "Utan titel"),
        ("work[1].startDate", "i våras"),
        ("skills[1].level", "ganska bra"),
        ("languages[2].language", "Alviska"),
        ("references[0].reference", "Amina är bra."),
    ] {
        assert_eq!(left(&import, path), what);
    }
    assert_eq!(import.losses.iter().map(|loss| (loss.path.as_str(), loss.why)).collect::<Vec<_>>(), [("basics.image", Why::Data)]);
    let count = |kind| import.entries.iter().filter(|item| item.kind == kind).count();
    assert_eq!((count(Kind::Skill), count(Kind::Language), count(Kind::Qualification), count(Kind::Informal)), (4, 2, 2, 2));
}

#[test]
fn a_skills_passport_gives_levels_and_plain_text() {
    let import = import("skillspassport.xml");
    let work = one(&import, Kind::Work);
    assert_eq!(text(work, "tasks"), "Omsorg om äldre:\n• delar ut mat\n• skriver i journalen");
    assert_eq!(work.fields.get("ongoing"), Some(&Value::Flag(true)));
    let swedish = import.entries.iter().filter(|item| item.kind == Kind::Language).nth(1).expect("swedish");
    assert_eq!((text(swedish, "listening"), text(swedish, "writing")), ("b2", "a2"));
    assert_eq!(one(&import, Kind::BirthYear).fields["year"], Value::Number(1988));
    let birth = "/SkillsPassport/LearnerInfo/Identification/Demographics/Birthdate/@month";
    assert_eq!(left(&import, birth), "--04");
    assert!(import.not_understood.iter().any(|one| one.path == birth && one.sensitive));
    assert!(import.entries.iter().any(|item| item.kind == Kind::Licence && text(item, "licence") == "b"));
}

#[test]
fn a_candidate_gives_concepts_with_their_addresses() {
    let import = import("candidate.xml");
    let work = one(&import, Kind::Work);
    let Some(Value::Concept(concept)) = work.fields.get("occupation") else { panic!("{work:?}") };
    assert_eq!(
        (concept.entered.as_str(), concept.uri.as_deref()),
        ("Vårdbiträde", Some("http://data.europa.eu/esco/occupation/0f5a3b4c"))
    );
    assert_eq!(text(one(&import, Kind::Contact), "phone"), "+46 701740605");
    assert_eq!(text(one(&import, Kind::Education), "level"), "6");
    assert_eq!(left(&import, "/Candidate/CandidatePerson/BirthDate"), "1988-04-30");
    assert_eq!(left(&import, "/Candidate/CandidatePerson/NationalityCode"), "so");
}

#[test]
fn an_envelope_gives_the_candidate_and_not_its_consents() {
    let import = import("hr-open.json");
    assert_eq!(text(one(&import, Kind::Work), "employer"), "Äppellunden");
    assert_eq!(one(&import, Kind::Skill).fields["months_used"], Value::Number(24));
    assert_eq!(text(one(&import, Kind::Language), "reading"), "b1");
    assert_eq!(left(&import, "transferObject.data[0].profiles[0].qualifications[1].competencyIds[0].value"), "609205");
    assert_eq!(left(&import, "transferObject.data[0].profiles[0].licenses[0].issued"), "2019-W40-5");
    assert!(!import.not_understood.iter().any(|one| one.path.starts_with("consent") || one.path.starts_with("s")));
}

#[test]
fn a_credential_gives_its_claims_and_their_outcomes() {
    let import = import("elm.jsonld");
    let proof = one(&import, Kind::Qualification);
    assert_eq!((text(proof, "name"), text(proof, "issuer"), text(proof, "seqf")), ("Livsmedelshygien", "Exempelskolan", "2"));
    assert_eq!(day(proof, "issued"), "2022-02-01");
    assert_eq!(text(one(&import, Kind::Skill), "skill"), "hålla rent i kök");
    assert_eq!(text(one(&import, Kind::Education), "school"), "Grannskapet");
    assert_eq!(import.entries[0].lang, "sv");
    assert_eq!(left(&import, "credentialSubject.dateOfBirth"), "1988-04-30T00:00:00Z");
}

#[test]
fn a_mutated_sample_is_refused_or_read() {
    for (name, _) in SAMPLES {
        let whole = bytes(name);
        for at in (0..whole.len()).step_by(7) {
            _ = read(&whole[..at], "und");
            for byte in [0, b'<', b'"', b'}', 0xFF] {
                let mut broken = whole.clone();
                broken[at] = byte;
                _ = read(&broken, "und");
            }
            let mut doubled = whole[..at].to_vec();
            doubled.extend_from_slice(&whole[at / 2..]);
            _ = read(&doubled, "und");
        }
    }
}
