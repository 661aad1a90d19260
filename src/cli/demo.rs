//! `egenkarta demo`: everything on this machine, with invented people.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use tokio::net::TcpListener;

use super::out::say;
use crate::app::config::{Config, Listen, Shared};
use crate::app::{self, DEMO_MARK, Seams, Standing, Unbuilt};
use crate::demo::provider::{Provider, Texts};
use crate::demo::seeds::Seeds;
use crate::demo::{People, ShiftableClock, issuers, personas};
use crate::domain::Timestamp;
use crate::http::Persona;
use crate::outbound::Reach;
use crate::text::{Lang, T};
use crate::usecase::issued::Desk;
use crate::web::page::url;

#[derive(Args)]
pub struct Demo {
    #[command(flatten)]
    shared: Shared,
    #[command(flatten)]
    listen: Listen,

    /// Import this taxonomy first, where none has been imported yet
    #[arg(long, value_name = "PATH")]
    taxonomy: Option<PathBuf>,
}

impl Demo {
    pub async fn run(self) -> Result<(), Unbuilt> {
        // The file of settings is the real service's.
        let shared = Shared { config: None, base: None, ..self.shared.clone() };
        let address = self.listen.address(&Config::load(&shared, "http://localhost")?);
        if !address.ip().is_loopback() {
            return Err(Unbuilt("The demonstration listens on this machine alone: its passphrases are public.".to_owned()));
        }
        let listener = TcpListener::bind(address).await.map_err(|e| Unbuilt(format!("{address}: {e}.")))?;
        let port = listener.local_addr().map_err(|e| Unbuilt(e.to_string()))?.port();
        let base = format!("http://localhost:{port}");
        let config = Config::load(&shared, &base)?;
        own(&config).await?;
        if let Some(path) = &self.taxonomy {
            super::taxonomy::import_once(path, &config.data).map_err(Unbuilt)?;
        }
        let clock = Arc::new(ShiftableClock::default());
        let seams = Seams { clock: clock.clone(), ..Seams::system() };
        let reports = app::make_report_key(&config.keys_folder(), &*seams.random);
        let reports = reports.map_err(|e| Unbuilt(format!("The server's keys: {e}.")))?;
        let built = app::build(&config, &seams).await?;
        let marked = built.service.db.mark_demo(seams.clock.now()).await;
        marked.map_err(|e| Unbuilt(format!("The database cannot be marked: {e}.")))?;
        let seeds = Seeds::embedded(&built.service.catalogue).map_err(|e| Unbuilt(e.to_string()))?;
        let people = People { service: &built.service, seeds: &seeds, clock: &clock, issuer: &config.participants_issuer };
        make(&people).await?;
        let callback = config.base.url(url::LOGIN_CALLBACK);
        let demo_issuers = issuers(&seeds, &config.participants_issuer, &callback);
        let provider = Provider::new(&base, demo_issuers, Arc::new(words), seams.clock.clone(), seams.random.clone());
        let mut site = app::site(&config, &seams, Arc::clone(&built.service), provider.issuers(), Reach::Loopback)?;
        if site.contacts.controller.is_empty() {
            site.contacts = seeds.contacts.clone();
        }
        site.personas = personas(&seeds, &config.participants_issuer);
        let links = people.link().await.map_err(|e| Unbuilt(format!("The demo's link could not be made: {e}.")))?;
        for persona in &mut site.personas {
            let made = links.iter().find(|(subject, _)| *subject == persona.subject);
            persona.link = made.map(|(_, made)| {
                let address = site.base.url(&url::link(&made.id.simple().to_string()));
                format!("{address}#{}", made.secret.text().as_str())
            });
        }
        let desk = Desk { base: site.base.origin(), taxonomy: &site.taxonomy };
        let offer = people.issue(desk).await.map_err(|e| Unbuilt(format!("The demo's issuer could not be made: {e}.")))?;
        site.offer = offer.map(|code| code.printed().as_str().to_owned());
        announce(&base, &site.personas);
        if let Some(secret) = reports {
            say!("Reports of barriers are read with `egenkarta report read` and this: {}", secret.text().as_str());
        }
        let sender = site.sender();
        app::serve(listener, app::router(Arc::new(site), provider.router()), built, sender).await
    }
}

/// Refuses a database with anyone's own in it, and marks the folder before anything public is in it.
async fn own(config: &Config) -> Result<(), Unbuilt> {
    if app::standing(config).await? == Standing::Real {
        return Err(Unbuilt(
            "This database holds people or organisations, and not the demonstration's, whose passphrases are public. Choose another \
             folder with --data."
                .to_owned(),
        ));
    }
    app::make_folder(&config.data)?;
    std::fs::write(config.data.join(DEMO_MARK), "").map_err(|e| Unbuilt(format!("The data folder: {e}.")))
}

/// Makes the people who are absent, with a bar where it takes a while.
async fn make(people: &People<'_>) -> Result<(), Unbuilt> {
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}").unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = ProgressBar::new(people.steps()).with_style(style);
    let step = |name: &str| {
        bar.set_message(name.to_owned());
        bar.inc(1);
    };
    people.make(step).await.map_err(|e| Unbuilt(format!("The demo people could not be made: {e}.")))?;
    bar.finish_and_clear();
    Ok(())
}

fn announce(base: &str, personas: &[Persona]) {
    say!("Egenkarta, demonstration: {base}\n\nYou can be:");
    for persona in personas {
        let phrase = persona.passphrase.as_deref().unwrap_or("(makes a first passphrase)");
        match &persona.unit {
            Some((organisation, unit)) => {
                say!("  {:<18} {phrase}   [{organisation}, {unit}]", persona.name);
                say!("  {:<18} at the command line: --issuer {} --subject {}", "", persona.issuer, persona.subject);
            }
            None => say!("  {:<18} {phrase}", persona.name),
        }
    }
    say!("\nWhat each can try: {base}{}", url::DEMO);
}

/// The demo provider's texts.
fn words(tag: &str) -> Texts {
    let lang = Lang::negotiate(Some(tag));
    let t = T { lang, now: Timestamp(0) };
    Texts {
        lang: lang.tag().to_owned(),
        dir: lang.dir().to_owned(),
        title: t.s("demo-idp-title"),
        lead: t.s("demo-idp-lead"),
        choose: t.s("demo-idp-choose"),
        cancel: t.s("demo-idp-cancel"),
        wrong: t.s("demo-idp-wrong"),
        stylesheet: url::asset("app.css"),
    }
}
