//! People and units, made by the same use cases as anyone's.

use std::collections::BTreeSet;

use egenkarta::crypto::Keyring;
use egenkarta::crypto::recovery::RecoveryCode;
use egenkarta::crypto::secret::Secret;
use egenkarta::domain::consent::{Mode, Right};
use egenkarta::domain::oauth::{Asked, Basis, Client, ClientKeys, DETAILS_TYPE};
use egenkarta::domain::organisation::Role;
use egenkarta::domain::profile::{ConceptRef, Fields, Kind, Section, Value};
use egenkarta::domain::time::DAY;
use egenkarta::domain::{ClientId, EntryId, OwnerId, StaffId, UnitId};
use egenkarta::usecase::account::{Arrival, Newcomer};
use egenkarta::usecase::consent::{Choice, Given};
use egenkarta::usecase::entry::Save;
use egenkarta::usecase::organisation::NewUnit;
use egenkarta::usecase::request::Redirect;
use egenkarta::usecase::{Error, Session, SessionKind};

use super::TestApp;

pub const ISSUER: &str = "people";
pub const STAFF_ISSUER: &str = "org-staff";

/// Someone with an account and what opens it.
pub struct Owner {
    pub name: String,
    pub phrase: String,
    pub sheet: RecoveryCode,
    pub id: OwnerId,
    pub kind: SessionKind,
    keyring: Keyring,
}

/// A unit, with its first administrator.
pub struct TestUnit {
    pub id: UnitId,
    pub administrator: Owner,
    pub sheet: RecoveryCode,
}

impl Owner {
    /// A live session that has been opened just now.
    pub async fn session(&self, app: &TestApp) -> Session {
        let secret = self.cookie(app).await;
        app.service.resume(&secret).await.unwrap().expect("a live session")
    }

    /// The secret of such a session's cookie.
    pub async fn cookie(&self, app: &TestApp) -> Secret {
        app.service.begin_session(self.id, self.kind, false, Some(&self.keyring)).await.unwrap()
    }

    /// A live session that has opened nothing.
    pub async fn closed_session(&self, app: &TestApp) -> Session {
        let secret = app.service.begin_session(self.id, self.kind, false, None).await.unwrap();
        app.service.resume(&secret).await.unwrap().expect("a live session")
    }

    pub async fn closed_session_cookie(&self, app: &TestApp) -> Secret {
        app.service.begin_session(self.id, self.kind, false, None).await.unwrap()
    }

    pub fn staff_id(&self) -> StaffId {
        StaffId(self.id.0)
    }

    pub fn keyring(&self) -> &Keyring {
        &self.keyring
    }
}

impl TestApp {
    pub async fn participant(&self, name: &str) -> Owner {
        let phrase = format!("en egen fras for {name}, lang nog");
        let newcomer = self.newcomer(ISSUER, name, Newcomer::new(false, false, None, None)).await;
        let created = self.service.create_participant(&newcomer, &phrase).await.unwrap();
        self.owner(name, phrase, created.sheet, &created.session).await
    }

    /// A unit of an organisation of its own, of this recipient kind.
    pub async fn unit(&self, kind: &str) -> TestUnit {
        self.unit_named(kind, "Enheten", "Adina Admin").await
    }

    pub async fn unit_named(&self, kind: &str, unit: &str, administrator: &str) -> TestUnit {
        let new = NewUnit {
            number: "202100-2114".parse().unwrap(),
            organisation: "Arbetsförmedlingen".to_owned(),
            kind: kind.to_owned(),
            unit: unit.to_owned(),
            municipality: String::new(),
            issuer: STAFF_ISSUER.to_owned(),
        };
        let (id, invite) = self.service.add_unit(&new).await.unwrap();
        let (administrator, sheet) = self.join(administrator, &invite, None).await.unwrap();
        TestUnit { id, administrator, sheet: sheet.expect("the unit's own sheet") }
    }

    /// Another member of the unit.
    pub async fn colleague(&self, unit: &TestUnit, name: &str, role: Role) -> Owner {
        let session = unit.administrator.session(self).await;
        let invite = self.service.invite(&session, name, role).await.unwrap();
        self.join(name, &invite, None).await.unwrap().0
    }

    pub async fn reader(&self, unit: &TestUnit) -> Owner {
        self.colleague(unit, "Rut Reader", Role::Reader).await
    }

    /// Accepts an invite.
    pub async fn join(
        &self,
        name: &str,
        invite: &Secret,
        unit_sheet: Option<&str>,
    ) -> Result<(Owner, Option<RecoveryCode>), Error> {
        let phrase = format!("en egen fras for {name}, lang nog");
        let newcomer = Newcomer::new(true, false, None, Some(invite.text().as_str().to_owned()));
        let newcomer = self.newcomer(STAFF_ISSUER, name, newcomer).await;
        let joined = self.service.join(&newcomer, name, &phrase, unit_sheet).await?;
        Ok((self.owner(name, phrase, joined.sheet, &joined.session).await, joined.unit_sheet))
    }

    /// Who has signed in and has no account yet.
    pub async fn newcomer(&self, issuer: &str, subject: &str, newcomer: Newcomer) -> Newcomer {
        match self.service.arrive(issuer, subject, newcomer).await.unwrap() {
            Arrival::Known(_) => panic!("this account stands already"),
            Arrival::Newcomer(secret) => self.service.take_login(&secret).await.unwrap().expect("kept just now"),
        }
    }

    async fn owner(&self, name: &str, phrase: String, sheet: RecoveryCode, session: &Secret) -> Owner {
        let session = self.service.resume(session).await.unwrap().expect("a live session");
        let keyring = session.keyring().unwrap().clone();
        Owner { name: name.to_owned(), phrase, sheet, id: session.owner, kind: session.kind, keyring }
    }

    /// Saves a new entry.
    pub async fn add(&self, session: &Session, kind: Kind, fields: Fields) -> EntryId {
        self.service.save_entry(session, save(None, kind, fields)).await.unwrap()
    }

    /// Gives whole sections to a unit for 30 days.
    pub async fn give(&self, session: &Session, unit: UnitId, sections: &[Section]) -> Given {
        self.service.give(session, &self.choice(unit, sections)).await.unwrap()
    }

    /// Whole sections to a unit, for 30 days, for job matching.
    pub fn choice(&self, unit: UnitId, sections: &[Section]) -> Choice {
        Choice {
            unit,
            purpose: "job_matching".to_owned(),
            sections: sections.iter().copied().collect(),
            entries: BTreeSet::new(),
            kept_out: BTreeSet::new(),
            mode: Mode::View,
            until: self.service.now().plus(29 * DAY).day(),
            show_name: false,
            lang: "sv".to_owned(),
            original: false,
            stated: None,
            origin: None,
        }
    }
}

/// A program of the unit, as it has proven itself; no row stands behind it.
pub fn program(unit: UnitId) -> Client {
    Client {
        id: ClientId(uuid::Uuid::from_u128(4711)),
        unit,
        name: "Ofelia".to_owned(),
        redirects: vec!["https://ofelia.example/back".to_owned()],
        keys: ClientKeys::Set(r#"{"keys":[]}"#.to_owned()),
        created: egenkarta::domain::Timestamp(0),
    }
}

/// What a unit of the employment service asks for: skills and work, to look at, for 20 days.
pub fn asked(app: &TestApp, unit: UnitId, sections: &[Section]) -> Asked {
    Asked {
        kind: DETAILS_TYPE.to_owned(),
        unit,
        purpose: "job_matching".to_owned(),
        sections: sections.iter().copied().collect(),
        entries: BTreeSet::new(),
        actions: [Right::Read].into(),
        mode: Mode::View,
        legal_basis: Basis::PublicTask,
        until: app.service.now().plus(20 * DAY).day(),
    }
}

pub fn redirect() -> Redirect {
    Redirect {
        redirect_uri: "https://ofelia.example/back".to_owned(),
        state: Some("s-1".to_owned()),
        challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM".to_owned(),
        thumbprint: None,
    }
}

pub fn save(id: Option<EntryId>, kind: Kind, fields: Fields) -> Save {
    Save { id, kind, lang: "sv".to_owned(), fields, keep_out: BTreeSet::new(), let_in: BTreeSet::new() }
}

pub fn fields<const N: usize>(all: [(&str, Value); N]) -> Fields {
    all.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

pub fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// A skill in free text.
pub fn skill(name: &str) -> Fields {
    fields([("skill", Value::Concept(ConceptRef::free(name)))])
}

pub fn need(what: &str) -> Fields {
    fields([("need", text(what))])
}
