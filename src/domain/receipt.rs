//! The record of a consent and its receipt: ISO/IEC TS 27560:2023 in JSON-LD, by the profile that the Data Privacy Vocabulary (DPV) has
//! made of it. A receipt holds the whole record. Field by field: header (`dct:identifier`, `dct:conformsTo`, `dpv:hasDataSubject`),
//! processing (`dpv:hasProcess`, `dpv:hasNotice`), parties (`dpv:hasEntity`), events (`dpv:hasConsentStatus`).

use serde_json::{Value, json};
use uuid::Uuid;

use super::consent::{Mode, Terms, TextRead};
use super::organisation::OrganisationNumber;
use super::profile::{Class, Section};
use super::recipient::{Localised, Purpose};
use super::statement::Answer;
use super::{Timestamp, UnitId};

/// The version of the vocabulary whose terms are used; a later one is taken on purpose.
pub const DPV_VERSION: &str = "2.2";
const RECEIPT: &str = "https://w3id.org/dpv/schema/dpv-27560#receipt";
const RECORD: &str = "https://w3id.org/dpv/schema/dpv-27560#record";

/// Whoever runs the service: publisher of the receipt.
#[derive(Clone, Debug, Default)]
pub struct Publisher {
    /// The origin under which people reach the service.
    pub base: String,
    pub name: String,
    pub number: String,
    pub address: String,
    pub email: String,
    pub phone: String,
}

/// The recipient: a unit of an organisation.
#[derive(Clone, Debug)]
pub struct Recipient {
    pub unit: UnitId,
    pub name: String,
    pub municipality: String,
    pub organisation: String,
    pub number: OrganisationNumber,
}

/// A text in several languages: tag and text.
pub type Said = Vec<(String, String)>;

/// Each sentence that a receipt says in words.
#[derive(Clone, Debug)]
pub struct Words {
    /// By what the person said yes.
    pub method: Said,
    pub withdraw: Said,
    pub right: Said,
    /// Where what was shared is kept, and for how long.
    pub kept: Said,
    /// What the recipient had stated on decisions by machines, and on leaving the EU and EEA; also that it had stated nothing.
    pub automated: Said,
    pub transfers: Said,
}

/// What happened with the consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happened {
    Given,
    Changed,
    Withdrawn,
    Expired,
    Invalidated,
}

/// For whom a receipt is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    Person,
    Unit,
}

/// All that a receipt says.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    pub id: Uuid,
    pub made: Timestamp,
    pub to: To,
    pub publisher: &'a Publisher,
    pub recipient: Recipient,
    /// The code that both sides see.
    pub code: &'a str,
    pub terms: &'a Terms,
    pub purpose: Option<&'a Purpose>,
    /// The legal basis that recipients of this kind state.
    pub basis: Option<&'a Localised>,
    /// Sections shared, with what they are called.
    pub sections: Vec<(Section, Said)>,
    pub words: Words,
    /// In the order in which it happened.
    pub happened: Vec<(Happened, Timestamp)>,
    /// The log's newest signed checkpoint.
    pub checkpoint: Option<String>,
}

impl Facts<'_> {
    /// The receipt as a JSON-LD document; its context stands inside, so nothing is fetched to read it.
    pub fn document(&self) -> Value {
        let id = self.id.urn().to_string();
        json!({
            "@context": context(),
            "@id": id,
            "@type": "dpv:ConsentReceipt",
            "dct:identifier": self.id.to_string(),
            "dct:conformsTo": [RECEIPT, format!("https://w3id.org/dpv/{DPV_VERSION}")],
            "dct:created": self.made.rfc3339(),
            "dct:publisher": self.publisher.base,
            "schema:recipient": match self.to { To::Person => "dpv:DataSubject".to_owned(), To::Unit => self.recipient_id() },
            "kart:logCheckpoint": self.checkpoint,
            "dpv:hasRecordOfActivity": self.record(),
        })
    }

    fn record(&self) -> Value {
        let terms = self.terms;
        json!({
            "@id": terms.consent.0.urn().to_string(),
            "@type": "dpv:ConsentRecord",
            "dct:identifier": terms.consent.to_string(),
            "dct:conformsTo": RECORD,
            "dpv:hasDataSubject": self.person(),
            "dpv:hasDataController": self.recipient_id(),
            "dpv:hasJurisdiction": "loc:SE",
            "dpv:hasApplicableLaw": "eu-gdpr:GDPR",
            "dpv:hasProcess": self.process(),
            "dpv:hasConsentControl": {
                "@type": "dpv:WithdrawConsent",
                "dct:description": said(&self.words.withdraw),
                "dpv:isExercisedAt": format!("{}/sharing/{}", self.publisher.base, terms.consent),
            },
            "dpv:hasRight": {
                "@type": ["dpv:DataSubjectRight", "eu-gdpr:A7-3"],
                "dct:title": said(&self.words.right),
                "dpv:isExercisedAt": format!("{}/personal-data", self.publisher.base),
            },
            "dpv:hasNotice": self.notices(),
            "dpv:hasEntity": [self.unit(), self.service()],
            "dpv:hasConsentStatus": self.happened.iter().map(|one| self.status(*one)).collect::<Vec<_>>(),
        })
    }

    /// Under the code alone: the receipt says not whose map it is, but where the person let their name stand.
    fn person(&self) -> Value {
        let mut person = json!({ "@type": "dpv:DataSubject", "dct:identifier": self.code });
        if let Some(name) = &self.terms.name {
            person["dpv:hasName"] = json!(name);
        }
        person
    }

    fn process(&self) -> Value {
        let terms = self.terms;
        let (processing, end) = match terms.mode {
            Mode::View => (json!(["dpv:Consult"]), terms.until.rfc3339()),
            Mode::Copy => (json!(["dpv:Consult", "dpv:Copy", "dpv:Store"]), terms.until.rfc3339()),
        };
        let mut process = json!({
            "@type": "dpv:Process",
            "dpv:hasService": { "@type": "dpv:Service", "dct:title": "Egenkarta" },
            "dpv:hasPurpose": self.purpose(),
            "dpv:hasPersonalData": self.sections.iter().map(|(section, label)| data(*section, label)).collect::<Vec<_>>(),
            "dpv:hasProcessing": processing,
            "dpv:hasDataSource": "dpv:DataSubjectDataSource",
            "dpv:hasRecipient": self.recipient_id(),
            "dpv:hasStorageCondition": [
                { "@type": "dpv:StorageLocation", "dct:description": said(&self.words.kept) },
                { "@type": "dpv:StorageDuration", "dpv:hasDuration": { "@type": "dpv:UntilTimeDuration", "rdf:value": end } },
            ],
        });
        self.stated(&mut process);
        if let Some(basis) = self.basis {
            let stated: Said = basis.0.iter().map(|(lang, text)| (lang.clone(), text.clone())).collect();
            process["dpv:hasLegalBasis"] = json!({ "@type": "dpv:LegalBasis", "dct:description": said(&stated) });
            // Where the recipient asked, the one that it stated.
            if let Some(basis) = self.terms.basis {
                process["dpv:hasLegalBasis"]["@id"] = format!("eu-gdpr:A{}", basis.code().replace('.', "-")).into();
            }
        }
        process
    }

    /// Who reads, decisions by machines and transfers, as the recipient had stated them when the person said yes. A yes stands in the
    /// vocabulary's terms too.
    fn stated(&self, process: &mut Value) {
        let stated = self.terms.stated.as_ref();
        let answer = |answer: Option<&Answer>, words: &Said| {
            let word = answer.map_or("not-stated", Answer::word);
            json!({ "kart:answer": word, "dct:description": said(words), "kart:ownWords": answer.and_then(Answer::own) })
        };
        let automated = stated.and_then(|stated| stated.automated.as_ref());
        let transfers = stated.and_then(|stated| stated.transfers.as_ref());
        process["kart:stated"] = json!({
            "dct:created": stated.map(|stated| stated.since.rfc3339()),
            "kart:readers": stated.and_then(|stated| stated.readers.clone()),
            "kart:automatedDecisions": answer(automated, &self.words.automated),
            "kart:transfers": answer(transfers, &self.words.transfers),
        });
        if let Some(how) = automated.and_then(Answer::own) {
            process["dpv:hasContext"] = json!({ "@type": "dpv:AutomatedDecisionMaking", "dct:description": how });
        }
        if let (Some(to), Some(all)) = (transfers.and_then(Answer::own), process["dpv:hasProcessing"].as_array_mut()) {
            all.push(json!({ "@type": "dpv:Transfer", "dct:description": to }));
        }
    }

    fn purpose(&self) -> Value {
        let Some(purpose) = self.purpose else { return json!({ "@type": "dpv:Purpose", "dct:identifier": self.terms.purpose }) };
        let label: Said = purpose.label.0.iter().map(|(lang, text)| (lang.clone(), text.clone())).collect();
        let mut value = json!({ "@id": purpose.dpv, "@type": "dpv:Purpose", "dct:title": said(&label) });
        if let Some(broader) = &purpose.refines {
            value["skos:broader"] = json!(broader);
        }
        value
    }

    /// The text that was read, and the original where it stood beside.
    fn notices(&self) -> Vec<Value> {
        let read = TextRead { lang: self.terms.lang.clone(), version: self.terms.text_version };
        let notice = |text: &TextRead| {
            json!({
                "@id": format!("{}/personal-data", self.publisher.base),
                "@type": "dpv:ConsentNotice",
                "dct:language": text.lang,
                "schema:version": text.version.to_string(),
            })
        };
        std::iter::once(&read).chain(&self.terms.original).map(notice).collect()
    }

    fn recipient_id(&self) -> String {
        self.recipient.unit.0.urn().to_string()
    }

    fn unit(&self) -> Value {
        let to = &self.recipient;
        json!({
            "@id": self.recipient_id(),
            "@type": ["dpv:Organisation", "dpv:DataController"],
            "dpv:hasName": to.organisation,
            "dpv:hasIdentifier": to.number.to_string(),
            "schema:contactPoint": {
                "@type": "schema:ContactPoint",
                "schema:name": to.name,
                "schema:address": { "@type": "schema:PostalAddress", "schema:addressLocality": to.municipality, "schema:addressCountry": "SE" },
            },
        })
    }

    fn service(&self) -> Value {
        let us = self.publisher;
        json!({
            "@id": us.base,
            "@type": "dpv:Organisation",
            "dpv:hasName": us.name,
            "dpv:hasIdentifier": us.number,
            "schema:contactPoint": {
                "@type": "schema:ContactPoint",
                "schema:email": us.email,
                "schema:telephone": us.phone,
                "schema:address": { "@type": "schema:PostalAddress", "schema:streetAddress": us.address },
            },
        })
    }

    fn status(&self, (what, at): (Happened, Timestamp)) -> Value {
        let until = json!({ "@type": "dpv:UntilTimeDuration", "rdf:value": self.terms.until.rfc3339() });
        let by_person = |kinds: &[&str]| {
            json!({
                "@type": kinds,
                "dpv:isIndicatedBy": "dpv:DataSubject",
                "dpv:isIndicatedAtTime": at.rfc3339(),
                "dpv:hasIndicationMethod": said(&self.words.method),
                "dpv:hasDuration": until,
            })
        };
        let ended =
            |kind: &str, by: &str| json!({ "@type": [kind], "dpv:isIndicatedBy": by, "dpv:isIndicatedAtTime": at.rfc3339() });
        match what {
            Happened::Given => by_person(&["dpv:ConsentGiven", "dpv:ExplicitlyExpressedConsent"]),
            Happened::Changed => by_person(&["dpv:RenewedConsentGiven", "dpv:ExplicitlyExpressedConsent"]),
            Happened::Withdrawn => ended("dpv:ConsentWithdrawn", "dpv:DataSubject"),
            Happened::Expired => ended("dpv:ConsentExpired", &self.publisher.base),
            Happened::Invalidated => ended("dpv:ConsentInvalidated", &self.publisher.base),
        }
    }
}

/// A section of the map as a category of personal data.
fn data(section: Section, label: &Said) -> Value {
    let class = section.kinds().map(super::profile::Kind::class).max_by_key(|class| match class {
        Class::Normal => 0,
        Class::Sensitive => 1,
        Class::Special => 2,
    });
    let kind = match class {
        Some(Class::Special) => "dpv:SpecialCategoryPersonalData",
        Some(Class::Sensitive) => "dpv:SensitivePersonalData",
        _ => "dpv:PersonalData",
    };
    json!({ "@id": format!("kart:{}", section.code()), "@type": kind, "dct:title": said(label) })
}

/// `@value` with its `@language`.
fn said(texts: &Said) -> Vec<Value> {
    texts.iter().map(|(lang, text)| json!({ "@language": lang, "@value": text })).collect()
}

fn context() -> Value {
    let (iri, time) = (json!({ "@type": "@id" }), json!({ "@type": "xsd:dateTime" }));
    let mut context = json!({
        "dpv": "https://w3id.org/dpv#",
        "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
        "loc": "https://w3id.org/dpv/loc#",
        "kart": "urn:egenkarta:term:",
        "dct": "http://purl.org/dc/terms/",
        "schema": "https://schema.org/",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    });
    for name in [
        "dct:conformsTo",
        "dct:publisher",
        "schema:recipient",
        "skos:broader",
        "dpv:hasApplicableLaw",
        "dpv:hasDataController",
        "dpv:hasDataSource",
        "dpv:hasJurisdiction",
        "dpv:hasProcessing",
        "dpv:hasRecipient",
        "dpv:isExercisedAt",
        "dpv:isIndicatedBy",
    ] {
        context[name] = iri.clone();
    }
    for name in ["dct:created", "dpv:isIndicatedAtTime"] {
        context[name] = time.clone();
    }
    context
}
