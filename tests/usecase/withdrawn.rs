//! One table for one promise: after a withdrawal the next request is denied, on every path by which anything of a consent gets out.

use egenkarta::domain::ConsentId;
use egenkarta::domain::consent::Mode;
use egenkarta::domain::oauth::Fault;
use egenkarta::domain::profile::{Kind, Section};
use egenkarta::usecase::consent::{Choice, Given};
use egenkarta::usecase::delivery::Sender;
use egenkarta::usecase::link::{Made, NotOpened};

use super::link::choice;
use crate::rfc::receiver::{Receiver, checked, sender};
use crate::support::grant::{Program, texts};
use crate::support::people::{Owner, TestUnit, asked, skill};
use crate::support::proof::{Nobody, outside};
use crate::support::{TestApp, on_both};

#[derive(Clone, Copy, Debug)]
enum Path {
    Code,
    Refresh,
    Access,
    Exchanged,
    Device,
    /// A token that the unit's administrator made.
    Minted,
    Copy,
    Inbox,
    /// Opened by the service.
    Link,
    /// Opened in the opener's own program.
    SealedLink,
    Webhook,
}

const PATHS: [Path; 11] = [
    Path::Code,
    Path::Refresh,
    Path::Access,
    Path::Exchanged,
    Path::Device,
    Path::Minted,
    Path::Copy,
    Path::Inbox,
    Path::Link,
    Path::SealedLink,
    Path::Webhook,
];

/// What is presented at each request.
enum Held {
    /// Each serves once.
    Codes(Program, Vec<String>),
    Refresh(Program, String),
    Access(Program, String),
    Minted(String),
    Copy(String),
    Inbox(TestUnit, ConsentId),
    Link(Made),
    SealedLink(Made),
    Webhook(Receiver, Sender),
}

struct Case {
    person: Owner,
    consent: ConsentId,
    held: Held,
}

/// Someone with one skill, and a unit: others for each path.
async fn met(app: &TestApp, path: Path) -> (Owner, TestUnit) {
    let person = app.participant(&format!("Amina {path:?}")).await;
    app.add(&person.session(app).await, Kind::Skill, skill("svetsa")).await;
    (person, app.unit_named("af", &format!("Enheten {path:?}"), &format!("Adina {path:?}")).await)
}

async fn minted(app: &TestApp, unit: &TestUnit, consent: ConsentId) -> String {
    let admin = unit.administrator.session(app).await;
    app.service.mint(&admin, consent, 7, "systemet").await.unwrap().0.text().as_str().to_owned()
}

/// A consent given, with what its path presents.
async fn given(app: &TestApp, path: Path) -> Case {
    match path {
        Path::Link | Path::SealedLink => {
            let (person, _) = met(app, path).await;
            let made = app.service.make_link(&person.session(app).await, &choice(app, 5)).await.unwrap();
            let consent = made.given.terms.consent;
            let held = if matches!(path, Path::Link) { Held::Link(made) } else { Held::SealedLink(made) };
            return Case { person, consent, held };
        }
        Path::Device => return device(app).await,
        _ => {}
    }
    let receiver = Receiver::start(&[]).await;
    let (person, unit) = met(app, path).await;
    if matches!(path, Path::Webhook) {
        let admin = unit.administrator.session(app).await;
        app.service.set_receiver(&admin, &receiver.address, true).await.unwrap();
    }
    let mode = if matches!(path, Path::Copy) { Mode::Copy } else { Mode::View };
    let wanted = Choice { mode, ..app.choice(unit.id, &[Section::P07]) };
    let given = app.service.give(&person.session(app).await, &wanted).await.unwrap();
    let consent = given.terms.consent;
    let held = match path {
        Path::Webhook => Held::Webhook(receiver, sender(app)),
        Path::Minted => Held::Minted(minted(app, &unit, consent).await),
        Path::Copy => Held::Copy(minted(app, &unit, consent).await),
        Path::Inbox => {
            app.service.state_case(&unit.administrator.session(app).await, consent, "2026-118").await.unwrap();
            Held::Inbox(unit, consent)
        }
        _ => granted(app, path, (&person, &unit, &given)).await,
    };
    Case { person, consent, held }
}

/// What a program holds by the protocol.
async fn granted(app: &TestApp, path: Path, (person, unit, given): (&Owner, &TestUnit, &Given)) -> Held {
    let program = app.program(unit.id, "Systemet");
    if matches!(path, Path::Code) {
        let codes = vec![app.code(&program, person, given, &[]).await, app.code(&program, person, given, &[]).await];
        return Held::Codes(program, codes);
    }
    let (access, refresh) = texts(&app.collected(&program, person, given).await.unwrap());
    match path {
        Path::Refresh => Held::Refresh(program, refresh),
        Path::Exchanged => {
            let narrower = program.exchange(app, &access, app.part(unit.id, &[Section::P07])).await.unwrap();
            Held::Access(program, texts(&narrower).0)
        }
        _ => Held::Access(program, access),
    }
}

/// By the device grant, from its beginning.
async fn device(app: &TestApp) -> Case {
    let (person, unit) = met(app, Path::Device).await;
    let program = app.program(unit.id, "Systemet");
    let (begun, given) = approved(app, &program, &person).await;
    let approved = app.service.collect(&program.client, &begun).await.unwrap();
    let tokens = app.service.collected(&program.client, &program.key, approved).await.unwrap();
    Case { person, consent: given.terms.consent, held: Held::Access(program, texts(&tokens).0) }
}

/// A device code whose request has had a yes.
async fn approved(app: &TestApp, program: &Program, person: &Owner) -> (String, Given) {
    let unit = program.client.unit;
    let wanted = asked(app, unit, &[Section::P07]);
    let answer = Choice { until: wanted.until, ..app.choice(unit, &[Section::P07]) };
    let begun = app.service.begin_device(&program.client, wanted).await.unwrap();
    let (given, _) = app.service.say_yes(&person.session(app).await, &begun.user_code, &answer).await.unwrap();
    (begun.device_code, given)
}

/// Whether one more request gets something out.
async fn gets(app: &TestApp, held: &mut Held) -> bool {
    match held {
        Held::Codes(program, codes) => match program.redeem(app, &codes.pop().expect("another code")).await {
            Ok(tokens) => app.reads(program, &texts(&tokens).0).await == Some(1),
            Err(fault) => {
                assert_eq!(fault, Fault::Grant);
                false
            }
        },
        Held::Refresh(program, token) => match program.refresh(app, token).await {
            Ok(tokens) => app.reads(program, &texts(&tokens).0).await == Some(1),
            Err(fault) => {
                assert_eq!(fault, Fault::Grant);
                false
            }
        },
        Held::Access(program, token) => app.reads(program, token).await == Some(1),
        Held::Minted(token) => app.service.read_by_token(token, None).await.is_ok(),
        Held::Copy(token) => app.service.copy_by_token(token, None, outside(&Nobody)).await.is_ok(),
        Held::Inbox(unit, consent) => app.service.read_by_staff(&unit.administrator.session(app).await, *consent).await.is_ok(),
        Held::Link(made) => match app.service.read_by_link(made.id, &made.secret, None).await {
            Err(NotOpened::Closed) => false,
            other => other.is_ok(),
        },
        Held::SealedLink(made) => app.service.open_sealed(made.id, &made.secret.proof(), None).await.is_ok(),
        Held::Webhook(receiver, sender) => {
            app.service.deliver(sender).await.unwrap();
            let last = receiver.sent().pop().expect("something was pushed");
            let (_, claims) = checked(app, &last.body).expect("our key fits");
            let event = claims["events"].as_object().unwrap().keys().next().unwrap().clone();
            // The unit's own system is told at once, so that it stops using what it keeps.
            assert!(event.ends_with("consent-given") || event.ends_with("consent-withdrawn"), "{event}");
            event.ends_with("consent-given")
        }
    }
}

on_both!(withdrawal_denies_at_the_next_request_on_every_path, |app| {
    for path in PATHS {
        let Case { person, consent, mut held } = given(app, path).await;
        assert!(gets(app, &mut held).await, "{path:?}: as it was given it reads");
        app.service.withdraw(&person.session(app).await, consent).await.unwrap();
        assert!(!gets(app, &mut held).await, "{path:?}: after the withdrawal");
    }
});

on_both!(what_was_approved_and_withdrawn_before_it_was_collected_is_never_handed_out, |app| {
    let (person, unit) = met(app, Path::Device).await;
    let program = app.program(unit.id, "Systemet");
    let (device_code, given) = approved(app, &program, &person).await;
    app.service.withdraw(&person.session(app).await, given.terms.consent).await.unwrap();
    let read = match app.service.collect(&program.client, &device_code).await {
        Ok(approved) => app.service.collected(&program.client, &program.key, approved).await.is_ok(),
        Err(_) => false,
    };
    assert!(!read);
});
