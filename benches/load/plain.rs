//! Fills the bare database: the same tables, the same rows, nothing sealed.

use std::io::Write;
use std::path::Path;

use egenkarta::domain::random::{bytes, uuid_v4, uuid_v7};
use egenkarta::domain::{ConsentId, EntryId, OwnerId, Random, SystemRandom, Timestamp, UnitId, VersionId};
use egenkarta::store::{Db, Tx};
use indicatif::{ProgressBar, ProgressStyle};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::house;
use super::people::{self, CONSENTS, UNITS};
use super::statement::{self, of};

/// What stands where a bundle would: which versions a reader gets, under which alias.
#[derive(Serialize, Deserialize)]
pub struct PlainBundle {
    pub until: Timestamp,
    pub rows: Vec<(Uuid, VersionId)>,
}

/// What stands where a manifest would.
#[derive(Serialize, Deserialize)]
pub struct PlainManifest {
    pub entries: Vec<(EntryId, VersionId)>,
}

/// A time that lies before every run and whose consents last beyond it.
pub fn bar(people: usize) -> ProgressBar {
    let bar = ProgressBar::new(people as u64);
    bar.set_style(ProgressStyle::with_template("{bar:40} {pos}/{len} people, {per_sec}, {eta} left").unwrap());
    bar
}

pub fn now() -> Timestamp {
    egenkarta::domain::Clock::now(&egenkarta::domain::SystemClock)
}

/// People are written a hundred to a transaction; `tokens.txt` and `parts.txt` get a token each, `people.tsv` session, owner, consent and token.
pub async fn seed(folder: &Path, people: usize, out: &Path) {
    let db = house::open(folder).await.db.clone();
    std::fs::create_dir_all(out).unwrap();
    let random = SystemRandom::default();
    let now = now();
    let units = seed_units(&db, &random, now).await;
    let mut tokens = std::io::BufWriter::new(std::fs::File::create(out.join("tokens.txt")).unwrap());
    let mut parts = std::io::BufWriter::new(std::fs::File::create(out.join("parts.txt")).unwrap());
    let mut table = std::io::BufWriter::new(std::fs::File::create(out.join("people.tsv")).unwrap());
    let bar = bar(people);
    for first in (0..people).step_by(100) {
        let mut tx = db.write().await.unwrap();
        for n in first..people.min(first + 100) {
            let person = seed_person(&mut tx, &random, n, &units, now).await;
            writeln!(parts, "{}", person.part).unwrap();
            writeln!(tokens, "{}", person.token).unwrap();
            writeln!(table, "{}\t{}\t{}\t{}", person.session, person.owner, person.consent, person.token).unwrap();
            bar.inc(1);
        }
        tx.commit().await.unwrap();
    }
    bar.finish();
    db.close().await;
}

async fn seed_units(db: &Db, random: &dyn Random, now: Timestamp) -> Vec<UnitId> {
    let mut tx = db.write().await.unwrap();
    let mut units = Vec::new();
    let organisation = uuid_v4(random);
    let query = tx.query(of(statement::organisation::STATEMENTS, "INSERT")).bind(organisation).bind("202100-2114");
    query.bind("Prövning").bind("af").bind("https://login.example").bind(now).bind(vec![0_u8; 32]).execute().await.unwrap();
    for n in 0..UNITS {
        let unit = UnitId(uuid_v4(random));
        insert_owner(&mut tx, OwnerId(unit.0), "unit", now).await;
        let query = tx.query(of(statement::organisation::STATEMENTS, "INSERT_UNIT")).bind(unit).bind(organisation);
        let query = query.bind(format!("Enhet {n}")).bind("af").bind("Vetlanda").bind(format!("enhet {n}")).bind("open").bind(now);
        query.bind(vec![0_u8; 32]).execute().await.unwrap();
        units.push(unit);
    }
    tx.commit().await.unwrap();
    units
}

async fn insert_owner(tx: &mut Tx, owner: OwnerId, kind: &str, now: Timestamp) {
    let sql = of(statement::owner::STATEMENTS, "INSERT");
    tx.query(sql).bind(owner).bind(kind).bind(vec![0_u8; 32]).bind(1_u32).bind(now).bind(vec![0_u8; 32]).execute().await.unwrap();
}

struct Seeded {
    owner: OwnerId,
    session: String,
    part: String,
    consent: ConsentId,
    token: String,
}

async fn seed_person(tx: &mut Tx, random: &dyn Random, n: usize, units: &[UnitId], now: Timestamp) -> Seeded {
    let owner = OwnerId(uuid_v7(random, now));
    insert_owner(tx, owner, "participant", now).await;
    let (mut rows, mut part) = (Vec::new(), Vec::new());
    let mut entries = Vec::new();
    for entry in people::entries(n, now) {
        let (id, version) = (EntryId(uuid_v7(random, now)), VersionId(uuid_v4(random)));
        let json = serde_json::to_vec(&entry).unwrap();
        let query = tx.query(of(statement::entry::STATEMENTS, "INSERT")).bind(owner).bind(version).bind(id);
        query.bind(Vec::<u8>::new()).bind(json).bind(now).execute().await.unwrap();
        let row = (uuid_v4(random), version);
        if people::PART.contains(&entry.kind.section()) {
            part.push(row);
        }
        rows.push(row);
        entries.push((id, version));
    }
    let manifest = serde_json::to_vec(&PlainManifest { entries }).unwrap();
    tx.query(of(statement::manifest::STATEMENTS, "INSERT")).bind(owner).bind(1_u64).bind(manifest).execute().await.unwrap();
    let session = bytes::<32>(random);
    let query = tx.query(of(statement::session::STATEMENTS, "INSERT")).bind(session).bind(uuid_v4(random)).bind(owner);
    let query = query.bind("participant").bind(false).bind(now).bind(now).bind(Some(now)).bind(Some(Vec::<u8>::new()));
    query.bind(Vec::<u8>::new()).execute().await.unwrap();
    let until = now.plus(30 * egenkarta::domain::time::DAY);
    let bundle = |rows| serde_json::to_vec(&PlainBundle { until, rows }).unwrap();
    let (part, whole) = (bundle(part), bundle(rows));
    let mut given = Vec::new();
    for i in 0..CONSENTS {
        let unit = units[(n * CONSENTS + i) % units.len()];
        let bundle = if i == 0 { &part } else { &whole };
        given.push(seed_consent(tx, random, (owner, unit), bundle, (now, until)).await);
    }
    let ((_, part), (consent, token)) = (given[0], given[given.len() - 1]);
    Seeded { owner, session: hex::encode(session), part: hex::encode(part), consent, token: hex::encode(token) }
}

async fn seed_consent(
    tx: &mut Tx,
    random: &dyn Random,
    (owner, unit): (OwnerId, UnitId),
    bundle: &[u8],
    (now, until): (Timestamp, Timestamp),
) -> (ConsentId, [u8; 32]) {
    let consent = ConsentId(uuid_v4(random));
    let query = tx.query(of(statement::consent::STATEMENTS, "INSERT")).bind(owner).bind(consent).bind(unit).bind(1_u64);
    let query = query.bind(now).bind(until).bind(now).bind(Vec::<u8>::new()).bind(Vec::<u8>::new()).bind(Some(bundle.to_vec()));
    query.execute().await.unwrap();
    let query = tx.query(of(statement::inbox::STATEMENTS, "INSERT")).bind(unit).bind(consent).bind(owner).bind(now);
    query.bind(Some(Vec::<u8>::new())).bind(Vec::<u8>::new()).bind(Vec::<u8>::new()).execute().await.unwrap();
    let lookup = bytes::<32>(random);
    let query = tx.query(of(statement::token::STATEMENTS, "INSERT")).bind(lookup).bind(owner).bind(consent).bind(unit);
    let query = query.bind(None::<Uuid>).bind("access").bind("").bind(Vec::<u8>::new()).bind(now).bind(until);
    query.bind(Some(Vec::<u8>::new())).bind(None::<Vec<u8>>).bind(Vec::<u8>::new()).execute().await.unwrap();
    (consent, lookup)
}
