//! A busy little world in which every sealed column holds something, and in which everything that people typed is known.

use egenkarta::crypto::secret::Secret;
use egenkarta::domain::EntryId;
use egenkarta::domain::guide::Guide;
use egenkarta::domain::oauth::Asked;
use egenkarta::domain::organisation::Role;
use egenkarta::domain::profile::{ConceptRef, Kind, Section, Value};
use egenkarta::store::draft;
use egenkarta::usecase::account::Newcomer;
use egenkarta::usecase::consent::Given;
use egenkarta::usecase::link::{LinkChoice, Made};
use uuid::Uuid;

use crate::support::TestApp;
use crate::support::grant::{Program, texts};
use crate::support::issuing::TestIssuer;
use crate::support::paper::{keep, pdf};
use crate::support::people::{Owner, TestUnit, asked, fields, need, program, redirect, save, skill, text};
use crate::support::proof::{held, proof, wanted};

pub struct Scene {
    pub amina: Owner,
    pub bashir: Owner,
    pub unit: TestUnit,
    pub reader: Owner,
    /// Of Amina: two to the unit. The first was changed once, has a case and a token.
    pub first: Given,
    pub second: Given,
    pub token: String,
    pub other_token: String,
    /// A client of the unit, and a narrower token of the first that it got.
    pub program: Program,
    pub narrower: String,
    /// A login under way.
    pub login: Secret,
    pub invite: Secret,
    pub session: Secret,
    /// A request that waits, one that was answered and not collected, and Amina's card.
    pub pushed: String,
    pub device: String,
    pub card: String,
    /// Of Bashir, to an employer.
    pub link: Made,
    pub issuing: Issuing,
    /// Of Amina: a proof that she holds, and the code by which she shows it.
    pub proven: EntryId,
    pub shown: String,
}

/// Another unit, which issues: one proof that waits for its holder, an assessment for a second person, a file with its codes.
pub struct Issuing {
    pub issuer: TestIssuer,
    pub issued: Uuid,
    pub code: String,
    pub file: Uuid,
}

/// Whatever was typed in the scene, names of people and free text; none of it may be found at rest.
pub const TYPED: &[&str] = &[
    "Zebulonia-Amina",
    "Quillfeather",
    "svetsning-av-sjunkna-klockor",
    "tystrum-med-gronaste-dorren",
    "Fikonlovsgatan",
    "Adelgunda-Administrator",
    "Rutger-Laesare",
    "Petronella-Borta",
    "Vilhelmina-Inbjuden",
    "Xarende-4711-Y",
    "Journalsystemet-Ofelia",
    "inloggningstillstand-Kajsa",
    "en egen fras for",
    "utkastet-om-mitt-liv",
    "kodordet-Sesamfron",
    "Fritiof-Innehavare",
    "Kornknarr",
    "Beteckningen-Zeta-9",
    "Vantrummets-Omega",
    "Filraden-Sigma",
    "svetsprovet-Regnbagsglimmer",
    "Intyget-om-Ormbunkar",
    "Lagerbolaget",
    "Blåbärsgrötens Äventyrsbyrå",
    "Åsa-Märta Öbergsdöttrar",
    "Ärendet-om-Häxöarna",
    "مخبز الزيتونة القديمة",
];

impl Scene {
    pub async fn new(app: &TestApp) -> Self {
        let service = &app.service;
        let unit = app.unit_named("municipal_labour", "Enheten", "Adelgunda-Administrator").await;
        let (amina, bashir) = (app.participant("Zebulonia-Amina").await, app.participant("Quillfeather").await);
        let (first, second) = Self::maps(app, &amina, &bashir, &unit).await;
        let reader = app.colleague(&unit, "Rutger-Laesare", Role::Reader).await;
        let gone = app.colleague(&unit, "Petronella-Borta", Role::Reader).await;
        let admin = unit.administrator.session(app).await;
        for (given, case) in [(&first, "Xarende-4711-Y"), (&second, "Ärendet-om-Häxöarna")] {
            service.state_case(&admin, given.terms.consent, case).await.unwrap();
        }
        service.remove_staff(&admin, gone.staff_id()).await.unwrap();
        service.rotate_unit_if_due(&admin).await.unwrap().expect("someone has left");
        let token = async |given: &Given| {
            service.mint(&admin, given.terms.consent, 7, "Journalsystemet-Ofelia").await.unwrap().0.text().as_str().to_owned()
        };
        let (token, other_token) = (token(&first).await, token(&second).await);
        service.read_by_token(&token, None).await.unwrap();
        let invite = service.invite(&admin, "Vilhelmina-Inbjuden", Role::Reader).await.unwrap();
        let program = app.program(unit.id, "Journalsystemet-Ofelia");
        let whole = app.collected(&program, &amina, &first).await.unwrap();
        let narrower = program.exchange(app, &texts(&whole).0, app.part(unit.id, &[Section::P07])).await.unwrap();
        let narrower = texts(&narrower).0;
        let login = Newcomer::new(false, false, Some("inloggningstillstand-Kajsa".to_owned()), None);
        let login = service.keep_login(&login).await.unwrap();
        let _another = service.keep_login(&"inloggningstillstand-Kajsa").await.unwrap();
        keep_draft(app, &amina).await;
        service.keep_guide(&amina.session(app).await, &Guide::default()).await.unwrap();
        let proven = held(app, &amina.session(app).await, &proof(app)).await;
        let (of_amina, shown) = (amina.session(app).await, wanted(app, proven));
        let showing = service.make_showing(&of_amina, &shown, "http://localhost:8080/verify").await.unwrap();
        let shown = showing.kept.unwrap().code;
        let session = amina.cookie(app).await;
        let link = link(app, &bashir).await;
        let (pushed, device, card) = Self::requests(app, &amina, &unit).await;
        let issuing = issuing(app).await;
        service.sequence_log().await.unwrap();
        Self {
            amina,
            bashir,
            unit,
            reader,
            first,
            second,
            token,
            other_token,
            program,
            narrower,
            login,
            invite,
            session,
            pushed,
            device,
            card,
            link,
            issuing,
            proven,
            shown,
        }
    }

    async fn requests(app: &TestApp, amina: &Owner, unit: &TestUnit) -> (String, String, String) {
        let (service, client) = (&app.service, program(unit.id));
        let asked = || Asked { purpose: "activity_planning".to_owned(), ..asked(app, unit.id, &[Section::P07]) };
        for _ in 0..2 {
            service.push_request(&client, asked(), redirect()).await.unwrap();
        }
        let (uri, _) = service.push_request(&client, asked(), redirect()).await.unwrap();
        let mut choice = app.choice(unit.id, &[Section::P07]);
        (choice.purpose, choice.until) = ("activity_planning".to_owned(), asked().until);
        let mut codes = Vec::new();
        for _ in 0..2 {
            let device = service.begin_device(&client, asked()).await.unwrap();
            service.say_yes(&amina.session(app).await, &device.user_code, &choice).await.unwrap();
            codes.push(device.device_code);
        }
        service.make_card(&amina.session(app).await).await.unwrap();
        let card = service.make_card(&amina.session(app).await).await.unwrap().printed().as_str().to_owned();
        (uri.rsplit(':').next().unwrap().to_owned(), codes.remove(1), card)
    }

    async fn maps(app: &TestApp, amina: &Owner, bashir: &Owner, unit: &TestUnit) -> (Given, Given) {
        let session = amina.session(app).await;
        let service = &app.service;
        let skilled = app.add(&session, Kind::Skill, skill("svetsning-av-sjunkna-klockor")).await;
        let work = fields([
            ("occupation", Value::Concept(ConceptRef::free("مخبز الزيتونة القديمة"))),
            ("employer", text("Blåbärsgrötens Äventyrsbyrå")),
            ("tasks", text("مخبز الزيتونة القديمة")),
        ]);
        app.add(&session, Kind::Work, work).await;
        app.add(&session, Kind::Education, fields([("title", text("Åsa-Märta Öbergsdöttrar"))])).await;
        app.add(&session, Kind::PreferredName, fields([("name", text("Zebulonia-Amina"))])).await;
        app.add(&session, Kind::Needs, need("tystrum-med-gronaste-dorren")).await;
        let home = fields([("municipality", text("Jönköping")), ("address", text("Fikonlovsgatan 12"))]);
        app.add(&session, Kind::Home, home).await;
        let mut choice = app.choice(unit.id, &[Section::P01, Section::P07]);
        choice.show_name = true;
        let first = service.give(&session, &choice).await.unwrap();
        let second = app.give(&session, unit.id, &[Section::P07]).await;
        let again = save(Some(skilled), Kind::Skill, skill("svetsning-av-sjunkna-klockor"));
        service.save_entry(&session, again).await.unwrap();
        keep(app, &session, "Intyget-om-Ormbunkar", Some(skilled), pdf("svetsprovet-Regnbagsglimmer", "Adelgunda-Administrator"))
            .await;
        let other = bashir.session(app).await;
        app.add(&other, Kind::Skill, skill("svetsning-av-sjunkna-klockor")).await;
        app.give(&other, unit.id, &[Section::P07]).await;
        (first, second)
    }
}

/// Twice of each, so that one can stand in the other's place.
async fn issuing(app: &TestApp) -> Issuing {
    let issuer = app.issuer_of(app.unit_named("validator", "Utfardaren", "Ulla-Utfardare").await).await;
    issuer.issue(app, "Beteckningen-Zeta-9").await;
    let (issued, code) = issuer.issue(app, "Beteckningen-Zeta-9").await;
    let session = issuer.first.session(app).await;
    let rows = "label,given_name,framework,part,level\nFilraden-Sigma,Fritiof-Innehavare,warehouse-forklift,whole,E2\n";
    let mut file = Uuid::nil();
    for _ in 0..2 {
        issuer.assess(app, "Vantrummets-Omega", "E4").await.unwrap();
        file = app.service.read_file(&session, issuer.desk(), rows.as_bytes()).await.unwrap();
        app.service.begin_batch(&session, issuer.desk(), file).await.unwrap();
        app.service.go_on(&session, issuer.desk(), file).await.unwrap();
    }
    Issuing { issuer, issued, code: code.printed().as_str().to_owned(), file }
}

/// A link to an employer, opened once.
async fn link(app: &TestApp, owner: &Owner) -> Made {
    let wanted = LinkChoice { word: Some("kodordet-Sesamfron".to_owned()), ..crate::usecase::link::choice(app, 100) };
    let made = app.service.make_link(&owner.session(app).await, &wanted).await.unwrap();
    crate::usecase::link::open(app, &made, Some("kodordet-Sesamfron")).await.unwrap();
    made
}

/// Drafts are sealed to their owner's public key by the pages; here as those do it.
async fn keep_draft(app: &TestApp, owner: &Owner) {
    use egenkarta::crypto::{Ad, Label, Padding, receive};
    let (id, now) = (uuid::Uuid::from_u128(77), app.service.now());
    let ad = Ad::new(Label::DraftOrphan).id(owner.id.0).id(id);
    let key = owner.keyring().public_key();
    let draft_of = |text: &str| receive::seal(&key, Label::DraftOrphan, &ad, Padding::Steps, text.as_bytes(), &*app.service.random);
    let sealed = draft_of("utkastet-om-mitt-liv").unwrap();
    let mut tx = app.service.db.write().await.unwrap();
    draft::insert(&mut tx, owner.id, id, sealed, now).await.unwrap();
    tx.commit().await.unwrap();
}
