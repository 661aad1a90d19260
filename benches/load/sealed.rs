//! Fills a real database: through the use cases wherever those do not cost a person's patience by design. A passphrase slot takes
//! 0.2 s of Argon2, so people get none: their keyring lies in a session slot of full entropy, which is how they come back here.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use chrono::Days;
use egenkarta::crypto::entry::{FreshEntryKey, wrap_ad};
use egenkarta::crypto::manifest::{EntryLine, Manifest};
use egenkarta::crypto::{Keyring, Padding};
use egenkarta::domain::consent::Mode;
use egenkarta::domain::profile::{Entry, Section};
use egenkarta::domain::random::{uuid_v4, uuid_v7};
use egenkarta::domain::{ConsentId, EntryId, OwnerId, Timestamp, UnitId, VersionId};
use egenkarta::policy::{Action, Actor, Permit, Resource};
use egenkarta::store::entry::VersionRow;
use egenkarta::store::owner::OwnerKind;
use egenkarta::store::{Tx, entry, manifest, owner};
use egenkarta::usecase::account::{Arrival, Newcomer};
use egenkarta::usecase::consent::Choice;
use egenkarta::usecase::organisation::NewUnit;
use egenkarta::usecase::{Service, Session, SessionKind};

use super::people::{self, UNITS};
use super::plain::bar;

/// The kinds of unit that everyone shares with: the first gets [`people::PART`], the last everything. These two are read with.
const KINDS: [&str; people::CONSENTS] = ["ngo", "adult_education", "municipal_labour", "af"];

struct House {
    service: Arc<Service>,
    /// For each kind its units, each with an administrator at work.
    units: Vec<Vec<(UnitId, Session)>>,
}

/// `tokens.txt` and `parts.txt` get a token each, `people.tsv` session, owner, consent and token.
pub async fn seed(service: Arc<Service>, people: usize, out: &Path) {
    std::fs::create_dir_all(out).unwrap();
    let house = House { units: units(&service).await, service };
    let mut tokens = std::io::BufWriter::new(std::fs::File::create(out.join("tokens.txt")).unwrap());
    let mut parts = std::io::BufWriter::new(std::fs::File::create(out.join("parts.txt")).unwrap());
    let mut table = std::io::BufWriter::new(std::fs::File::create(out.join("people.tsv")).unwrap());
    let bar = bar(people);
    for n in 0..people {
        let (session, secret) = house.person(n).await;
        let [(_, part), (consent, token)] = house.consents(n, &session).await;
        writeln!(parts, "{part}").unwrap();
        writeln!(tokens, "{token}").unwrap();
        writeln!(table, "{secret}\t{}\t{consent}\t{token}", session.owner).unwrap();
        bar.inc(1);
    }
    bar.finish();
}

async fn units(service: &Service) -> Vec<Vec<(UnitId, Session)>> {
    let mut all = Vec::new();
    for (k, kind) in KINDS.iter().enumerate() {
        let mut of_kind = Vec::new();
        for n in 0..UNITS / KINDS.len() {
            of_kind.push(unit(service, kind, k * 100 + n).await);
        }
        all.push(of_kind);
    }
    all
}

/// A unit of an organisation of its own, and its first administrator.
async fn unit(service: &Service, kind: &str, n: usize) -> (UnitId, Session) {
    let new = NewUnit {
        number: organisation_number(n).parse().unwrap(),
        organisation: format!("Prövning {n}"),
        kind: kind.to_owned(),
        unit: format!("Enhet {n}"),
        municipality: "Vetlanda".into(),
        issuer: "https://login.example".into(),
    };
    let (unit, invite) = service.add_unit(&new).await.unwrap();
    let newcomer = Newcomer::new(true, false, None, Some(invite.text().to_string()));
    let Arrival::Newcomer(kept) = service.arrive("https://login.example", &format!("staff-{n}"), newcomer).await.unwrap() else {
        panic!("the database was not empty");
    };
    let newcomer: Newcomer = service.take_login(&kept).await.unwrap().unwrap();
    let joined = service.join(&newcomer, &format!("Anställd {n}"), "ett prov med många hela ord", None).await.unwrap();
    (unit, service.resume(&joined.session).await.unwrap().unwrap())
}

/// Ten digits with the check digit that Luhn's sum asks for.
fn organisation_number(n: usize) -> String {
    let nine = format!("202100{n:03}");
    let sum: usize = nine
        .bytes()
        .enumerate()
        .map(|(i, byte)| usize::from(byte - b'0') * (2 - i % 2))
        .map(|product| product / 10 + product % 10)
        .sum();
    format!("{nine}{}", (10 - sum % 10) % 10)
}

impl House {
    /// An account with its map, and an opened session.
    async fn person(&self, n: usize) -> (Session, String) {
        let service = &*self.service;
        let now = service.now();
        let owner = OwnerId(uuid_v7(&*service.random, now));
        let keyring = Keyring::new(owner, &*service.random);
        let newcomer = Actor::Newcomer { invited_to: None };
        let permit = service.ask(newcomer, Action::CreateAccount, Resource::Account { owner }).unwrap();
        let mut tx = service.db.write().await.unwrap();
        let key = service.stored_key(owner, OwnerKind::Participant, keyring.public_key());
        owner::insert(&mut tx, &permit, owner, OwnerKind::Participant, key, now).await.unwrap();
        let mut map = Manifest { generation: 1, ..Manifest::default() };
        for content in people::entries(n, now) {
            map.entries.push(self.entry(&mut tx, &permit, &keyring, &content).await);
        }
        let sealed = map.seal(&keyring, &*service.random);
        manifest::insert(&mut tx, &permit, owner, map.generation, sealed).await.unwrap();
        tx.commit().await.unwrap();
        let secret = service.begin_session(owner, SessionKind::Participant, false, Some(&keyring)).await.unwrap();
        let session = service.resume(&secret).await.unwrap().unwrap();
        (session, secret.text().to_string())
    }

    async fn entry(&self, tx: &mut Tx, permit: &Permit, keyring: &Keyring, content: &Entry) -> EntryLine {
        let random = &*self.service.random;
        let (id, version) = (EntryId(uuid_v7(random, content.created)), VersionId(uuid_v4(random)));
        let body = serde_json::to_vec(content).unwrap();
        let sealed = FreshEntryKey::random(random).seal(keyring.owner, id, version, &body);
        let key = keyring.wrap(&wrap_ad(keyring.owner, id, version), Padding::Fixed, sealed.key.bytes(), random);
        let row = VersionRow { version, entry: id, key, sealed: sealed.record, created: content.created };
        entry::insert(tx, permit, keyring.owner, row).await.unwrap();
        let (kind, hash) = (content.kind, sealed.hash);
        EntryLine { entry: id, kind, version, hash, updated: content.updated, confirmed: content.confirmed }
    }

    /// One consent to a unit of each kind; the first and the last one's id, each with a token for it.
    async fn consents(&self, n: usize, session: &Session) -> [(ConsentId, String); 2] {
        let mut given = Vec::new();
        for (k, (kind, units)) in KINDS.iter().zip(&self.units).enumerate() {
            let (unit, staff) = &units[n % units.len()];
            let sections = if k == 0 { people::PART.into_iter().collect() } else { Section::ALL.into_iter().collect() };
            let consent = self.service.give(session, &self.choice(kind, *unit, sections)).await.unwrap().terms.consent;
            given.push((consent, staff));
        }
        [self.minted(given[0]).await, self.minted(given[given.len() - 1]).await]
    }

    async fn minted(&self, (consent, staff): (ConsentId, &Session)) -> (ConsentId, String) {
        let staff = Session { at: self.service.now(), ..staff.clone() };
        let (token, _) = self.service.mint(&staff, consent, 14, "prövning").await.unwrap();
        (consent, token.text().to_string())
    }

    fn choice(&self, kind: &str, unit: UnitId, sections: BTreeSet<Section>) -> Choice {
        let catalogue = &self.service.catalogue;
        let purpose = catalogue.purposes_of(catalogue.kind(kind).unwrap()).next().unwrap().id.clone();
        let until = Timestamp::day(self.service.now()).checked_add_days(Days::new(20)).unwrap();
        Choice {
            unit,
            purpose,
            sections,
            entries: BTreeSet::new(),
            kept_out: BTreeSet::new(),
            mode: Mode::View,
            until,
            show_name: false,
            lang: "sv".into(),
            original: false,
            stated: None,
            origin: None,
        }
    }
}
