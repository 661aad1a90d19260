//! The bare server: the same HTTP stack, the same statements, the same commits; no cryptography, no policy.

use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::path::Path as FolderPath;
use std::sync::Arc;

use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use egenkarta::api::Disclosure;
use egenkarta::app;
use egenkarta::domain::consent::{Mode, Scope, Terms};
use egenkarta::domain::profile::{Entry, Evidence, Fault, Fields, Kind, Source, entry};
use egenkarta::domain::random::uuid_v4;
use egenkarta::domain::{ConsentId, EntryId, OwnerId, SystemRandom, Timestamp, UnitId, VersionId};
use egenkarta::http::Site;
use egenkarta::store::consent::ToRead;
use egenkarta::store::{Db, Error, Gather, Gathered, Kept, Look, Tx, unpacked};
use egenkarta::usecase::disclosure::{Disclosed, DisclosedEntry};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use super::house;
use super::plain::{PlainBundle, PlainManifest, now};
use super::statement::{self, of};

#[derive(Clone)]
struct House {
    db: Db,
    lookups: Arc<Lookups>,
    site: Arc<Site>,
    appends: mpsc::Sender<Append>,
}

/// As the server's own: what many look up at once goes in one statement.
struct Lookups {
    tokens: Gather<statement::token::Lookup>,
    versions: Gather<Versions>,
}

/// As the store's own, without a permit.
struct Versions(OwnerId, Vec<VersionId>);

impl Gathered for Versions {
    type Found = Vec<(VersionId, Vec<u8>)>;

    async fn find(look: &mut Look, asked: &[Self]) -> Result<Vec<Self::Found>, Error> {
        let each: Vec<_> = asked.iter().enumerate().flat_map(|(n, one)| one.1.iter().map(move |id| (n, one.0, *id))).collect();
        let listed: Vec<_> = each.iter().map(|(_, owner, id)| format!("\"{}{}\"", owner.0.simple(), id.0.simple())).collect();
        let query = look.query(of(statement::entry::STATEMENTS, "SEALED")).bind(format!("[{}]", listed.join(",")));
        let mut found: Vec<Self::Found> = asked.iter().map(|_| Vec::new()).collect();
        let (packed,) = query.one::<(Option<Vec<u8>>,)>().await?;
        for (place, row) in unpacked(packed.as_deref().unwrap_or_default())? {
            let (n, _, version) = each[place];
            found[n].push((version, row[16..].to_vec()));
        }
        Ok(found)
    }
}

struct Append {
    owner: OwnerId,
    consent: ConsentId,
    generation: u64,
    at: Timestamp,
    answer: oneshot::Sender<Option<u64>>,
}

/// Under the server's own layers, beside its own routes, with its own jobs: only these handlers differ.
pub async fn serve(folder: &FolderPath, listen: SocketAddr) {
    let built = house::build(folder).await;
    let db = built.service.db.clone();
    let site = house::site(folder, built.service.clone());
    let lookups = Arc::new(Lookups { tokens: Gather::start(&db), versions: Gather::start(&db) });
    let (appends, waiting) = mpsc::channel(1024);
    tokio::spawn(group(db.clone(), waiting));
    let bare = Router::new()
        .route("/bare/read", get(read))
        .route("/bare/map/p07/skill/new", post(write))
        .route("/bare/sharing/{id}/withdraw", post(withdraw))
        .route("/bare/map", get(map))
        .with_state(House { db, lookups, site: site.clone(), appends });
    let listener = tokio::net::TcpListener::bind(listen).await.unwrap();
    let sender = site.sender();
    app::serve(listener, app::router(site, bare), built, sender).await.unwrap();
}

struct Denied;

impl IntoResponse for Denied {
    fn into_response(self) -> Response {
        StatusCode::UNAUTHORIZED.into_response()
    }
}

impl From<Error> for Denied {
    fn from(error: Error) -> Self {
        panic!("{error}")
    }
}

/// The token row, the consent row with its unit, all sealed rows of the owner, then the guarded append; the server's own JSON.
async fn read(State(house): State<House>, headers: HeaderMap) -> Result<Response, Denied> {
    let lookup = presented(&headers, header::AUTHORIZATION, "Bearer ")?;
    let at = now();
    let (token, row, unit) = house.lookups.tokens.ask(statement::token::Lookup(lookup)).await?.ok_or(Denied)?;
    let (owner, consent) = (token.owner, token.consent);
    if token.ended_at.is_some() {
        return Err(Denied);
    }
    let bundle: PlainBundle = serde_json::from_slice(row.bundle.as_deref().ok_or(Denied)?).unwrap();
    let versions = bundle.rows.iter().map(|row| row.1).collect();
    let stored: HashMap<VersionId, Vec<u8>> = house.lookups.versions.ask(Versions(owner, versions)).await?.into_iter().collect();
    let one = |(id, version): &(Uuid, VersionId)| {
        let entry = serde_json::from_slice(stored.get(version)?).unwrap();
        Some(DisclosedEntry { alias: id.into_bytes(), version: *version, hash: [0; 32], entry, singly: false })
    };
    let entries = bundle.rows.iter().filter_map(one).collect();
    let (answer, answered) = oneshot::channel();
    house.appends.send(Append { owner, consent, generation: row.generation, at, answer }).await.map_err(|_| Denied)?;
    let sequence = answered.await.map_err(|_| Denied)?.ok_or(Denied)?;
    let read = Disclosed { terms: terms(owner, &row), unit: unit.row, code: "K7M-2QF".into(), entries, at, sequence };
    Ok(Json(Disclosure::new(&house.site, &read, &vec![None; read.entries.len()])).into_response())
}

/// Of all that the terms say the answer shows only these.
fn terms(owner: OwnerId, row: &ToRead) -> Terms {
    Terms {
        owner,
        consent: row.id,
        generation: row.generation,
        unit: row.unit,
        client: None,
        purpose: "plan".into(),
        scope: Scope::default(),
        mode: Mode::View,
        from: row.valid_from,
        until: row.valid_until,
        name: None,
        lang: "sv".into(),
        text_version: 1,
        original: None,
        basis: None,
        stated: None,
        link: None,
    }
}

fn presented(headers: &HeaderMap, name: header::HeaderName, before: &str) -> Result<[u8; 32], Denied> {
    let text = headers.get(name).and_then(|value| value.to_str().ok()).and_then(|text| text.strip_prefix(before)).ok_or(Denied)?;
    let mut out = [0; 32];
    hex::decode_to_slice(text, &mut out).map_err(|_| Denied)?;
    Ok(out)
}

type ConsentRow =
    (ConsentId, UnitId, String, Option<Timestamp>, u64, Timestamp, Timestamp, Timestamp, Vec<u8>, Vec<u8>, Option<Vec<u8>>);

/// As the store's own: many appends share one commit, none is answered before its line is durable.
async fn group(db: Db, mut receiver: mpsc::Receiver<Append>) {
    let (mut waiting, mut kept) = (Vec::new(), None);
    while receiver.recv_many(&mut waiting, 64).await > 0 {
        let mut writer: Kept = match kept.take() {
            Some(writer) => writer,
            None => db.keep().await.unwrap(),
        };
        let numbers = append(&mut writer, &waiting).await.unwrap();
        for (one, number) in waiting.drain(..).zip(numbers) {
            let _gone = one.answer.send(number);
        }
        if !receiver.is_empty() && !writer.is_wanted() {
            kept = Some(writer);
        }
    }
}

/// Of each line its number where it passed.
async fn append(writer: &mut Kept, lines: &[Append]) -> Result<Vec<Option<u64>>, Error> {
    let stream = |one: &Append| (one.owner, one.consent, one.generation);
    let mut together: BTreeMap<_, (Timestamp, u64)> = BTreeMap::new();
    for one in lines {
        together.entry(stream(one)).or_insert((one.at, 0)).1 += 1;
    }
    let guard = |((owner, consent, generation), (at, count)): (&(OwnerId, ConsentId, u64), &(Timestamp, u64))| {
        format!("[\"{}\",\"{}\",{generation},{},{},{count}]", owner.0.simple(), consent.0.simple(), at.0, at.0)
    };
    let guards = array(together.iter().map(guard));
    type Row = (OwnerId, ConsentId, u64, u64, u64);
    let passed: Vec<Row> = writer.begin(of(statement::consent::STATEMENTS, "GUARD_GROUP"))?.bind(guards).all().await?;
    let size = passed.first().map_or(0, |row| row.4);
    let before = |(owner, consent, generation, last, _): Row| {
        let stream = (owner, consent, generation);
        (stream, last - together[&stream].1)
    };
    let mut next: HashMap<_, u64> = passed.into_iter().map(before).collect();
    let (mut numbers, mut rows, mut larger) = (Vec::with_capacity(lines.len()), Vec::with_capacity(lines.len()), size);
    for one in lines {
        let number = next.get_mut(&stream(one)).map(|number| {
            *number += 1;
            *number
        });
        if let Some(number) = number {
            let (owner, consent) = (one.owner.0.simple(), one.consent.0.simple());
            let (at, leaf) = (one.at.0, "0".repeat(64));
            rows.push(format!("[\"{owner}\",\"{consent}\",{number},{at},{larger},\"{leaf}\",1,{}]", LINE.len()));
            larger += 1;
        }
        numbers.push(number);
    }
    // As many hashes as such a tree has.
    let hashes = |leaves: u64| 2 * leaves - u64::from(leaves.count_ones());
    let grown = array((hashes(size)..hashes(larger)).map(|index| format!("[{index},\"{}\"]", "0".repeat(64))));
    let query = writer.query(of(statement::event::STATEMENTS, "INSERT_GROUP"))?.bind(array(rows.into_iter()));
    query.bind(LINE.to_vec()).bind(grown).bind(larger).execute().await?;
    writer.committed();
    Ok(numbers)
}

fn array(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(","))
}

const LINE: &[u8] = br#"{"who":"","what":"read","why":"","outcome":"given"}"#;

async fn line(tx: &mut Tx, owner: OwnerId, stream: Uuid, number: u64, at: Timestamp) -> Result<(), Error> {
    let query = tx.query(of(statement::event::STATEMENTS, "INSERT")).bind(owner).bind(stream).bind(number).bind(at);
    query.bind(LINE.to_vec()).execute().await?;
    Ok(())
}

async fn session(tx: &mut Tx, headers: &HeaderMap) -> Result<OwnerId, Denied> {
    type Sealed = Option<Vec<u8>>;
    type Row = (Uuid, OwnerId, String, bool, Timestamp, Timestamp, Option<Timestamp>, Option<Timestamp>, Sealed, Sealed);
    let lookup = presented(headers, header::COOKIE, "session=")?;
    let row: Option<Row> = tx.query(of(statement::session::STATEMENTS, "FIND")).bind(lookup).optional().await?;
    row.map(|row| row.1).ok_or(Denied)
}

type Typed = Vec<(String, String)>;

/// Read and checked as the server does.
fn typed_entry(typed: &Typed, at: Timestamp) -> Result<Entry, Vec<(String, Fault)>> {
    let mut fields = Fields::new();
    for field in Kind::Skill.fields() {
        let values: Vec<String> = typed.iter().filter(|pair| pair.0 == field.name).map(|pair| pair.1.clone()).collect();
        let value = entry::read(field.shape, &values).map_err(|fault| vec![(field.name.to_owned(), fault)])?;
        fields.extend(value.map(|value| (field.name.to_owned(), value)));
    }
    entry::check(Kind::Skill, &fields)?;
    let (source, evidence) = (Source::Own, Evidence::E1);
    Ok(Entry {
        kind: Kind::Skill,
        lang: "sv".into(),
        source,
        evidence,
        fields,
        created: at,
        updated: at,
        confirmed: at,
        file: None,
    })
}

/// One entry more: claims the manifest, writes the entry, makes each live consent's bundle anew, ends with the manifest and a line.
async fn write(State(house): State<House>, headers: HeaderMap, Form(typed): Form<Typed>) -> Result<Response, Denied> {
    let at = now();
    let json = serde_json::to_vec(&typed_entry(&typed, at).map_err(|_| Denied)?).unwrap();
    let random = SystemRandom::default();
    let mut tx = house.db.read().await?;
    let owner = session(&mut tx, &headers).await?;
    let found: Option<(u64, Vec<u8>)> = tx.query(of(statement::manifest::STATEMENTS, "FIND")).bind(owner).optional().await?;
    let (generation, manifest) = found.ok_or(Denied)?;
    let consents: Vec<ConsentRow> = tx.query(of(statement::consent::STATEMENTS, "OF_OWNER")).bind(owner).all().await?;
    drop(tx);
    let mut manifest: PlainManifest = serde_json::from_slice(&manifest).unwrap();
    let (entry, version) = (EntryId(uuid_v4(&random)), VersionId(uuid_v4(&random)));
    manifest.entries.push((entry, version));
    let mut tx = house.db.write().await?;
    let query = tx.query(of(statement::manifest::STATEMENTS, "CLAIM")).bind(owner).bind(generation).bind(generation + 1);
    if query.execute().await? != 1 {
        return Ok(StatusCode::CONFLICT.into_response());
    }
    let query = tx.query(of(statement::entry::STATEMENTS, "INSERT")).bind(owner).bind(version).bind(entry);
    query.bind(Vec::<u8>::new()).bind(json).bind(at).execute().await?;
    for row in consents {
        let Some(bundle) = row.10 else { continue };
        let mut bundle: PlainBundle = serde_json::from_slice(&bundle).unwrap();
        bundle.rows.push((uuid_v4(&random), version));
        let query = tx.query(of(statement::consent::STATEMENTS, "REMAKE")).bind(owner).bind(row.0).bind(row.4).bind(row.4 + 1);
        query.bind(row.9).bind(serde_json::to_vec(&bundle).unwrap()).execute().await?;
    }
    let query = tx.query(of(statement::manifest::STATEMENTS, "SEAL")).bind(owner).bind(generation + 1);
    query.bind(serde_json::to_vec(&manifest).unwrap()).execute().await?;
    let (number,): (u64,) = tx.query(of(statement::owner::STATEMENTS, "NEXT_SEQ")).bind(owner).one().await?;
    line(&mut tx, owner, owner.0, number, at).await?;
    tx.commit().await?;
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, "/bare/map")]).into_response())
}

async fn withdraw(State(house): State<House>, headers: HeaderMap, Path(id): Path<Uuid>) -> Result<Response, Denied> {
    let (at, consent) = (now(), ConsentId(id));
    let mut tx = house.db.write().await?;
    let owner = session(&mut tx, &headers).await?;
    let query = tx.query(of(statement::consent::STATEMENTS, "END")).bind(owner).bind(consent).bind("withdrawn").bind(at);
    let (number, unit): (u64, UnitId) = query.optional().await?.ok_or(Denied)?;
    let query = tx.query(of(statement::token::STATEMENTS, "END_OF_CONSENT")).bind(owner).bind(consent).bind(at);
    let _ended: Vec<([u8; 32],)> = query.all().await?;
    let query = tx.query(of(statement::inbox::STATEMENTS, "END")).bind(unit).bind(consent).bind("withdrawn").bind(at);
    query.execute().await?;
    let (change,): (u64,) = tx.query(of(statement::inbox::STATEMENTS, "COUNT")).bind(unit).one().await?;
    let query = tx.query(of(statement::inbox::STATEMENTS, "TOUCH")).bind(unit).bind(consent).bind(change).bind(at);
    query.execute().await?;
    line(&mut tx, owner, consent.0, number, at).await?;
    tx.commit().await?;
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, "/bare/map")]).into_response())
}

type EntryRow = (VersionId, EntryId, Vec<u8>, Vec<u8>, Timestamp);

/// All entries of the owner, as text.
async fn map(State(house): State<House>, headers: HeaderMap) -> Result<String, Denied> {
    let mut tx = house.db.read().await?;
    let owner = session(&mut tx, &headers).await?;
    let query = tx.query(of(statement::entry::STATEMENTS, "FULL_OF_OWNER")).bind(owner);
    let rows: Vec<EntryRow> = query.all().await?;
    let entries: Vec<Entry> = rows.iter().map(|row| serde_json::from_slice(&row.3).unwrap()).collect();
    Ok(serde_json::to_string(&entries).unwrap())
}
