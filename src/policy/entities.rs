//! Our values as Cedar's entities, built in code: from JSON they would cost six times as much.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use cedar_policy::{Entity, EntityId, EntityTypeName, EntityUid, RestrictedExpression as Value};
use uuid::Uuid;

use super::question::{Action, Actor, Issuing, On, Resource, Sharing};
use crate::domain::consent::Right;
use crate::domain::profile::{Class, Kind};
use crate::domain::recipient::RecipientKind;

/// Who asks and what it is done to are known by their attributes; where nobody compares their id, it says nothing.
const ITSELF: &str = "it";

macro_rules! types {
    ($($field:ident $name:literal),* $(,)?) => {
        struct Types { $($field: EntityTypeName),* }

        /// The entity types of the schema, parsed once.
        static TYPES: LazyLock<Types> = LazyLock::new(|| Types {
            $($field: $name.parse().expect("a plain name is a type name")),*
        });
    };
}

types! {
    account "Account", action "Action", anonymous "Anonymous", card "Card", client "Client", consent "Consent", issuing "Issuing", job "Job", link "Link",
    new_token "NewToken",
    newcomer "Newcomer", operator "Operator", owner "Owner", participant "Participant", profile "Profile",
    recipient_kind "RecipientKind", sharing "Sharing", showing "Showing", staff "Staff", system "System", token "Token", unit "Unit",
}

pub(super) fn action(action: Action) -> EntityUid {
    uid(&TYPES.action, action.name())
}

/// The entity type of what an action is done to.
pub(super) fn sort(on: On) -> &'static EntityTypeName {
    let t = &*TYPES;
    match on {
        On::System => &t.system,
        On::Account => &t.account,
        On::Profile => &t.profile,
        On::Unit => &t.unit,
        On::Consent => &t.consent,
        On::Token => &t.new_token,
        On::Link => &t.link,
        On::Showing => &t.showing,
        On::Issuing => &t.issuing,
        On::Sharing => &t.sharing,
    }
}

/// Whether entities of this type are the same for everyone: none is a person's, a consent or a unit.
pub(super) fn is_common(type_name: &EntityTypeName) -> bool {
    [&TYPES.action, &TYPES.recipient_kind].contains(&type_name)
}

/// A recipient kind with its ceiling; `None` where Cedar cannot hold it.
pub(super) fn recipient_kind(kind: &RecipientKind) -> Option<Entity> {
    let purposes = Value::new_set(kind.purposes.iter().map(|purpose| Value::new_string(purpose.clone())));
    let attributes =
        [("allowed", kinds(&kind.allowed)), ("purposes", purposes), ("max_days", number(kind.max_days)), ("link", flag(kind.link))];
    entity(uid(&TYPES.recipient_kind, &kind.id), attributes)
}

/// Who asks; `None` where Cedar cannot hold it.
pub(super) fn principal(actor: &Actor) -> Option<Entity> {
    let t = &*TYPES;
    match *actor {
        Actor::Anonymous => entity(uid(&t.anonymous, ITSELF), []),
        Actor::Newcomer { invited_to: None } => entity(uid(&t.newcomer, ITSELF), []),
        Actor::Newcomer { invited_to: Some(unit) } => {
            entity(uid(&t.newcomer, ITSELF), [("invited_to", reference(&t.unit, unit.0))])
        }
        Actor::Participant { owner, opened, fresh } => entity(
            uid(&t.participant, ITSELF),
            [("owner", reference(&t.owner, owner.0)), ("opened", flag(opened)), ("fresh", flag(fresh))],
        ),
        Actor::Card { owner } => entity(uid(&t.card, ITSELF), [("owner", reference(&t.owner, owner.0)), ("fresh", flag(false))]),
        Actor::Staff { staff, unit, role, opened, fresh } => entity(
            uid(&t.staff, ITSELF),
            [
                ("owner", reference(&t.owner, staff.0)),
                ("unit", reference(&t.unit, unit.0)),
                ("role", word(role.word())),
                ("opened", flag(opened)),
                ("fresh", flag(fresh)),
            ],
        ),
        Actor::Token { consent, unit } => {
            entity(uid(&t.token, ITSELF), [("consent", reference(&t.consent, consent.0)), ("unit", reference(&t.unit, unit.0))])
        }
        Actor::Client { unit } => entity(uid(&t.client, ITSELF), [("unit", reference(&t.unit, unit.0))]),
        Actor::Job => entity(uid(&t.job, ITSELF), []),
        Actor::Operator => entity(uid(&t.operator, ITSELF), []),
    }
}

/// What it is done to; `None` where Cedar cannot hold it.
pub(super) fn resource(resource: &Resource<'_>) -> Option<Entity> {
    let t = &*TYPES;
    match *resource {
        Resource::System => entity(uid(&t.system, ITSELF), []),
        Resource::Account { owner } => entity(uid(&t.account, ITSELF), [("owner", reference(&t.owner, owner.0))]),
        Resource::Profile { owner } => entity(uid(&t.profile, ITSELF), [("owner", reference(&t.owner, owner.0))]),
        Resource::Unit { unit } => entity(id(&t.unit, unit.0), []),
        Resource::Consent { owner, consent, unit } => {
            entity(id(&t.consent, consent.0), [("owner", reference(&t.owner, owner.0)), ("unit", reference(&t.unit, unit.0))])
        }
        Resource::Token { owner, unit, given, in_time, days, consent: _ } => entity(
            uid(&t.new_token, ITSELF),
            [
                ("owner", reference(&t.owner, owner.0)),
                ("unit", reference(&t.unit, unit.0)),
                ("given", flag(given)),
                ("in_time", flag(in_time)),
                ("days", number(days)),
            ],
        ),
        Resource::Link { owner, given, in_time, left, tries, consent: _, unit: _ } => entity(
            uid(&t.link, ITSELF),
            [
                ("owner", reference(&t.owner, owner.0)),
                ("given", flag(given)),
                ("in_time", flag(in_time)),
                ("left", number(left)),
                ("tries", number(tries)),
            ],
        ),
        Resource::Showing { owner, given, in_time, left } => entity(
            uid(&t.showing, ITSELF),
            [("owner", reference(&t.owner, owner.0)), ("given", flag(given)), ("in_time", flag(in_time)), ("left", number(left))],
        ),
        Resource::Issuing(Issuing { unit, within, level, most, second }) => entity(
            uid(&t.issuing, ITSELF),
            [
                ("unit", reference(&t.unit, unit.0)),
                ("within", flag(within)),
                ("level", number(level)),
                ("most", number(most)),
                ("second", flag(second)),
            ],
        ),
        Resource::Sharing(sharing) => terms(sharing),
    }
}

fn terms(sharing: &Sharing<'_>) -> Option<Entity> {
    let t = &*TYPES;
    let rights = sharing.rights.iter().map(|right| match right {
        Right::Read => word("read"),
        Right::Propose => word("propose"),
    });
    entity(
        uid(&t.sharing, ITSELF),
        [
            ("owner", reference(&t.owner, sharing.owner.0)),
            ("consent", reference(&t.consent, sharing.consent.0)),
            ("unit", reference(&t.unit, sharing.unit.0)),
            ("recipient", Value::new_entity_uid(uid(&t.recipient_kind, sharing.recipient))),
            ("purpose", word(sharing.purpose)),
            ("kinds", kinds(sharing.kinds)),
            ("sensitive", flag(sharing.kinds.iter().any(|kind| kind.class() != Class::Normal))),
            ("rights", Value::new_set(rights)),
            ("mode", word(sharing.mode.word())),
            ("days", number(sharing.days)),
            ("given", flag(sharing.given)),
            ("in_time", flag(sharing.in_time)),
            ("protected", flag(sharing.protected)),
            ("link", flag(sharing.link)),
        ],
    )
}

fn entity<const N: usize>(uid: EntityUid, attributes: [(&str, Value); N]) -> Option<Entity> {
    let attributes = attributes.into_iter().map(|(name, value)| (name.to_owned(), value));
    Entity::new_with_tags(uid, attributes, [], []).ok()
}

fn uid(type_name: &EntityTypeName, id: &str) -> EntityUid {
    EntityUid::from_type_name_and_id(type_name.clone(), EntityId::new(id))
}

fn id(type_name: &EntityTypeName, id: Uuid) -> EntityUid {
    uid(type_name, id.simple().encode_lower(&mut Uuid::encode_buffer()))
}

fn reference(type_name: &EntityTypeName, of: Uuid) -> Value {
    Value::new_entity_uid(id(type_name, of))
}

fn kinds(kinds: &BTreeSet<Kind>) -> Value {
    Value::new_set(kinds.iter().map(|kind| word(kind.name())))
}

fn word(text: &str) -> Value {
    Value::new_string(text.to_owned())
}

fn flag(holds: bool) -> Value {
    Value::new_bool(holds)
}

fn number(n: u16) -> Value {
    Value::new_long(n.into())
}
