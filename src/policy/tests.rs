//! That the policies refuse what they must, also where everything else would let it pass.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::LazyLock;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::consent::{Mode, Right};
use crate::domain::organisation::Role;
use crate::domain::profile::{Class, Kind, Section};
use crate::domain::{ConsentId, OwnerId, StaffId, UnitId};

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::embedded().expect("ours"));
static OURS: LazyLock<Policy> = LazyLock::new(|| Policy::load(None, &CATALOGUE).expect("ours"));

fn owner(n: u128) -> OwnerId {
    OwnerId(Uuid::from_u128(n))
}

fn unit(n: u128) -> UnitId {
    UnitId(Uuid::from_u128(n))
}

fn consent(n: u128) -> ConsentId {
    ConsentId(Uuid::from_u128(n))
}

fn fresh() -> Actor {
    Actor::Participant { owner: owner(1), opened: true, fresh: true }
}

fn sharing<'a>(recipient: &'a str, purpose: &'a str, kinds: &'a BTreeSet<Kind>, rights: &'a BTreeSet<Right>) -> Sharing<'a> {
    Sharing {
        owner: owner(1),
        consent: consent(1),
        unit: unit(1),
        recipient,
        purpose,
        kinds,
        rights,
        mode: Mode::Copy,
        days: 30,
        given: true,
        in_time: true,
        protected: false,
        link: false,
    }
}

/// The recipient kinds with every ceiling lifted: what the prohibitions refuse then, they refuse by themselves.
fn lifted() -> Policy {
    let lift = |kind: &crate::domain::recipient::RecipientKind| {
        let mut kind = kind.clone();
        kind.allowed = Kind::ALL.iter().copied().collect();
        kind
    };
    let kinds = CATALOGUE.kinds().iter().map(lift).collect();
    Policy::load(None, &Catalogue::unchecked(kinds, &CATALOGUE)).expect("ours")
}

#[test]
fn the_prohibitions_hold_without_any_ceiling() {
    let (policy, rights) = (lifted(), BTreeSet::from([Right::Read]));
    for kind in Kind::ALL {
        let kinds = BTreeSet::from([*kind]);
        for (recipient, purpose) in [("social_services", "self_support"), ("employer_apply", "recruitment")] {
            let terms = sharing(recipient, purpose, &kinds, &rights);
            let never = kind.never_shared() || (recipient == "employer_apply" && kind.section() >= Section::P12);
            for (actor, action) in [
                (fresh(), Action::GiveConsent),
                (fresh(), Action::ChangeConsent),
                (fresh(), Action::RemakeBundle),
                (Actor::Token { consent: consent(1), unit: unit(1) }, Action::Disclose),
            ] {
                let answer = policy.decide(&Question { actor, action, resource: Resource::Sharing(&terms) });
                assert_eq!(answer.is_err(), never, "{recipient} {} {}", kind.name(), action.name());
            }
        }
    }
}

#[test]
fn each_sensitive_kind_asks_for_the_passphrase_again() {
    let (policy, rights) = (lifted(), BTreeSet::from([Right::Read]));
    let opened = Actor::Participant { owner: owner(1), opened: true, fresh: false };
    for kind in Kind::ALL.iter().filter(|kind| !kind.never_shared()) {
        let kinds = BTreeSet::from([*kind]);
        let terms = sharing("social_services", "self_support", &kinds, &rights);
        let answer = policy.decide(&Question { actor: opened, action: Action::GiveConsent, resource: Resource::Sharing(&terms) });
        let asked = answer.is_err_and(|refused| refused.why == Why::AskAgain);
        assert_eq!(asked, kind.class() != Class::Normal, "{}", kind.name());
    }
}

#[test]
fn an_action_on_the_wrong_sort_of_thing_is_refused() {
    let policy = &*OURS;
    for action in Action::ALL.iter().filter(|action| action.on() != On::Profile) {
        let question = Question { actor: fresh(), action: *action, resource: Resource::Profile { owner: owner(1) } };
        assert!(policy.decide(&question).is_err(), "{}", action.name());
    }
}

#[test]
fn a_permit_tells_what_it_is_for_and_prints_nobody() {
    let permit = OURS
        .decide(&Question { actor: fresh(), action: Action::WriteEntry, resource: Resource::Profile { owner: owner(1) } })
        .expect("one's own");
    assert_eq!((permit.action(), permit.owner(), permit.unit()), (Action::WriteEntry, Some(owner(1)), None));
    assert_eq!(format!("{permit:?}"), "Permit(WriteEntry)");
}

#[test]
fn ending_needs_no_opened_keyring() {
    let policy = &*OURS;
    let closed = Actor::Participant { owner: owner(1), opened: false, fresh: false };
    let consent = Resource::Consent { owner: owner(1), consent: consent(1), unit: unit(1) };
    let profile = Resource::Profile { owner: owner(1) };
    for (action, resource) in [(Action::WithdrawConsent, consent), (Action::Block, profile), (Action::AskErase, profile)] {
        assert!(policy.decide(&Question { actor: closed, action, resource }).is_ok(), "{}", action.name());
    }
}

/// A folder of all policies in which one file is changed.
struct Folder(PathBuf);

impl Folder {
    fn with(name: &str, file: &str, text: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("egenkarta-policies-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        for (name, ours) in load::FILES {
            std::fs::write(folder.join(name), ours).expect("written");
        }
        std::fs::write(folder.join(file), text).expect("written");
        Self(folder)
    }

    fn load(&self) -> Result<Policy, PolicyFault> {
        Policy::load(Some(&self.0), &CATALOGUE)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A folder left behind in the temporary folder harms nobody.
        let _left = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn broken_policies_are_not_taken() {
    let fault = |name: &str, file: &str, text: &str| Folder::with(name, file, text).load().err();
    let schema = include_str!("../../policies/schema.cedarschema");
    assert!(matches!(fault("syntax", "token.cedar", "permit (principal"), Some(PolicyFault::Unparsable { .. })));
    assert!(matches!(fault("schema", "schema.cedarschema", "entity"), Some(PolicyFault::Unparsable { .. })));
    let permit = "permit (principal is Token, action == Action::\"Disclose\", resource)";
    assert!(matches!(fault("nameless", "token.cedar", &format!("{permit};")), Some(PolicyFault::Unnamed { .. })));
    let twice = format!("@id(\"a\") {permit}; @id(\"a\") {permit};");
    assert!(matches!(fault("twice", "token.cedar", &twice), Some(PolicyFault::Unnamed { .. })));
    let nonsense = format!("@id(\"a\") @tells(\"nonsense\") {permit};");
    assert!(matches!(fault("nonsense", "token.cedar", &nonsense), Some(PolicyFault::Unnamed { .. })));
    let misspelt = format!("@id(\"a\") {permit} when {{ resource.knids.isEmpty() }};");
    assert!(matches!(fault("misspelt", "token.cedar", &misspelt), Some(PolicyFault::Invalid { .. })));
    let template = "@id(\"a\") permit (principal == ?principal, action, resource);";
    assert!(matches!(fault("template", "token.cedar", template), Some(PolicyFault::Unparsable { .. })));
    let other = schema.replace("principal: [Job], resource: Account", "principal: [Job], resource: Profile");
    assert!(matches!(fault("other", "schema.cedarschema", &other), Some(PolicyFault::NoAction { action: "EndAgain" })));
    let less = schema.replace("action MintToken appliesTo", "action MakeToken appliesTo");
    assert!(fault("less", "schema.cedarschema", &less).is_some());
}

#[test]
fn a_folder_that_is_absent_or_holds_too_little_or_too_much_is_not_taken() {
    let nowhere = std::env::temp_dir().join("egenkarta-policies-nowhere");
    assert!(matches!(Policy::load(Some(&nowhere), &CATALOGUE), Err(PolicyFault::NoFolder { .. })));
    let lacking = Folder::with("lacking", "token.cedar", "");
    std::fs::remove_file(lacking.0.join("prohibitions.cedar")).expect("was there");
    assert!(matches!(lacking.load(), Err(PolicyFault::NoFile { file: "prohibitions.cedar" })));
    for name in ["prohibition.cedar", "Prohibitions.cedar", "prohibitions.cedar.bak", "schema.cedarschema.json"] {
        let stray = Folder::with(name, name, "").load().err();
        assert!(matches!(stray, Some(PolicyFault::Stray { file }) if file == name), "{name}");
    }
    let notes = Folder::with("notes", "README.md", "Why we changed it.");
    assert!(notes.load().is_ok(), "what is no file of policies may lie beside them");
}

#[test]
fn policies_that_permit_what_is_never_permitted_are_told_and_stricter_ones_pass() {
    let lax = |name: &str, file: &str, text: &str| {
        let policy = Folder::with(name, file, text).load().expect("valid");
        policy.no_laxer_than(&OURS).err().map(|fault| fault.to_string())
    };
    let ours = include_str!("../../policies/prohibitions.cedar");
    assert!(OURS.no_laxer_than(&OURS).is_ok());
    let said = lax("empty", "prohibitions.cedar", "").expect("nothing is forbidden");
    assert!(said.contains("must never be permitted") && !said.contains("Never"), "{said}");
    let ended = ours.replace("resource.given && resource.in_time", "resource.in_time");
    assert!(ended != ours && lax("ended", "prohibitions.cedar", &ended).is_some(), "what was withdrawn stays so");
    let all = r#"@id("all") permit (principal is Newcomer, action, resource);"#;
    assert!(lax("newcomer", "visitor.cedar", all).is_some(), "what no policy allows is never allowed");
    let stricter = format!("{ours}\n@id(\"no-links\") forbid (principal, action == Action::\"OpenLink\", resource);");
    assert_eq!(lax("stricter", "prohibitions.cedar", &stricter), None);
}

#[test]
fn a_policy_that_allows_all_still_meets_the_prohibitions() {
    let all = r#"@id("all") permit (principal, action, resource);"#;
    let policy = Folder::with("all", "participant.cedar", all).load().expect("valid");
    let question = |n| Question { actor: fresh(), action: Action::ReadProfile, resource: Resource::Profile { owner: owner(n) } };
    assert!(policy.decide(&question(1)).is_ok());
    assert_eq!(policy.decide(&question(2)).expect_err("another's").by, ["not-anothers"]);
}

/// What was allowed is kept without ids, unless a policy of an operator's names somebody.
#[test]
fn a_policy_that_names_one_unit_stops_that_unit_alone() {
    let ours = include_str!("../../policies/prohibitions.cedar");
    let named = format!(
        "{ours}\n@id(\"not-that-one\") forbid (principal, action == Action::\"Disclose\", resource) when {{ resource.unit == Unit::\"{}\" }};",
        unit(2).0.simple()
    );
    let policy = Folder::with("named", "prohibitions.cedar", &named).load().expect("valid");
    let (kinds, rights) = (BTreeSet::from([Kind::Skill]), BTreeSet::from([Right::Read]));
    let read = |n| {
        let terms = Sharing { unit: unit(n), ..sharing("af", "job_matching", &kinds, &rights) };
        let actor = Actor::Token { consent: consent(1), unit: unit(n) };
        policy.decide(&Question { actor, action: Action::Disclose, resource: Resource::Sharing(&terms) }).map(drop)
    };
    assert!(read(1).is_ok());
    assert_eq!(read(2).expect_err("named").by, ["not-that-one"]);
    assert!(read(3).is_ok());
}

fn any_actor() -> impl Strategy<Value = Actor> {
    let roles = prop_oneof![Just(Role::Administrator), Just(Role::Reader), Just(Role::Issuer)];
    prop_oneof![
        Just(Actor::Anonymous),
        (1..3u128, any::<bool>(), any::<bool>()).prop_map(|(n, opened, fresh)| Actor::Participant {
            owner: owner(n),
            opened,
            fresh
        }),
        (1..3u128, roles, any::<bool>(), any::<bool>()).prop_map(|(n, role, opened, fresh)| {
            Actor::Staff { staff: StaffId(Uuid::from_u128(9)), unit: unit(n), role, opened, fresh }
        }),
        (1..3u128, 1..3u128).prop_map(|(c, u)| Actor::Token { consent: consent(c), unit: unit(u) }),
        Just(Actor::Job),
        Just(Actor::Operator),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// The rule once more in Rust, for readings: whatever the policies come to say, nothing beyond this passes.
    #[test]
    fn nothing_is_read_beyond_the_consent(
        actor in any_actor(),
        ids in (1..3u128, 1..3u128),
        chosen in proptest::collection::btree_set(proptest::sample::select(Kind::ALL), 0..4),
        recipient in proptest::sample::select(vec!["af", "fk", "employer_apply", "ngo"]),
        (given, in_time, read, copy) in any::<(bool, bool, bool, bool)>(),
        action in proptest::sample::select(vec![Action::Disclose, Action::DeliverCopy]),
    ) {
        let rights: BTreeSet<Right> = read.then_some(Right::Read).into_iter().collect();
        let mode = if copy { Mode::Copy } else { Mode::View };
        let plain = sharing(recipient, "mentoring", &chosen, &rights);
        let terms = Sharing { consent: consent(ids.0), unit: unit(ids.1), mode, given, in_time, ..plain };
        let reads = match actor {
            Actor::Staff { unit, role, opened, .. } => unit == terms.unit && role != Role::Issuer && opened,
            Actor::Token { consent, unit } => consent == terms.consent && unit == terms.unit,
            _ => false,
        };
        let within = CATALOGUE.kind(recipient).is_some_and(|kind| chosen.is_subset(&kind.allowed));
        let right = reads && within && given && in_time && read && (copy || action == Action::Disclose);
        let answer = OURS.decide(&Question { actor, action, resource: Resource::Sharing(&terms) });
        prop_assert_eq!(answer.is_ok(), right);
    }
}
