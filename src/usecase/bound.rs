//! Rows whose clear columns would grant something are bound by an HMAC under the server's look-up key: who can only write the database
//! makes none, and changes none.

use super::{Error, Service};
use crate::crypto::receive::PublicKey;
use crate::crypto::{Ad, Label};
use crate::domain::organisation::{Organisation, Unit};
use crate::domain::{OwnerId, StaffId, Timestamp, UnitId};
use crate::policy::Permit;
use crate::store::client::ClientRow;
use crate::store::delivery::ReceiverRow;
use crate::store::framework::FrameworkRow;
use crate::store::invite::InviteRow;
use crate::store::issued::IssuedRow;
use crate::store::issuing_key::KeyRow;
use crate::store::issuing_scope::{PastRow, ScopeRow};
use crate::store::organisation::{self, Standing, StoredOrganisation, StoredUnit, UnitRow};
use crate::store::owner::{self, OwnerKind, StoredKey};
use crate::store::request::RequestRow;
use crate::store::statement::StatementRow;
use crate::store::wallet_key::WalletKeyRow;
use crate::store::{Tx, staff};

impl Service {
    /// A receiving key as it is stored.
    pub fn stored_key(&self, owner: OwnerId, kind: OwnerKind, key: PublicKey) -> StoredKey {
        let PublicKey { generation, bytes } = key;
        let mac = self.bind(&key_row(owner, kind, generation, &bytes));
        StoredKey { bytes, generation, mac }
    }

    /// The key to which an absent owner's things are sealed. [`Error::Unopened`] where another stands in its place.
    pub(super) async fn public_key_of(&self, tx: &mut Tx, owner: OwnerId) -> Result<PublicKey, Error> {
        let (StoredKey { bytes, generation, mac }, kind) = owner::public_key(tx, owner).await?.ok_or(Error::NotFound)?;
        self.check_bound(&key_row(owner, kind, generation, &bytes), &mac)?;
        Ok(PublicKey { generation, bytes })
    }

    pub(super) fn account_mac(&self, lookup: &[u8; 32], owner: OwnerId) -> Vec<u8> {
        self.bind(&account_row(lookup, owner))
    }

    /// Whose account it is.
    pub(super) fn bound_account(&self, lookup: &[u8; 32], (owner, mac): (OwnerId, Vec<u8>)) -> Result<OwnerId, Error> {
        self.check_bound(&account_row(lookup, owner), &mac)?;
        Ok(owner)
    }

    pub(super) fn bound_staff(&self, unit: UnitId, id: StaffId, root: Vec<u8>, name: Vec<u8>) -> staff::Sealed {
        let mac = self.bind(&staff_row(unit, id, &root, &name));
        (root, name, mac)
    }

    pub(super) fn check_staff(&self, row: &staff::StaffRow) -> Result<(), Error> {
        let root = row.root.as_deref().ok_or(Error::Unopened)?;
        self.check_bound(&staff_row(row.unit, row.id, root, &row.name), &row.mac)
    }

    pub(super) fn bound_invite(&self, row: InviteRow) -> InviteRow {
        let mac = self.bind(&invite_row(&row));
        InviteRow { mac, ..row }
    }

    /// An invite that this server made, as it made it.
    pub(super) fn is_own_invite(&self, row: &InviteRow) -> bool {
        self.check_bound(&invite_row(row), &row.mac).is_ok()
    }

    pub(super) fn bound_request(&self, row: RequestRow) -> RequestRow {
        let mac = self.bind(&request_row(&row));
        RequestRow { mac, ..row }
    }

    /// What is asked, by whom and until when, as this server wrote it.
    pub(super) fn check_request(&self, row: &RequestRow) -> Result<(), Error> {
        self.check_bound(&request_row(row), &row.mac)
    }

    pub(super) fn organisation_mac(&self, row: &Organisation) -> Vec<u8> {
        self.bind(&organisation_row(row))
    }

    /// An organisation that the operator added, as it was added.
    pub(super) fn bound_organisation(&self, StoredOrganisation { row, mac }: StoredOrganisation) -> Result<Organisation, Error> {
        self.check_bound(&organisation_row(&row), &mac).map(|()| row)
    }

    pub(super) fn unit_mac(&self, row: &Unit, standing: Standing) -> Vec<u8> {
        self.bind(&unit_row(row, standing))
    }

    /// A unit that the operator added, with its organisation, as this server left them.
    pub(super) fn bound_unit(&self, stored: StoredUnit) -> Result<UnitRow, Error> {
        let StoredUnit { row, standing, mac, organisation_mac } = stored;
        self.check_bound(&unit_row(&row.unit, standing), &mac)?;
        self.check_bound(&organisation_row(&row.organisation), &organisation_mac)?;
        Ok(row)
    }

    /// How a unit stands now.
    pub(super) async fn standing(&self, tx: &mut Tx, id: UnitId) -> Result<(Unit, Standing), Error> {
        let stored = organisation::find_unit(tx, id).await?.ok_or(Error::NotFound)?;
        let standing = stored.standing;
        Ok((self.bound_unit(stored)?.unit, standing))
    }

    /// Changes how a unit stands, and binds it anew. Who changes it at the same time does not undo the other's change.
    pub(super) async fn set_standing(
        &self,
        tx: &mut Tx,
        permit: &Permit,
        id: UnitId,
        change: impl Fn(Standing) -> Standing,
    ) -> Result<(), Error> {
        for _ in 0..3 {
            let (unit, before) = self.standing(tx, id).await?;
            let after = change(before);
            let mac = self.unit_mac(&unit, after);
            if before == after || organisation::set_standing(tx, permit, id, (before, after), mac).await? {
                return Ok(());
            }
        }
        Err(Error::Gone)
    }

    pub(super) fn receiver_mac(&self, unit: UnitId, url: &str, created: Timestamp) -> Vec<u8> {
        self.bind(&receiver_row(unit, url, created))
    }

    /// An address that a member of the unit gave, as they gave it.
    pub(super) fn is_own_receiver(&self, unit: UnitId, row: &ReceiverRow) -> bool {
        self.check_bound(&receiver_row(unit, &row.url, row.created), &row.mac).is_ok()
    }

    pub(super) fn bound_statement(&self, row: StatementRow) -> StatementRow {
        let mac = self.bind(&statement_row(&row));
        StatementRow { mac, ..row }
    }

    /// What a member of the unit has stated, as they stated it.
    pub(super) fn check_statement(&self, row: &StatementRow) -> Result<(), Error> {
        self.check_bound(&statement_row(row), &row.mac)
    }

    pub(super) fn bound_client(&self, row: ClientRow) -> ClientRow {
        let mac = self.bind(&client_row(&row));
        ClientRow { mac, ..row }
    }

    /// A client that this server registered, as it did.
    pub(super) fn is_own_client(&self, row: &ClientRow) -> bool {
        self.check_bound(&client_row(row), &row.mac).is_ok()
    }

    pub(super) fn bound_wallet_key(&self, row: WalletKeyRow) -> WalletKeyRow {
        let mac = self.bind(&wallet_key_row(&row));
        WalletKeyRow { mac, ..row }
    }

    /// A key that this server made for the unit.
    pub(super) fn check_wallet_key(&self, row: &WalletKeyRow) -> Result<(), Error> {
        self.check_bound(&wallet_key_row(row), &row.mac)
    }

    pub(super) fn bound_scope(&self, row: ScopeRow) -> ScopeRow {
        let mac = self.bind(&scope_row(&row));
        ScopeRow { mac, ..row }
    }

    /// A scope that the operator gave, as they gave it.
    pub(super) fn is_own_scope(&self, row: &ScopeRow) -> bool {
        self.check_bound(&scope_row(row), &row.mac).is_ok()
    }

    pub(super) fn bound_past_scope(&self, row: PastRow) -> PastRow {
        let mac = self.bind(&past_scope_row(&row));
        PastRow { mac, ..row }
    }

    /// A scope that the operator ended, as they did.
    pub(super) fn is_own_past_scope(&self, row: &PastRow) -> bool {
        self.check_bound(&past_scope_row(row), &row.mac).is_ok()
    }

    pub(super) fn bound_issuing_key(&self, row: KeyRow) -> KeyRow {
        let mac = self.bind(&issuing_key_row(&row));
        KeyRow { mac, ..row }
    }

    /// A key that the unit's administrator made, as it stands.
    pub(super) fn is_own_issuing_key(&self, row: &KeyRow) -> bool {
        self.check_bound(&issuing_key_row(row), &row.mac).is_ok()
    }

    pub(super) fn bound_framework(&self, row: FrameworkRow) -> FrameworkRow {
        let mac = self.bind(&framework_row(&row));
        FrameworkRow { mac, ..row }
    }

    /// A framework that the unit published, as it stands.
    pub(super) fn is_own_framework(&self, row: &FrameworkRow) -> bool {
        self.check_bound(&framework_row(row), &row.mac).is_ok()
    }

    pub(super) fn bound_issued(&self, row: IssuedRow) -> IssuedRow {
        let mac = self.bind(&issued_row(&row));
        IssuedRow { mac, ..row }
    }

    /// Which place on which list is whose.
    pub(super) fn check_issued(&self, row: &IssuedRow) -> Result<(), Error> {
        self.check_bound(&issued_row(row), &row.mac)
    }

    fn bind(&self, row: &Ad) -> Vec<u8> {
        self.keys.mailbox_mac(&[], row).to_vec()
    }

    fn check_bound(&self, row: &Ad, mac: &[u8]) -> Result<(), Error> {
        if self.keys.mailbox_mac_fits(&[], row, mac) { Ok(()) } else { Err(Error::Unopened) }
    }
}

fn of(table: &[u8]) -> Ad {
    Ad::new(Label::RowMac).bytes_field(table)
}

fn key_row(owner: OwnerId, kind: OwnerKind, generation: u32, bytes: &[u8]) -> Ad {
    of(b"owner").id(owner.0).bytes_field(kind.word().as_bytes()).num(u64::from(generation)).bytes_field(bytes)
}

fn account_row(lookup: &[u8; 32], owner: OwnerId) -> Ad {
    of(b"account").bytes_field(lookup).id(owner.0)
}

fn staff_row(unit: UnitId, id: StaffId, root: &[u8], name: &[u8]) -> Ad {
    of(b"staff").id(unit.0).id(id.0).bytes_field(root).bytes_field(name)
}

fn receiver_row(unit: UnitId, url: &str, created: Timestamp) -> Ad {
    of(b"receiver").id(unit.0).bytes_field(url.as_bytes()).time(created)
}

fn statement_row(row: &StatementRow) -> Ad {
    of(b"statement").id(row.unit.0).bytes_field(row.body.as_bytes()).time(row.created)
}

fn invite_row(row: &InviteRow) -> Ad {
    let part = |part: &Option<Vec<u8>>| part.clone().unwrap_or_default();
    let of = of(b"invite").bytes_field(&row.lookup).id(row.unit.0).id(row.id).bytes_field(row.role.word().as_bytes());
    of.bytes_field(&part(&row.sealed)).bytes_field(&part(&row.name)).time(row.created).time(row.until)
}

/// All of a request that waits. Once it is answered only what it is collected by is used, which bears its own.
fn request_row(row: &RequestRow) -> Ad {
    let client = row.client.map(|client| client.0).unwrap_or_default();
    let of = of(b"request").bytes_field(&row.lookup).id(row.id).id(row.unit.0).id(client);
    let of = of.bytes_field(row.taker.as_ref().map_or(&[], |taker| taker.as_slice()));
    let of = of.bytes_field(row.collector.as_deref().unwrap_or_default());
    let of = of.bytes_field(row.asked.as_deref().unwrap_or_default().as_bytes());
    of.time(row.created).time(row.until)
}

fn organisation_row(row: &Organisation) -> Ad {
    let number = row.number.to_string();
    let texts = [&number, &row.name, &row.kind, &row.issuer];
    texts.into_iter().fold(of(b"organisation").id(row.id.0), |ad, text| ad.bytes_field(text.as_bytes()))
}

fn unit_row(row: &Unit, Standing { open, rotate }: Standing) -> Ad {
    let texts = [&row.name, &row.kind, &row.municipality];
    let of = texts.into_iter().fold(of(b"unit").id(row.id.0).id(row.organisation.0), |ad, text| ad.bytes_field(text.as_bytes()));
    of.num(u64::from(open)).num(u64::from(rotate))
}

fn wallet_key_row(row: &WalletKeyRow) -> Ad {
    of(b"wallet_key").id(row.unit.0).bytes_field(&row.kid).bytes_field(&row.public).time(row.created)
}

fn client_row(row: &ClientRow) -> Ad {
    let of = of(b"client").id(row.id.0).id(row.unit.0).bytes_field(row.name.as_bytes()).bytes_field(row.redirects.as_bytes());
    let of = of.bytes_field(&row.keys).time(row.created).time(row.changed);
    row.ended.map_or(of.clone(), |ended| of.time(ended))
}

fn scope_row(row: &ScopeRow) -> Ad {
    let of = of(b"issuing_scope").id(row.unit.0).bytes_field(row.trades.as_bytes());
    of.bytes_field(row.level.as_bytes()).time(row.created)
}

fn past_scope_row(row: &PastRow) -> Ad {
    let of = of(b"issuing_past").id(row.unit.0).bytes_field(row.trades.as_bytes()).bytes_field(row.level.as_bytes());
    of.time(row.created).time(row.ended).num(u64::from(row.withdrawn))
}

fn issuing_key_row(row: &KeyRow) -> Ad {
    let of = of(b"issuing_key").id(row.unit.0).bytes_field(&row.kid).bytes_field(&row.public);
    let of = of.num(u64::from(row.active)).time(row.created);
    row.retired.map_or(of.clone(), |retired| of.time(retired))
}

fn framework_row(row: &FrameworkRow) -> Ad {
    let texts = [&row.name, &row.version, &row.body];
    let of = of(b"framework").id(row.unit.0).id(row.id);
    let of = texts.into_iter().fold(of, |ad, text| ad.bytes_field(text.as_bytes())).time(row.created);
    row.ended.map_or(of.clone(), |ended| of.time(ended))
}

fn issued_row(row: &IssuedRow) -> Ad {
    of(b"issued").id(row.unit.0).id(row.id).num(row.list).num(row.place).time(row.created)
}
