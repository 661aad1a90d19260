//! Organisations and their units: public facts, in clear.

use super::sql::statements;
use super::{Error, Tx};
use crate::domain::organisation::{Organisation, Unit, fold};
use crate::domain::{OrganisationId, Timestamp, UnitId};
use crate::policy::Permit;

statements! {
    INSERT = "INSERT INTO organisation (id, number, name, kind, issuer, created) VALUES ($1, $2, $3, $4, $5, $6)";
    BY_NUMBER = "SELECT id, number, name, kind, issuer FROM organisation WHERE number = $1";
    BY_ISSUER = "SELECT id, number, name, kind, issuer FROM organisation WHERE issuer = $1";
    ALL = "SELECT id, number, name, kind, issuer FROM organisation ORDER BY name, id";
    INSERT_UNIT = "INSERT INTO unit (id, organisation, name, kind, municipality, folded, state, created) VALUES ($1, $2, $3, $4, $5, $6, 'new', $7)";
    UNIT = "SELECT u.id, u.organisation, u.name, u.kind, u.municipality, u.state, o.number, o.name, o.kind, o.issuer FROM unit u JOIN organisation o ON o.id = u.organisation WHERE u.id = $1";
    UNITS_OF = "SELECT u.id, u.organisation, u.name, u.kind, u.municipality, u.state, o.number, o.name, o.kind, o.issuer FROM unit u JOIN organisation o ON o.id = u.organisation WHERE u.organisation = $1 ORDER BY u.name";
    SEARCH = "SELECT u.id, u.organisation, u.name, u.kind, u.municipality, u.state, o.number, o.name, o.kind, o.issuer FROM unit u JOIN organisation o ON o.id = u.organisation WHERE u.state = 'open' AND u.folded LIKE $1 ESCAPE '!' AND u.folded LIKE $2 ESCAPE '!' AND u.folded LIKE $3 ESCAPE '!' ORDER BY o.name, u.name, u.id LIMIT $4";
    OPEN_UNIT = "UPDATE unit SET state = 'open' WHERE id = $1 AND state = 'new'";
    ASK_ROTATE = "UPDATE unit SET rotate = $2 WHERE id = $1";
    MUST_ROTATE = "SELECT rotate FROM unit WHERE id = $1";
    CLOSE_UNIT = "UPDATE unit SET state = 'closed' WHERE id = $1";
}

/// A unit with its organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitRow {
    pub unit: Unit,
    /// Has a keyring, so that consents can be given to it.
    pub open: bool,
    pub organisation: Organisation,
}

type OrganisationCells = (OrganisationId, String, String, String, String);
/// `u.id` to `o.issuer`, in the order of `UNIT`.
pub(super) type UnitCells = (UnitId, OrganisationId, String, String, String, String, String, String, String, String);

fn organisation((id, number, name, kind, issuer): OrganisationCells) -> Result<Organisation, Error> {
    Ok(Organisation { id, number: number.parse().map_err(|_| Error::Corrupt)?, name, kind, issuer })
}

pub(super) fn unit(
    (id, org, name, unit_kind, municipality, state, number, org_name, kind, issuer): UnitCells,
) -> Result<UnitRow, Error> {
    let organisation = organisation((org, number, org_name, kind, issuer))?;
    Ok(UnitRow { unit: Unit { id, organisation: org, name, kind: unit_kind, municipality }, open: state == "open", organisation })
}

pub async fn insert(tx: &mut Tx, _permit: &Permit, row: &Organisation, now: Timestamp) -> Result<(), Error> {
    let query = tx.query(&INSERT).bind(row.id).bind(row.number.to_string()).bind(row.name.clone()).bind(row.kind.clone());
    query.bind(row.issuer.clone()).bind(now).execute().await?;
    Ok(())
}

pub async fn by_number(tx: &mut Tx, number: &str) -> Result<Option<Organisation>, Error> {
    tx.query(&BY_NUMBER).bind(number).optional().await?.map(organisation).transpose()
}

pub async fn by_issuer(tx: &mut Tx, issuer: &str) -> Result<Vec<Organisation>, Error> {
    tx.query(&BY_ISSUER).bind(issuer).all().await?.into_iter().map(organisation).collect()
}

pub async fn all(tx: &mut Tx) -> Result<Vec<Organisation>, Error> {
    tx.query(&ALL).all().await?.into_iter().map(organisation).collect()
}

/// Adds a unit without a keyring; its first administrator makes that.
pub async fn insert_unit(
    tx: &mut Tx,
    _permit: &Permit,
    row: &Unit,
    organisation: &Organisation,
    now: Timestamp,
) -> Result<(), Error> {
    let folded = fold(&format!("{} {} {}", organisation.name, row.name, row.municipality));
    let query = tx.query(&INSERT_UNIT).bind(row.id).bind(row.organisation).bind(row.name.clone()).bind(row.kind.clone());
    query.bind(row.municipality.clone()).bind(folded).bind(now).execute().await?;
    Ok(())
}

pub async fn find_unit(tx: &mut Tx, id: UnitId) -> Result<Option<UnitRow>, Error> {
    tx.query(&UNIT).bind(id).optional().await?.map(unit).transpose()
}

pub async fn units_of(tx: &mut Tx, id: OrganisationId) -> Result<Vec<UnitRow>, Error> {
    tx.query(&UNITS_OF).bind(id).all().await?.into_iter().map(unit).collect()
}

/// Open units whose organisation, name or municipality hold each of the first three words typed.
pub async fn search_units(tx: &mut Tx, _permit: &Permit, typed: &str, most: u64) -> Result<Vec<UnitRow>, Error> {
    let folded = fold(&typed.chars().take(100).collect::<String>());
    let mut words = folded.split(' ').map(pattern);
    let mut next = || words.next().unwrap_or_else(|| "%".to_owned());
    let query = tx.query(&SEARCH).bind(next()).bind(next()).bind(next()).bind(most);
    query.all().await?.into_iter().map(unit).collect()
}

pub async fn open_unit(tx: &mut Tx, _permit: &Permit, id: UnitId) -> Result<(), Error> {
    tx.query(&OPEN_UNIT).bind(id).execute().await?;
    Ok(())
}

pub async fn close_unit(tx: &mut Tx, _permit: &Permit, id: UnitId) -> Result<(), Error> {
    tx.query(&CLOSE_UNIT).bind(id).execute().await?;
    Ok(())
}

/// Someone has left: the next administrator who opens the unit rotates its keyring.
pub async fn ask_rotate(tx: &mut Tx, _permit: &Permit, id: UnitId, must: bool) -> Result<(), Error> {
    tx.query(&ASK_ROTATE).bind(id).bind(must).execute().await?;
    Ok(())
}

pub async fn must_rotate(tx: &mut Tx, id: UnitId) -> Result<bool, Error> {
    Ok(tx.query(&MUST_ROTATE).bind(id).optional::<(bool,)>().await?.is_some_and(|row| row.0))
}

fn pattern(word: &str) -> String {
    let mut out = String::from("%");
    for c in word.chars() {
        if matches!(c, '%' | '_' | '!') {
            out.push('!');
        }
        out.push(c);
    }
    out.push('%');
    out
}
