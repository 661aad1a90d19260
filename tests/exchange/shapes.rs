//! The SHACL shapes of the European Learning Model over what we write: targets by class, and of each property its least and most, its
//! datatype and its class (SHACL, 2.1.3.2, 4.1, 4.2). That is what the shapes of the application profile use of SHACL, but for lists.

use std::collections::{BTreeMap, BTreeSet};

use egenkarta::credential::elm;
use egenkarta::domain::credential::{Competence, Issuer, Proof, Subject};
use egenkarta::exchange::{Format, write};
use oxjsonld::{JsonLdParser, JsonLdRemoteDocument};
use oxttl::TurtleParser;

use super::{SAMPLES, beside, import};

const SH: &str = "http://www.w3.org/ns/shacl#";
const TYPE: &str = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>";

/// Subject, predicate, object, as N-Triples writes them.
type Graph = BTreeMap<String, Vec<(String, String)>>;

fn shapes(text: &str) -> Graph {
    let mut graph = Graph::new();
    for triple in TurtleParser::new().for_slice(text) {
        let triple = triple.expect("Turtle");
        graph.entry(triple.subject.to_string()).or_default().push((triple.predicate.to_string(), triple.object.to_string()));
    }
    graph
}

/// The terms of `https://www.w3.org/2018/credentials/v1` that our files use.
const CREDENTIALS: &str = r#"{"@context": {
    "id": "@id", "type": "@type",
    "cred": "https://www.w3.org/2018/credentials#", "xsd": "http://www.w3.org/2001/XMLSchema#",
    "VerifiableCredential": "cred:VerifiableCredential",
    "credentialSchema": {"@id": "cred:credentialSchema", "@type": "@id"},
    "credentialSubject": {"@id": "cred:credentialSubject", "@type": "@id"},
    "expirationDate": {"@id": "cred:expirationDate", "@type": "xsd:dateTime"},
    "issuanceDate": {"@id": "cred:issuanceDate", "@type": "xsd:dateTime"},
    "issued": {"@id": "cred:issued", "@type": "xsd:dateTime"},
    "issuer": {"@id": "cred:issuer", "@type": "@id"},
    "validFrom": {"@id": "cred:validFrom", "@type": "xsd:dateTime"}
}}"#;

fn data(file: &[u8], context: String) -> Graph {
    let mut graph = Graph::new();
    let parser = JsonLdParser::new().for_reader(file).with_load_document_callback(move |url, _| {
        let document = if url.contains("credentials/v1") { CREDENTIALS.to_owned() } else { context.clone() };
        Ok(JsonLdRemoteDocument { document: document.into_bytes(), document_url: url.to_owned() })
    });
    for quad in parser {
        let quad = quad.expect("JSON-LD");
        graph.entry(quad.subject.to_string()).or_default().push((quad.predicate.to_string(), quad.object.to_string()));
    }
    graph
}

fn of<'a>(graph: &'a Graph, subject: &str, predicate: &str) -> Vec<&'a str> {
    graph.get(subject).into_iter().flatten().filter(|(name, _)| name == predicate).map(|(_, object)| object.as_str()).collect()
}

fn number(literal: Option<&&str>) -> Option<usize> {
    literal?.trim_start_matches('"').split('"').next()?.parse().ok()
}

/// What is wrong, and how many properties were looked at.
fn faults(shapes: &Graph, data: &Graph) -> (Vec<String>, usize) {
    let sh = |name: &str| format!("<{SH}{name}>");
    let (mut wrong, mut looked) = (Vec::new(), 0);
    for shape in shapes.keys() {
        for class in of(shapes, shape, &sh("targetClass")) {
            for node in data.keys().filter(|node| of(data, node, TYPE).contains(&class)) {
                for property in of(shapes, shape, &sh("property")) {
                    let Some(path) = of(shapes, property, &sh("path")).first().copied() else { continue };
                    looked += 1;
                    let values = of(data, node, path);
                    let least = number(of(shapes, property, &sh("minCount")).first()).unwrap_or(0);
                    let most = number(of(shapes, property, &sh("maxCount")).first()).unwrap_or(usize::MAX);
                    if !(least..=most).contains(&values.len()) {
                        wrong.push(format!("{node} {path}: {} values", values.len()));
                    }
                    for value in &values {
                        wrong.extend(
                            of(shapes, property, &sh("datatype"))
                                .into_iter()
                                .filter(|datatype| !typed(value, datatype))
                                .map(|datatype| format!("{node} {path} {value}: no {datatype}")),
                        );
                        wrong.extend(
                            of(shapes, property, &sh("class"))
                                .into_iter()
                                .filter(|class| !of(data, value, TYPE).contains(class))
                                .map(|class| format!("{node} {path} {value}: no {class}")),
                        );
                    }
                }
            }
        }
    }
    (wrong, looked)
}

fn typed(value: &str, datatype: &str) -> bool {
    match datatype {
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>" => value.contains("\"@"),
        "<http://www.w3.org/2001/XMLSchema#string>" => value.ends_with('"'),
        datatype => value.ends_with(&format!("^^{datatype}")),
    }
}

#[test]
fn what_is_written_for_the_learning_model_fits_its_shapes() {
    let Some(folder) = beside("elm") else { return };
    let text = |name: &str| std::fs::read_to_string(folder.join(name)).expect("a file");
    let (shapes, context) = (shapes(&text("EDC-generic-no-cv.ttl")), text("edc-ap-context.jsonld"));
    let theirs = data(text("credential-sample.jsonld").as_bytes(), context.clone());
    assert!(faults(&shapes, &theirs).1 > 20, "the official sample is looked at");
    for (name, _) in SAMPLES {
        let file = write(Format::Elm, &import(name).entries, "sv");
        let ours = data(&file, context.clone());
        let (wrong, looked) = faults(&shapes, &ours);
        assert!(wrong.is_empty(), "{name}: {wrong:#?}");
        assert!(looked > 20, "{name}: {looked} properties");
        let broken = String::from_utf8(file).expect("text").replace("\"title\"", "\"untitled\"");
        assert!(!faults(&shapes, &data(broken.as_bytes(), context.clone())).0.is_empty(), "what lacks a title is seen");
    }
    // Every term that we write is one of the context's: JSON-LD passes over what it does not know.
    let known: serde_json::Value = serde_json::from_str(&context).expect("JSON");
    let file = write(Format::Elm, &import("resume.json").entries, "sv");
    let mut strange = BTreeSet::new();
    terms(&serde_json::from_slice(&file).expect("JSON"), &known["@context"], &mut strange);
    assert!(strange.is_empty(), "{strange:?}");
}

fn terms(value: &serde_json::Value, known: &serde_json::Value, strange: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Object(members) => {
            for (name, value) in members {
                let language = known.get(name).is_some_and(|term| term["@container"] == "@language");
                if known.get(name).is_none() && !["@context", "id", "type"].contains(&name.as_str()) {
                    strange.insert(name.clone());
                }
                if !language {
                    terms(value, known, strange);
                }
            }
        }
        serde_json::Value::Array(all) => all.iter().for_each(|value| terms(value, known, strange)),
        _ => {}
    }
}

#[test]
fn a_proof_as_a_credential_of_the_learning_model_fits_its_shapes() {
    let Some(folder) = beside("elm") else { return };
    let text = |name: &str| std::fs::read_to_string(folder.join(name)).expect("a file");
    let (shapes, context) = (shapes(&text("EDC-generic-no-cv.ttl")), text("edc-ap-context.jsonld"));
    let known: serde_json::Value = serde_json::from_str(&context).expect("JSON");
    let proof: Proof = serde_json::from_value(serde_json::json!({
        "format": "sd_jwt_vc", "kind": "urn:egenkarta:vct:competence:1",
        "issuer": { "id": "https://a.example/issuer/1", "name": "Branschens nämnd", "number": "202100-2114" },
        "subject": { "given": "Amina", "family": "Svensson" },
        "competence": {
            "name": { "sv": "Svetsning", "en": "Welding" }, "level": "e4", "seqf": 4, "part": "part",
            "framework": { "id": "svets", "version": "1", "name": "Svetsbranschen" },
            "criteria": [{ "id": "mig", "name": "MIG-svetsning" }],
            "concepts": ["http://data.europa.eu/esco/skill/1"], "method": "Provsvets", "assessor": null, "assessed": null,
        },
        "issued": 1_767_225_600_000_000_i64, "from": null, "until": 1_798_761_600_000_000_i64, "status": null, "holder": null,
    }))
    .expect("a proof");
    let least = Proof {
        issuer: Issuer { id: "did:web:a.example".into(), name: None, number: None },
        subject: Subject::default(),
        competence: Competence { seqf: None, part: None, criteria: Vec::new(), concepts: Vec::new(), ..proof.competence.clone() },
        until: None,
        ..proof.clone()
    };
    for proof in [&proof, &least] {
        let file = elm::credential(proof, "urn:uuid:0191d5a0-0000-7000-8000-000000000001");
        let (wrong, looked) = faults(&shapes, &data(&file, context.clone()));
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(looked > 20, "{looked} properties");
        let mut strange = BTreeSet::new();
        terms(&serde_json::from_slice(&file).expect("JSON"), &known["@context"], &mut strange);
        let of_credentials =
            ["issuer", "issued", "issuanceDate", "expirationDate", "credentialSubject", "credentialSchema", "validFrom"];
        strange.retain(|term| !of_credentials.contains(&term.as_str()));
        assert!(strange.is_empty(), "{strange:?}");
        let broken = String::from_utf8(file).expect("text").replace("\"title\"", "\"untitled\"");
        assert!(!faults(&shapes, &data(broken.as_bytes(), context.clone())).0.is_empty(), "what lacks a title is seen");
    }
}
