//! Organisations and their units: public facts, in clear.

use super::sql::statements;
use super::{Error, Tx};
use crate::domain::organisation::{Organisation, Unit, fold};
use crate::domain::{OrganisationId, Timestamp, UnitId};
use crate::policy::Permit;

statements! {
    INSERT = "INSERT INTO organisation (id, number, name, kind, issuer, created, mac) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    BY_NUMBER = "SELECT id, number, name, kind, issuer, mac FROM organisation WHERE number = $1";
    ALL = "SELECT id, number, name, kind, issuer, mac FROM organisation ORDER BY name, id";
    INSERT_UNIT = "INSERT INTO unit (id, organisation, name, kind, municipality, folded, state, created, mac) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    UNIT = "SELECT u.id, u.organisation, u.name, u.kind, u.municipality, u.state, o.number, o.name, o.kind, o.issuer, u.rotate, u.mac, o.mac FROM unit u JOIN organisation o ON o.id = u.organisation WHERE u.id = $1";
    UNITS_OF = "SELECT u.id, u.organisation, u.name, u.kind, u.municipality, u.state, o.number, o.name, o.kind, o.issuer, u.rotate, u.mac, o.mac FROM unit u JOIN organisation o ON o.id = u.organisation WHERE u.organisation = $1 ORDER BY u.name";
    SEARCH = "SELECT u.id, u.organisation, u.name, u.kind, u.municipality, u.state, o.number, o.name, o.kind, o.issuer, u.rotate, u.mac, o.mac FROM unit u JOIN organisation o ON o.id = u.organisation WHERE u.state = 'open' AND u.folded LIKE $1 ESCAPE '!' AND u.folded LIKE $2 ESCAPE '!' AND u.folded LIKE $3 ESCAPE '!' ORDER BY o.name, u.name, u.id LIMIT $4";
    STANDING = "UPDATE unit SET state = $2, rotate = $3, mac = $4 WHERE id = $1 AND state = $5 AND rotate = $6";
}

/// A unit with its organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitRow {
    pub unit: Unit,
    /// Has a keyring, so that consents can be given to it.
    pub open: bool,
    pub organisation: Organisation,
}

/// Whether a unit has a keyring, and whether that is to be renewed: what changes in its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub open: bool,
    /// Someone has left: the next administrator who opens the unit rotates its keyring.
    pub rotate: bool,
}

impl Standing {
    pub const NEW: Self = Self { open: false, rotate: false };

    pub const fn state(self) -> &'static str {
        if self.open { "open" } else { "new" }
    }
}

/// A unit and its organisation as they are stored: nobody has looked yet whether this server wrote them.
#[must_use]
pub struct StoredUnit {
    pub row: UnitRow,
    pub standing: Standing,
    pub mac: Vec<u8>,
    pub organisation_mac: Vec<u8>,
}

/// The same of an organisation.
#[must_use]
pub struct StoredOrganisation {
    pub row: Organisation,
    pub mac: Vec<u8>,
}

type OrganisationCells = (OrganisationId, String, String, String, String, Vec<u8>);
/// `u.id` to `o.mac`, in the order of `UNIT`.
pub(super) type UnitCells =
    (UnitId, OrganisationId, String, String, String, String, String, String, String, String, bool, Vec<u8>, Vec<u8>);

fn organisation((id, number, name, kind, issuer, mac): OrganisationCells) -> Result<StoredOrganisation, Error> {
    Ok(StoredOrganisation {
        row: Organisation { id, number: number.parse().map_err(|_| Error::Corrupt)?, name, kind, issuer },
        mac,
    })
}

pub(super) fn unit(
    (id, org, name, unit_kind, municipality, state, number, org_name, kind, issuer, rotate, mac, organisation_mac): UnitCells,
) -> Result<StoredUnit, Error> {
    let StoredOrganisation { row: organisation, mac: organisation_mac } =
        organisation((org, number, org_name, kind, issuer, organisation_mac))?;
    let standing = Standing { open: state == "open", rotate };
    if state != standing.state() {
        return Err(Error::Corrupt);
    }
    let unit = Unit { id, organisation: org, name, kind: unit_kind, municipality };
    Ok(StoredUnit { row: UnitRow { unit, open: standing.open, organisation }, standing, mac, organisation_mac })
}

/// `mac` binds the row to this server.
pub async fn insert(tx: &mut Tx, _permit: &Permit, row: &Organisation, mac: Vec<u8>, now: Timestamp) -> Result<(), Error> {
    let query = tx.query(&INSERT).bind(row.id).bind(row.number.to_string()).bind(row.name.clone()).bind(row.kind.clone());
    query.bind(row.issuer.clone()).bind(now).bind(mac).execute().await?;
    Ok(())
}

pub async fn by_number(tx: &mut Tx, number: &str) -> Result<Option<StoredOrganisation>, Error> {
    tx.query(&BY_NUMBER).bind(number).optional().await?.map(organisation).transpose()
}

pub async fn all(tx: &mut Tx) -> Result<Vec<StoredOrganisation>, Error> {
    tx.query(&ALL).all().await?.into_iter().map(organisation).collect()
}

/// Adds a unit without a keyring; its first administrator makes that. `mac` binds the row, at [`Standing::NEW`], to this server.
pub async fn insert_unit(
    tx: &mut Tx,
    _permit: &Permit,
    row: &Unit,
    organisation: &Organisation,
    mac: Vec<u8>,
    now: Timestamp,
) -> Result<(), Error> {
    let folded = fold(&format!("{} {} {}", organisation.name, row.name, row.municipality));
    let query = tx.query(&INSERT_UNIT).bind(row.id).bind(row.organisation).bind(row.name.clone()).bind(row.kind.clone());
    let query = query.bind(row.municipality.clone()).bind(folded).bind(Standing::NEW.state()).bind(now);
    query.bind(mac).execute().await?;
    Ok(())
}

pub async fn find_unit(tx: &mut Tx, id: UnitId) -> Result<Option<StoredUnit>, Error> {
    tx.query(&UNIT).bind(id).optional().await?.map(unit).transpose()
}

pub async fn units_of(tx: &mut Tx, id: OrganisationId) -> Result<Vec<StoredUnit>, Error> {
    tx.query(&UNITS_OF).bind(id).all().await?.into_iter().map(unit).collect()
}

/// Open units whose organisation, name or municipality hold each of the first three words typed.
pub async fn search_units(tx: &mut Tx, _permit: &Permit, typed: &str, most: u64) -> Result<Vec<StoredUnit>, Error> {
    let folded = fold(&typed.chars().take(100).collect::<String>());
    let mut words = folded.split(' ').map(pattern);
    let mut next = || words.next().unwrap_or_else(|| "%".to_owned());
    let query = tx.query(&SEARCH).bind(next()).bind(next()).bind(next()).bind(most);
    query.all().await?.into_iter().map(unit).collect()
}

/// Changes how a unit stands, where it stands as it was read. `mac` binds the row as it will be.
pub async fn set_standing(
    tx: &mut Tx,
    _permit: &Permit,
    id: UnitId,
    (before, after): (Standing, Standing),
    mac: Vec<u8>,
) -> Result<bool, Error> {
    let query = tx.query(&STANDING).bind(id).bind(after.state()).bind(after.rotate).bind(mac);
    Ok(query.bind(before.state()).bind(before.rotate).execute().await? == 1)
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
