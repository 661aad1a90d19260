//! What the operator's commands find, make and refuse.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use egenkarta::app;
use egenkarta::domain::Clock;
use egenkarta::store::installation::{HeldAs, Hold};

use super::operator::{run, told};
use crate::support::dir::Dir;
use crate::support::{TestApp, on_both, raw};

fn program(arguments: &[&str], data: &Path, typed: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_egenkarta"));
    command.args(arguments).arg("--data").arg(data);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // One that fails early reads nothing.
    let _closed = child.stdin.take().unwrap().write_all(typed.as_bytes());
    child.wait_with_output().unwrap()
}

const NOBODY: &str = "00000000-0000-4000-8000-000000000000";

#[test]
fn commands_where_nothing_is_make_nothing_and_say_so() {
    let dir = Dir::new();
    let (nowhere, to) = (dir.path().join("typo"), dir.path().join("backup"));
    let file = dir.path().join("file");
    std::fs::write(&file, "{}").unwrap();
    let (to, file) = (to.display().to_string(), file.display().to_string());
    let (base, who) = (["--base", "https://a.example"], ["--issuer", "x", "--subject", "y"]);
    let add = ["organisation", "add", "--number", "212000-0571", "--name", "V", "--kind", "af", "--unit", "U", "--issuer", "x"];
    let secret = egenkarta::crypto::secret::Secret::random(&egenkarta::domain::SystemRandom::default());
    let typed = format!("{}\n", secret.text().as_str());
    for command in [
        vec!["log", "verify"],
        vec!["log", "checkpoint"],
        vec!["backup", "--to", &to],
        vec!["organisation", "list"],
        vec!["organisation", "pressure"],
        vec!["organisation", "issuer", "--unit", NOBODY, "--stop"],
        [&["organisation", "invite", "--unit", NOBODY][..], &base].concat(),
        [&add[..], &base].concat(),
        [&["organisation", "state"][..], &who].concat(),
        [&["token", "--consent", "AAA-AAA", "--name", "x"][..], &who].concat(),
        [&["client", "list"][..], &who].concat(),
        [&["client", "end", "--client", NOBODY][..], &who].concat(),
        [&["client", "add", "--name", "x", "--redirect", "https://a.example/", "--jwks", &file][..], &who].concat(),
        vec!["report", "key"],
        vec!["report", "read"],
        vec!["trust", "import", &file],
        vec!["taxonomy", "import", &file],
        vec!["doctor"],
    ] {
        let (done, said) = told(&program(&command, &nowhere, &typed));
        assert!(!done && !nowhere.exists() && !Path::new(&to).exists(), "{command:?}: {said}");
        assert!(command[0] == "trust" || said.contains("migrate"), "{command:?}: {said}");
    }
    let (done, said) = told(&program(&["migrate"], &nowhere, ""));
    assert!(done && said.contains("egenkarta.sqlite") && nowhere.join("keys/lookup.1").is_file(), "{said}");
    let (_, said) = told(&program(&["doctor"], &nowhere, ""));
    assert!(said.contains("WRONG  identity provider") && said.contains("\n1 of "), "only that is left to do: {said}");
    assert!(told(&program(&["organisation", "list"], &nowhere, "")).0);
    assert!(told(&program(&[&add[..], &base].concat(), &nowhere, "")).0);
}

on_both!(a_command_changes_no_schema_and_makes_no_key, |app| {
    let list = ["organisation", "list"];
    assert!(run(app, &list).0);
    let key = app.dir.path().join("keys/issuing.1");
    std::fs::rename(&key, app.dir.path().join("away")).unwrap();
    let (done, said) = run(app, &list);
    assert!(!done && said.contains("issuing.1 is missing") && !key.exists(), "{said}");
    std::fs::rename(app.dir.path().join("away"), &key).unwrap();
    raw::execute(&app.service.db, "DELETE FROM _sqlx_migrations WHERE version = 17").await;
    let (done, said) = run(app, &list);
    assert!(!done && said.contains("17 is needed. Run `egenkarta migrate`"), "{said}");
    assert_eq!(app.service.db.schema_version().await.unwrap(), 16);
});

const SERVE: [&str; 6] = ["serve", "--base", "https://a.example", "--behind-proxy", "--listen", "127.0.0.1:0"];

on_both!(the_demonstration_takes_nobodys_database_and_is_never_served_for_real, |app| {
    let _person = app.participant("Amina").await;
    let (done, said) = run(app, &["demo", "--listen", "127.0.0.1:0"]);
    assert!(!done && said.contains("not the demonstration's"), "{said}");
    assert!(!app.dir.path().join(app::DEMO_MARK).exists(), "and nothing is marked");
    app.service.db.mark_demo(app.clock.now()).await.unwrap();
    let (elsewhere, database) = (Dir::new(), app.config.database());
    let keys = app.config.keys_folder().display().to_string();
    let (done, said) = told(&program(&[&SERVE[..], &["--database", &database, "--keys", &keys]].concat(), elsewhere.path(), ""));
    assert!(!done && said.contains("This database holds the demonstration"), "{said}");
    let to = elsewhere.path().join("backup");
    let (done, said) = run(app, &["backup", "--to", &to.display().to_string()]);
    assert!(done, "{said}");
    let manifest = std::fs::read_to_string(to.join(egenkarta::usecase::backup::MANIFEST)).unwrap();
    assert!(manifest.contains("\"demo\": true"), "{manifest}");
});

on_both!(what_a_restore_has_not_finished_is_not_served, |app| {
    let address = app.config.database();
    let held = async |how| Hold::take(&address, how).await.unwrap();
    let first = held(HeldAs::Served).await.expect("nobody restores");
    if app.config.sqlite_file().is_none() {
        assert!(held(HeldAs::Served).await.is_some(), "several servers may");
        assert!(held(HeldAs::Restored).await.is_none(), "what is served is not restored into");
    }
    drop(first);
    raw::execute(&app.service.db, "DELETE FROM whole").await;
    assert!(app::build(&app.config, &app.seams).await.is_err_and(|why| why.0.contains("Run `egenkarta restore` again")));
    for command in [&SERVE[..], &["organisation", "list"], &["log", "verify"]] {
        let (done, said) = run(app, command);
        assert!(!done && said.contains("Run `egenkarta restore` again"), "{command:?}: {said}");
    }
    let (_, said) = run(app, &["doctor"]);
    assert!(said.contains("WRONG  database: a restore is under way"), "{said}");
});

on_both!(a_backup_is_for_nobody_else, |app| {
    let place = Dir::new();
    let to = place.path().join("new");
    let (done, said) = run(app, &["backup", "--to", &to.display().to_string()]);
    assert!(done, "{said}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&to), 0o700);
        for file in std::fs::read_dir(&to).unwrap() {
            let path = file.unwrap().path();
            assert_eq!(mode(&path), 0o600, "{}", path.display());
        }
    }
});

on_both!(the_databases_address_can_lie_in_a_file, |app| {
    let file = app.dir.path().join("address");
    std::fs::write(&file, format!("{}\n", app.config.database())).unwrap();
    let elsewhere = Dir::new();
    let (file, keys) = (file.display().to_string(), app.config.keys_folder().display().to_string());
    let settings = elsewhere.path().join("e.toml");
    std::fs::write(&settings, format!("database_file = \"{file}\"\nkeys = \"{keys}\"\n")).unwrap();
    let settings = settings.display().to_string();
    for more in [&["--database-file", &file, "--keys", &keys][..], &["--config", &settings]] {
        let (done, said) = told(&program(&[&["organisation", "list"], more].concat(), elsewhere.path(), ""));
        assert!(done && said.contains("no organisation yet"), "{said}");
    }
});

#[test]
fn what_is_set_wrong_is_told_and_a_reader_who_goes_is_no_fault() {
    crate::support::run(crate::support::Kind::Sqlite, async |app: &TestApp| {
        let own = app.dir.path().join("policies");
        let doctor = |folder: &Path| run(app, &["doctor", "--policies", &folder.display().to_string()]).1;
        assert!(doctor(&own).contains("WRONG  policies: the folder"), "absent");
        std::fs::create_dir(&own).unwrap();
        let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies");
        for file in
            std::fs::read_dir(ours).unwrap().flatten().filter(|file| file.path().extension().is_some_and(|end| end == "cedar"))
        {
            std::fs::copy(file.path(), own.join(file.file_name())).unwrap();
        }
        assert!(doctor(&own).contains("ok     policies: valid, your own"));
        std::fs::write(own.join("prohibitions.cedar"), "").unwrap();
        assert!(doctor(&own).contains("they permit what must never be permitted"), "{}", doctor(&own));
        let (done, said) = run(app, &[&SERVE[..], &["--policies", &own.display().to_string()]].concat());
        assert!(!done && said.contains("they permit what must never be permitted"), "{said}");

        let mut command = Command::new(env!("CARGO_BIN_EXE_egenkarta"));
        let wrong = command.args(["doctor", "--data"]).arg(app.dir.path()).env("EGENKARTA_LOG", "[[[").output().unwrap();
        assert!(!wrong.status.success() && told(&wrong).1.starts_with("EGENKARTA_LOG cannot be read"), "{}", told(&wrong).1);

        let mut command = Command::new(env!("CARGO_BIN_EXE_egenkarta"));
        command.args(["doctor", "--data"]).arg(app.dir.path()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        drop(child.stdout.take());
        let said = told(&child.wait_with_output().unwrap()).1;
        assert!(said.contains("checks found something wrong") && !said.contains("panicked"), "{said}");
    });
}
