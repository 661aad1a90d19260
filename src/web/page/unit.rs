//! A unit's own page: staff, invites, tokens, its sheet.

use askama::Template;

use super::events::{self, Line};
use super::form::Wrong;
use super::frame::{Body, Place};
use super::url;
use crate::domain::organisation::Role;
use crate::domain::{StaffId, Timestamp, UnitId};
use crate::text::T;

/// Forms: one for invite (`name`, `role`) and token (`code` of the consent, `label`, `days`), each with a button of its own; cancel
/// (`invite`), revoke (`token`), new sheet.
#[derive(Template)]
#[template(path = "unit.html")]
pub struct UnitPage {
    pub t: T,
    pub unit: String,
    pub organisation: String,
    pub number: String,
    pub administrator: bool,
    /// The operator has let the unit issue proofs, and whoever looks may.
    pub issuing: bool,
    pub staff: Vec<StaffRow>,
    pub tokens: Vec<TokenRow>,
    /// The units that the member belongs to, where there are several: id, name, and whether it is this one.
    pub units: Vec<(UnitId, String, bool)>,
    /// What has happened at the unit, newest first; for administrators.
    pub lines: Vec<Line>,
    /// When the unit's sheet was last printed.
    pub sheet: Option<Timestamp>,
    /// As typed, where a form comes back.
    pub name: String,
    pub role: Option<Role>,
    pub code: String,
    pub label: String,
    pub days: String,
    pub wrong: Vec<Wrong>,
}

impl UnitPage {
    fn wrong_of(&self, id: &str) -> Option<&str> {
        Wrong::find(&self.wrong, id)
    }

    fn is_administrator(&self) -> bool {
        self.role == Some(Role::Administrator)
    }

    fn is_reader(&self) -> bool {
        self.role == Some(Role::Reader)
    }

    fn is_issuer(&self) -> bool {
        self.role == Some(Role::Issuer)
    }
}

pub struct StaffRow {
    pub id: StaffId,
    pub name: String,
    pub role: Role,
    pub this: bool,
    /// Invited, and has not yet come: the value of `invite`, and when the link ends.
    pub invited: Option<(String, Timestamp)>,
}

pub struct TokenRow {
    /// The value of `token`.
    pub id: String,
    pub label: String,
    /// The spoken code of its consent.
    pub code: String,
    pub by: String,
    pub until: Timestamp,
}

impl Body for UnitPage {
    fn place(&self) -> Place {
        Place::Unit
    }
    fn title(&self) -> String {
        self.t.s("nav-unit")
    }
    fn typed(&self) -> bool {
        self.administrator
    }
}

/// Something that is shown once and never again: an invite link, a token.
#[derive(Template)]
#[template(path = "once.html")]
pub struct Once {
    pub t: T,
    pub place: Place,
    pub heading: String,
    pub lead: String,
    pub label: String,
    pub secret: String,
    pub next: String,
}

impl Once {
    pub fn invite(t: T, link: String) -> Self {
        Self::of(t, "once-invite", link)
    }

    pub fn token(t: T, token: String) -> Self {
        Self::of(t, "once-token", token)
    }

    fn of(t: T, key: &str, secret: String) -> Self {
        let part = |part| t.s(format!("{key}-{part}"));
        let next = url::STAFF_UNIT.to_owned();
        Self { t, place: Place::Unit, heading: part("title"), lead: part("lead"), label: part("label"), secret, next }
    }
}

impl Body for Once {
    fn place(&self) -> Place {
        self.place
    }
    fn title(&self) -> String {
        self.t.s("nav-unit")
    }
}

/// An invite accepted by someone who is staff already: one person may belong to several units. Field: `sheet`, where it is asked for.
#[derive(Template)]
#[template(path = "join_unit.html")]
pub struct JoinUnit {
    pub t: T,
    pub unit: String,
    pub organisation: String,
    pub role: Role,
    /// As typed: the code of the unit's sheet, where the invite holds no key.
    pub sheet: Option<String>,
    pub wrong: Vec<Wrong>,
}

impl JoinUnit {
    fn of(&self) -> String {
        events::place(self.t, &self.unit, &self.organisation)
    }

    /// The key of what whoever joins may do.
    fn may(&self) -> String {
        format!("join-{}", self.role.word())
    }

    fn sheet_wrong(&self) -> Option<&str> {
        Wrong::find(&self.wrong, "sheet")
    }
}

impl Body for JoinUnit {
    fn place(&self) -> Place {
        Place::Unit
    }
    fn title(&self) -> String {
        self.t.s("invite-title")
    }
    fn typed(&self) -> bool {
        true
    }
}

/// Accepting an invite: the link's code is pasted or comes by script from the fragment. Field: `code`.
#[derive(Template)]
#[template(path = "invite.html")]
pub struct Invite {
    pub t: T,
    pub code: String,
    pub wrong: Vec<Wrong>,
}

impl Invite {
    fn wrong_here(&self) -> Option<&str> {
        Wrong::find(&self.wrong, "code")
    }
}

impl Body for Invite {
    fn place(&self) -> Place {
        Place::Alone
    }
    fn title(&self) -> String {
        self.t.s("invite-title")
    }
    fn typed(&self) -> bool {
        true
    }
}
