//! The operator's commands, run as the operator runs them.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use chrono::Datelike;
use egenkarta::domain::profile::{Kind, Section};
use egenkarta::domain::time::DAY;
use egenkarta::domain::{Clock, SystemClock};

use crate::support::certificates::{BELIEVED, Leaf, pem, write};
use crate::support::people::{STAFF_ISSUER, skill};
use crate::support::raw::{Cell, rows};
use crate::support::{TestApp, on_both, starter};

fn command(app: &TestApp, arguments: &[&str]) -> Command {
    if arguments.contains(&"doctor") {
        starter::place(app.dir.path());
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_egenkarta"));
    command.args(arguments).arg("--data").arg(app.dir.path());
    if app.config.sqlite_file().is_none() {
        command.args(["--database", &app.config.database()]);
    }
    command
}

pub fn run(app: &TestApp, arguments: &[&str]) -> (bool, String) {
    told(&command(app, arguments).output().unwrap())
}

pub fn told(output: &Output) -> (bool, String) {
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    (output.status.success(), said)
}

on_both!(organisations_are_added_listed_and_invited, |app| {
    let add = |kind: &'static str, number: &'static str, base: &'static [&'static str]| {
        let fixed = ["organisation", "add", "--name", "Vetlanda kommun", "--unit", "Arbetsmarknad", "--issuer", "org-vetlanda"];
        run(app, &[&fixed[..], &["--kind", kind, "--number", number], base].concat())
    };
    let base = &["--base", "https://egenkarta.example"];
    let (done, said) = add("municipality_labour_market", "212000-0550", base);
    assert!(!done && said.contains("organisation number"), "{said}");
    let (done, said) = add("nobody", "212000-0571", base);
    assert!(!done && said.contains("af"), "a wrong kind lists all: {said}");
    let (done, said) = add("af", "212000-0571", &[]);
    assert!(!done && said.contains("--base"), "{said}");
    let (done, said) = add("af", "212000-0571", base);
    assert!(done && said.contains("    https://egenkarta.example/invite#"), "{said}");
    let (done, said) = add("af", "212000-0571", base);
    assert!(!done && said.contains("has a unit of this name"), "{said}");
    for (option, other) in [("--name", "Vetlanda"), ("--issuer", "eid"), ("--unit", "Arbets\u{202e}marknad")] {
        let fixed = [("--name", "Vetlanda kommun"), ("--unit", "En till"), ("--issuer", "org-vetlanda")];
        let said = fixed.iter().flat_map(|(name, value)| [*name, if *name == option { other } else { *value }]);
        let all: Vec<&str> = ["organisation", "add", "--kind", "af", "--number", "212000-0571"].into_iter().chain(said).collect();
        let (done, said) = run(app, &[&all[..], &base[..]].concat());
        assert!(!done && (said.contains("stands already, with the name") || option == "--unit"), "{option}: {said}");
    }
    assert_eq!(app.service.organisations().await.unwrap()[0].1.len(), 1);
    let (done, said) = run(app, &["organisation", "list"]);
    assert!(done && said.contains("212000-0571 Vetlanda kommun") && said.contains("waits for its first administrator"), "{said}");
    let unit = app.service.organisations().await.unwrap()[0].1[0].unit.id.to_string();
    let (done, said) = run(app, &["organisation", "invite", "--unit", &unit, "--base", "https://egenkarta.example"]);
    assert!(done && said.contains("/invite#"), "{said}");
    let nobody = "00000000-0000-4000-8000-000000000000";
    let (done, said) = run(app, &["organisation", "invite", "--unit", nobody, "--base", "https://egenkarta.example"]);
    assert!(!done && said.contains("no unit with this id"), "{said}");
});

on_both!(a_token_is_minted_with_the_passphrase_on_standard_input, |app| {
    let (person, unit) = (app.participant("Amina").await, app.unit("af").await);
    // The command goes by the machine's clock, the test by its own.
    app.clock.forward(egenkarta::domain::Clock::now(&egenkarta::domain::SystemClock).since(app.service.now()));
    let session = person.session(app).await;
    app.add(&session, Kind::Skill, skill("svetsa")).await;
    let given = app.give(&session, unit.id, &[Section::P07]).await;
    let named = |name: &str, phrase: &str, code: &str| {
        let subject = &unit.administrator.name;
        let arguments = ["token", "--issuer", STAFF_ISSUER, "--subject", subject, "--consent", code, "--days", "7", "--name", name];
        let mut command = command(app, &arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // One that fails early reads nothing.
        let _closed = child.stdin.take().unwrap().write_all(format!("{phrase}\n").as_bytes());
        told(&child.wait_with_output().unwrap())
    };
    let mint = |phrase: &str, code: &str| named("skript", phrase, code);
    let (done, said) = named(&"x".repeat(61), &unit.administrator.phrase, &given.code);
    assert!(!done && said.contains("--name takes at most 60 characters"), "{said}");
    let open = async || rows(&app.service.db, "session").await.iter().filter(|row| row["ended"] == Cell::Null).count();
    let before = open().await;
    let (done, said) = mint("en helt annan fras, inte ratt", &given.code);
    assert!(!done && said.contains("opens nothing"), "{said}");
    assert_eq!(open().await, before, "no session is left behind");
    let (done, said) = mint(&unit.administrator.phrase, "AAA-AAA");
    assert!(!done && said.contains("no live consent"), "{said}");
    let (done, said) = mint(&unit.administrator.phrase, &given.code.to_lowercase().replace('-', " "));
    assert!(done, "{said}");
    let token = said.lines().find(|line| line.starts_with("egk_")).unwrap();
    assert_eq!(app.service.read_by_token(token, None).await.unwrap().entries.len(), 1);
    let live = app.service.tokens(&unit.administrator.session(app).await).await.unwrap();
    assert_eq!(live.iter().map(|token| token.label.name.as_str()).collect::<Vec<_>>(), ["skript"]);
});

on_both!(the_log_is_verified_and_the_doctor_says_what_is_wrong, |app| {
    let _person = app.participant("Amina").await;
    while app.service.sequence_log().await.unwrap() > 0 {}
    let (done, note) = run(app, &["log", "checkpoint"]);
    assert!(done && note.starts_with("localhost\n"), "{note}");
    let file = app.dir.path().join("note");
    std::fs::write(&file, note.split("Key:").next().unwrap()).unwrap();
    let check = ["log", "verify", "--checkpoint", &file.display().to_string()];
    let (done, said) = run(app, &check);
    assert!(done, "{said}");
    let (done, said) = run(app, &[&check[..], &["--base", "https://moved.example"]].concat());
    assert!(done, "the log keeps its name: {said}");
    let (done, said) = run(app, &["doctor"]);
    assert!(!done && said.contains("WRONG  identity provider: none is configured"), "{said}");
    for name in ["database", "keys", "keys of the database", "policies", "taxonomy", "clock", "ended list", "disk"] {
        assert!(said.contains(&format!("ok     {name}: ")), "{name}: {said}");
    }
    let pepper = app.dir.path().join("keys/pepper.1");
    std::fs::write(&pepper, [7; 32]).unwrap();
    let (_, said) = run(app, &["doctor"]);
    assert!(said.contains("WRONG  keys of the database: ") && said.contains("pepper.1 is another"), "{said}");
    std::fs::remove_file(&pepper).unwrap();
    let (_, said) = run(app, &["doctor"]);
    assert!(said.contains("WRONG  keys: ") && said.contains("pepper.1 is missing"), "{said}");
});

on_both!(a_lost_or_foreign_server_key_is_not_replaced_where_anyone_has_written, |app| {
    let keys = app.dir.path().join("keys");
    let lost = |name: &str| std::fs::rename(keys.join(name), keys.join("away")).unwrap();
    let back = |name: &str| std::fs::rename(keys.join("away"), keys.join(name)).unwrap();
    app.participant("Amina").await;
    for name in egenkarta::app::KEY_NAMES {
        lost(name);
        let said = refused(app).await;
        assert!(said.contains(&format!("{name} is missing")) && said.contains("Put the saved one back"), "{said}");
        assert!(!keys.join(name).exists(), "{name} is not made anew");
        std::fs::write(keys.join(name), [7; 32]).unwrap();
        let said = refused(app).await;
        assert!(said.contains(&format!("{name} is another than")), "{said}");
        back(name);
    }
    app.restarted().await;
    // Before keys were marked: those without which nobody is found are not made anew either.
    crate::support::raw::execute(&app.service.db, "DELETE FROM server_key").await;
    lost("lookup.1");
    assert!(refused(app).await.contains("lookup.1 is missing"));
    back("lookup.1");
    app.restarted().await;
    assert_eq!(crate::support::raw::rows(&app.service.db, "server_key").await.len(), egenkarta::app::KEY_NAMES.len());
});

async fn refused(app: &TestApp) -> String {
    match egenkarta::app::build(&app.config, &app.seams).await {
        Ok(_) => panic!("it started"),
        Err(unbuilt) => unbuilt.to_string(),
    }
}

on_both!(the_doctor_and_the_start_look_at_the_certificate_towards_wallets, |app| {
    let folder = app.dir.path().to_owned();
    let file = |name: &str, text: String| write(&folder, name, &text).display().to_string();
    let anchors = file("anchors.pem", pem("CERTIFICATE", &BELIEVED.der));
    let none = file("none.pem", "no certificate".to_owned());
    let with = |name: &str, leaf: &Leaf, key: &[u8], kind: &str| {
        let chain = file(&format!("{name}.pem"), pem("CERTIFICATE", &leaf.der));
        let key = file(&format!("{name}.key"), pem(kind, key));
        ["--wallet-certificate".to_owned(), chain, "--wallet-key".to_owned(), key].to_vec()
    };
    let doctor = |more: &[String]| {
        let base = ["doctor", "--base", "https://verifier.example"];
        run(app, &[&base[..], &more.iter().map(String::as_str).collect::<Vec<_>>()].concat()).1
    };
    let soon = SystemClock.now().plus(10 * DAY).utc();
    let soon = (soon.year(), u8::try_from(soon.month()).unwrap(), u8::try_from(soon.day()).unwrap());
    let (good, other) = (BELIEVED.leaf("verifier.example"), BELIEVED.leaf("other.example"));
    let (over, ending) = (BELIEVED.leaf_until("verifier.example", (2025, 6, 1)), BELIEVED.leaf_until("verifier.example", soon));
    let own = Leaf::self_signed("verifier.example");
    for (settings, sentence) in [
        (vec!["--wallet-anchors".to_owned(), none], "WRONG  wallet anchors: "),
        (vec!["--wallet-anchors".to_owned(), anchors], "ok     wallet anchors: 1 may vouch"),
        (with("0", &good, &other.pkcs8, "PRIVATE KEY"), "holds another key than the one in the certificate"),
        (with("1", &good, &good.pkcs8, "EC PRIVATE KEY"), "holds no key that can be used"),
        (with("2", &own, &own.pkcs8, "PRIVATE KEY"), "begins with a certificate that signed itself"),
        (with("3", &over, &over.pkcs8, "PRIVATE KEY"), "WRONG  wallet certificate: it is over since 2025-06-01"),
        (with("4", &ending, &ending.pkcs8, "PRIVATE KEY"), "WRONG  wallet certificate: it ends on "),
        (with("5", &other, &other.pkcs8, "PRIVATE KEY"), "WRONG  wallet certificate: it is not for verifier.example"),
        (with("6", &good, &good.pkcs8, "PRIVATE KEY"), "ok     wallet certificate: it is for verifier.example"),
        (Vec::new(), "ok     wallet certificate: none"),
    ] {
        let said = doctor(&settings);
        assert!(said.contains(sentence), "{sentence}: {said}");
    }
    let misfit = with("misfit", &good, &other.pkcs8, "PRIVATE KEY");
    let serve = ["serve", "--base", "https://verifier.example", "--behind-proxy", "--listen", "127.0.0.1:0"];
    let (done, said) = run(app, &[&serve[..], &misfit.iter().map(String::as_str).collect::<Vec<_>>()].concat());
    assert!(!done && said.contains("holds another key than the one in the certificate"), "{said}");
    let (done, said) = run(app, &[&serve[..], &[misfit[0].as_str(), misfit[1].as_str()]].concat());
    assert!(!done && said.contains("--wallet-key"), "{said}");
});

on_both!(reports_of_barriers_are_opened_by_the_paper_alone, |app| {
    std::fs::remove_file(app.dir.path().join("keys/report.1.public")).unwrap();
    let refused = app.restarted().await.report_barrier("x", "", "").await;
    assert!(refused.is_err(), "without a key nobody can send one");
    let (done, secret) = told(&command(app, &["report", "key"]).stderr(Stdio::null()).output().unwrap());
    assert!(done, "{secret}");
    assert!(!run(app, &["report", "key"]).0, "a second key would leave the first one's reports unread");
    let service = app.restarted().await;
    service.report_barrier("Knappen syns inte", "/map", "a@example.se").await.unwrap();
    let read = |secret: &str| {
        let mut command = command(app, &["report", "read"]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let _closed = child.stdin.take().unwrap().write_all(secret.as_bytes());
        told(&child.wait_with_output().unwrap())
    };
    let other = egenkarta::crypto::secret::Secret::random(&*app.seams.random);
    let (done, said) = read(&other.text());
    assert!(!done && said.contains("does not open"), "{said}");
    let (done, said) = read(&secret);
    assert!(done && said.contains("Knappen syns inte"), "{said}");
    app.clock.forward(366 * DAY);
    service.retain().await.unwrap();
    assert!(!read(&secret).1.contains("Knappen"), "whoever wrote it may have said how they are reached: a year is enough");
    service.db.close().await;
});
