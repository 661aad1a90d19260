//! The official schemas over what we write. JSON Schema by a crate; XML Schema by xmllint, since no kept crate validates it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use egenkarta::exchange::{Format, write};
use serde_json::{Map, Value, json};

use super::{SAMPLES, beside, import};

fn load(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap_or_else(|_| panic!("{path:?}"))).expect("JSON")
}

fn check(schema: &Value, instance: &Value, what: &str) {
    let validator = jsonschema::options().with_draft(jsonschema::Draft::Draft4).build(schema).expect("a schema");
    let faults: Vec<String> = validator.iter_errors(instance).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    assert!(faults.is_empty(), "{what}: {faults:#?}");
}

fn written(format: Format) -> impl Iterator<Item = (&'static str, Vec<u8>)> {
    SAMPLES.into_iter().map(move |(name, _)| (name, write(format, &import(name).entries, "sv")))
}

#[test]
fn what_is_written_as_json_resume_fits_both_versions_of_its_schema() {
    let Some(folder) = beside("jsonresume") else { return };
    for version in ["schema.json", "schema-v1.0.1.json"] {
        let mut schema = load(&folder.join(version));
        bare(&mut schema);
        let broken = json!({"work": [{"startDate": "i våras"}]});
        assert!(!jsonschema::options().with_draft(jsonschema::Draft::Draft4).build(&schema).expect("a schema").is_valid(&broken));
        for (name, file) in written(Format::JsonResume) {
            check(&schema, &serde_json::from_slice(&file).expect("JSON"), &format!("{name} in {version}"));
        }
    }
}

#[test]
fn what_is_written_for_portability_fits_the_envelope_and_hr_open() {
    let Some(folder) = beside("af-portability") else { return };
    let Some(samples) = beside("hropen") else { return };
    let mut bundle = Bundle { done: BTreeMap::new(), root: samples };
    let top = bundle.take(&folder.join("DataEnvelope.json"));
    let mut schema = json!({"$ref": format!("#/definitions/{top}")});
    schema["definitions"] = Value::Object(bundle.done.into_iter().map(|(name, schema)| (name, schema.expect("done"))).collect());
    let wrong = json!({"sessionToken": "", "source": {}, "sink": {}, "consent": {}, "transferObject": {}});
    assert!(!jsonschema::options().with_draft(jsonschema::Draft::Draft4).build(&schema).expect("a schema").is_valid(&wrong));
    for (name, file) in written(Format::HrOpen) {
        check(&schema, &serde_json::from_slice(&file).expect("JSON"), name);
    }
}

/// A schema of many files as one: each file a definition, each reference made to point there.
struct Bundle {
    done: BTreeMap<String, Option<Value>>,
    /// Where the folder stands that the envelope looks for beside itself.
    root: PathBuf,
}

impl Bundle {
    fn take(&mut self, path: &Path) -> String {
        let path = path.canonicalize().unwrap_or_else(|_| panic!("{path:?}"));
        let name = path.to_string_lossy().replace(['/', '.', '-'], "_");
        if !self.done.contains_key(&name) {
            self.done.insert(name.clone(), None);
            let mut schema = load(&path);
            bare(&mut schema);
            self.point(&mut schema, &path, &name);
            self.done.insert(name.clone(), Some(schema));
        }
        name
    }

    fn point(&mut self, schema: &mut Value, file: &Path, own: &str) {
        match schema {
            Value::Object(members) => {
                if let Some(Value::String(to)) = members.get("$ref").cloned() {
                    let (path, inner) = to.split_once('#').unwrap_or((&to, ""));
                    let target = if path.is_empty() { own.to_owned() } else { self.take(&self.place(file, path)) };
                    members.insert("$ref".to_owned(), json!(format!("#/definitions/{target}{inner}")));
                }
                members.values_mut().for_each(|value| self.point(value, file, own));
            }
            Value::Array(all) => all.iter_mut().for_each(|value| self.point(value, file, own)),
            _ => {}
        }
    }

    fn place(&self, file: &Path, path: &str) -> PathBuf {
        let beside = file.parent().expect("a folder").join(path);
        if beside.exists() { beside } else { self.root.join(path.trim_start_matches("../")) }
    }
}

/// Without its address and its dialect's: some name ones that nothing answers at.
fn bare(schema: &mut Value) {
    let empty = &mut Map::new();
    let members = schema.as_object_mut().unwrap_or(empty);
    for name in ["$schema", "id", "$id"] {
        members.remove(name);
    }
}

/// Code lists that the schema takes from addresses of its own, each as any text.
const LISTS: [(&str, &str, &[&str]); 8] = [
    ("EuropassISOCountries_V1.7.0.xsd", "http://europass.cedefop.europa.eu/Europass", &["countryCode"]),
    ("EuropassNationalities_V1.7.0.xsd", "http://europass.cedefop.europa.eu/Europass", &["nationalityCountryCode"]),
    ("EuropassISOLanguages_V1.10.0.xsd", "http://europass.cedefop.europa.eu/Europass", &["motherCode", "foreignCode"]),
    ("EuropassAddressFormats_V1.3.0.xsd", "http://europass.cedefop.europa.eu/Europass", &["AddressFieldFormatPattern"]),
    ("NACE_COM_V1.0.0.xsd", "http://europass.cedefop.europa.eu/NACE", &["sector-level1"]),
    ("EQF_08_V1.0.0.xsd", "http://europass.cedefop.europa.eu/EQF/08", &["level"]),
    ("ISCED97_V1.0.0.xsd", "http://europass.cedefop.europa.eu/ISCED/97", &["field-level2"]),
    ("EUDrivingLicence_V1.1.0.xsd", "http://europass.cedefop.europa.eu/EUDriving", &["drivinglicence"]),
];

/// The schema in a folder of ours, its remote parts beside it.
fn passport_schema(folder: &Path) -> PathBuf {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("skillspassport-xsd");
    std::fs::create_dir_all(&out).expect("a folder");
    for entry in std::fs::read_dir(folder).expect("schemas") {
        let path = entry.expect("an entry").path();
        let mut text = std::fs::read_to_string(&path).expect("a schema");
        for (list, ..) in LISTS {
            for place in ["included", "imported"] {
                text = text.replace(&format!("https://europass.cedefop.europa.eu/xml/{place}/{list}"), list);
            }
        }
        std::fs::write(out.join(path.file_name().expect("a name")), text).expect("written");
    }
    for (name, space, types) in LISTS {
        let one = |kind: &&str| format!("<xsd:simpleType name=\"{kind}\"><xsd:restriction base=\"xsd:string\"/></xsd:simpleType>");
        let types: String = types.iter().map(one).collect();
        let text =
            format!("<xsd:schema xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" targetNamespace=\"{space}\">{types}</xsd:schema>");
        std::fs::write(out.join(name), text).expect("written");
    }
    out.join("EuropassSchema.xsd")
}

fn xmllint(schema: &Path, file: &Path) -> Result<(), String> {
    let out = Command::new("xmllint").args(["--nonet", "--noout", "--schema"]).arg(schema).arg(file).output().expect("xmllint");
    if out.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&out.stderr).into_owned()) }
}

#[test]
fn what_is_written_as_skills_passport_fits_its_schema() {
    let Some(folder) = beside("europass/xsd-v3.4.1") else { return };
    if Command::new("xmllint").arg("--version").output().is_err() {
        assert!(std::env::var_os("EGENKARTA_FULL").is_none(), "xmllint is not here");
        println!("left out: xmllint is not here");
        return;
    }
    let schema = passport_schema(&folder);
    let place = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let wrong = place.join("wrong.xml");
    std::fs::write(
        &wrong,
        "<SkillsPassport xmlns=\"http://europass.cedefop.europa.eu/Europass\" locale=\"sv\"><Wrong/></SkillsPassport>",
    )
    .expect("written");
    xmllint(&schema, &wrong).expect_err("the schema refuses what is wrong");
    let theirs = folder.join("../skillspassport-xml/v3.4.1_Europass_CV_V3.4.0_Example.xml");
    xmllint(&schema, &theirs).expect("and takes the official example");
    for (name, file) in written(Format::SkillsPassport) {
        let path = place.join(format!("passport-{name}.xml"));
        std::fs::write(&path, file).expect("written");
        xmllint(&schema, &path).unwrap_or_else(|why| panic!("{name}: {why}"));
    }
}

/// Its parts by name and parent, in the namespaces' prefixes, as `roxmltree` sees them.
fn steps(text: &str) -> std::collections::BTreeSet<(String, String)> {
    let document = roxmltree::Document::parse(text).expect("XML");
    let name = |node: roxmltree::Node<'_, '_>| {
        format!("{{{}}}{}", node.tag_name().namespace().unwrap_or_default(), node.tag_name().name())
    };
    let elements = document.descendants().filter(|node| node.is_element());
    elements.filter_map(|node| Some((name(node.parent_element()?), name(node)))).collect()
}

/// Parts that the one sample leaves empty, named after HR-XML 3 and the sample's own neighbours.
const BEYOND_THE_SAMPLE: [&str; 12] = [
    "License",
    "LicenseName",
    "ValidFrom",
    "ValidTo",
    "Certification",
    "CertificationName",
    "IssuingAuthorityName",
    "FirstIssuedDate",
    "Project",
    "VoluntaryWork",
    "CompetencyName",
    "EndDate",
];

#[test]
fn what_is_written_as_candidate_has_the_parts_of_the_sample_where_it_has_them() {
    let Some(folder) = beside("europass/candidate-xml") else { return };
    let theirs = steps(&std::fs::read_to_string(folder.join("candidate-v4-scrubbed.xml")).expect("the sample"));
    for (name, file) in written(Format::Candidate) {
        let ours = steps(&String::from_utf8(file).expect("text"));
        let beyond = |(parent, child): &&(String, String)| {
            BEYOND_THE_SAMPLE.iter().any(|part| [parent, child].iter().any(|step| step.ends_with(&format!("}}{part}"))))
        };
        let strange: Vec<_> = ours.difference(&theirs).filter(|step| !beyond(step)).collect();
        assert!(strange.is_empty(), "{name}: {strange:?}");
    }
}
