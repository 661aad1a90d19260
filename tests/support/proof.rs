//! Proofs of an issuer that the test's trust list knows, with its key beside, so that nothing is fetched.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use egenkarta::credential::competence::claims_of;
use egenkarta::credential::sd_jwt::{TYP, issue as sign};
use egenkarta::crypto::jws::SigningKey;
use egenkarta::domain::credential::{Competence, Format, FrameworkRef, Issuer, Met, Part, Proof, Subject, VCT};
use egenkarta::domain::event::What;
use egenkarta::domain::fetch::BoxFuture;
use egenkarta::domain::profile::Evidence;
use egenkarta::domain::showing::Portion;
use egenkarta::domain::time::DAY;
use egenkarta::domain::{EntryId, Fetch, FetchFault, FetchRequest, FetchResponse, SystemRandom};
use egenkarta::usecase::Session;
use egenkarta::usecase::held::{Taken, Whole};
use egenkarta::usecase::showing::Wanted;
use egenkarta::usecase::verify::Outside;

use super::TestApp;
use super::app::BASE;

pub const ISSUER: &str = "https://yrkesnamnden.example";
pub const SKILL: &str = "http://data.europa.eu/esco/skill/truck";

static KEY: LazyLock<Vec<u8>> = LazyLock::new(|| SigningKey::generate().unwrap().to_vec());

pub fn issuer_key() -> SigningKey {
    SigningKey::from_pkcs8(&KEY).unwrap()
}

/// A trust list that knows the one issuer.
pub fn trust() -> String {
    let jwk = issuer_key().public().members();
    let members = ["kty", "crv", "x", "y"].map(|name| format!("{name} = {}", jwk[name]));
    format!(
        "format = 1\nversion = \"test\"\n[[issuer]]\nid = \"{ISSUER}\"\nname = \"Yrkesnämnden\"\nnumber = \"202100-2114\"\n\
         [[issuer.key]]\n{}\n",
        members.join("\n")
    )
}

/// What it says unless a test says otherwise: a part of a framework, validated, for a year.
pub fn proof(app: &TestApp) -> Proof {
    let met = |id: &str| Met { id: id.to_owned(), name: format!("Kravet {id}") };
    let now = app.service.now();
    Proof {
        format: Format::SdJwtVc,
        kind: VCT.to_owned(),
        issuer: Issuer { id: ISSUER.to_owned(), name: Some("Yrkesnämnden".to_owned()), number: Some("202100-2114".to_owned()) },
        subject: Subject { given: Some("Zebulonia".to_owned()), family: Some("Quillfeather".to_owned()) },
        competence: Competence {
            name: [("sv".to_owned(), "Truckförare".to_owned())].into(),
            level: Some(Evidence::E4),
            seqf: Some(4),
            part: Some(Part::Part),
            framework: Some(FrameworkRef { id: "truck".to_owned(), version: "2026".to_owned(), name: "Truck".to_owned() }),
            criteria: vec![met("a"), met("b")],
            concepts: vec![SKILL.to_owned()],
            method: Some("Arbetsprov".to_owned()),
            assessor: Some("Bedömare".to_owned()),
            assessed: "2026-10".parse().ok(),
        },
        issued: Some(now.plus(-DAY)),
        from: None,
        until: Some(now.plus(365 * DAY)),
        status: None,
        holder: None,
    }
}

/// Issues it, bound to a fresh key.
pub fn issue(proof: &Proof) -> Whole {
    let holder = SigningKey::generate().unwrap();
    let public = SigningKey::from_pkcs8(&holder).unwrap().public();
    let (claims, hidden) = claims_of(proof, &public);
    let credential = sign(&issuer_key(), TYP, claims, &hidden, &SystemRandom::default()).unwrap();
    Whole { credential, holder: Some(holder), badge: None }
}

/// Puts it into the map.
pub async fn held(app: &TestApp, session: &Session, proof: &Proof) -> EntryId {
    let whole = issue(proof);
    let taken = Taken { whole: &whole, proof, what: What::ProofAdded, lang: "sv", keep_out: &BTreeSet::new() };
    app.service.add_credential(session, &taken).await.unwrap()
}

/// Nobody else answers.
pub struct Nobody;

impl Fetch for Nobody {
    fn fetch(&self, _: FetchRequest) -> BoxFuture<'_, Result<FetchResponse, FetchFault>> {
        Box::pin(async { Err(FetchFault::Unreachable) })
    }
}

pub fn outside(fetch: &dyn Fetch) -> Outside<'_> {
    Outside { fetch, base: BASE }
}

/// To show one entry to an employer, without the name, three times, for a week.
pub fn wanted(app: &TestApp, entry: EntryId) -> Wanted {
    use egenkarta::domain::credential::Claim;
    let portions = vec![Portion { entry, claims: [Claim::Seqf, Claim::Criteria].into() }];
    Wanted { portions, whom: "Lagerbolaget".to_owned(), until: app.service.now().plus(7 * DAY).day(), opens: 3 }
}
