//! `egenkarta demo`: everything on this machine, with invented people.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use tokio::net::TcpListener;

use crate::app::config::{Config, Listen, Shared};
use crate::app::{self, Seams, Unbuilt};
use crate::demo::provider::{Provider, Texts};
use crate::demo::seeds::Seeds;
use crate::demo::{People, ShiftableClock, issuers, personas};
use crate::domain::Timestamp;
use crate::http::Persona;
use crate::outbound::Reach;
use crate::text::{Lang, T};
use crate::usecase::issued::Desk;
use crate::web::page::url;

/// Stands in a data folder that holds the demonstration.
pub const MARK: &str = "demo";

#[derive(Args)]
pub struct Demo {
    #[command(flatten)]
    shared: Shared,
    #[command(flatten)]
    listen: Listen,

    /// Import this taxonomy first, if it is not the one in use
    #[arg(long, value_name = "PATH")]
    taxonomy: Option<PathBuf>,
}

impl Demo {
    pub async fn run(self) -> Result<(), Unbuilt> {
        let address = self.listen.listen;
        if !address.ip().is_loopback() {
            return Err(Unbuilt("The demonstration listens on this machine alone: its passphrases are public.".to_owned()));
        }
        let listener = TcpListener::bind(address).await.map_err(|e| Unbuilt(format!("{address}: {e}.")))?;
        let port = listener.local_addr().map_err(|e| Unbuilt(e.to_string()))?.port();
        let base = format!("http://localhost:{port}");
        let shared = Shared { base: Some(base.clone()), config: None, ..self.shared.clone() };
        let config = Config::load(&shared, &base)?;
        if let Some(path) = &self.taxonomy {
            super::taxonomy::import_once(path, &config.data).map_err(Unbuilt)?;
        }
        let clock = Arc::new(ShiftableClock::default());
        let seams = Seams { clock: clock.clone(), ..Seams::system() };
        let reports = app::make_report_key(&config.keys_folder(), &*seams.random);
        let reports = reports.map_err(|e| Unbuilt(format!("The server's keys: {e}.")))?;
        let built = app::build(&config, &seams).await?;
        std::fs::write(config.data.join(MARK), "").map_err(|e| Unbuilt(format!("The data folder: {e}.")))?;
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
            println!("Reports of barriers are read with `egenkarta report read` and this: {}", secret.text().as_str());
        }
        let sender = site.sender();
        app::serve(listener, app::router(Arc::new(site), provider.router()), built, sender).await
    }
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
    println!("Egenkarta, demonstration: {base}\n\nYou can be:");
    for persona in personas {
        let phrase = persona.passphrase.as_deref().unwrap_or("(makes a first passphrase)");
        match &persona.unit {
            Some((organisation, unit)) => println!("  {:<18} {phrase}   [{organisation}, {unit}]", persona.name),
            None => println!("  {:<18} {phrase}", persona.name),
        }
    }
    println!("\nWhat each can try: {base}{}", url::DEMO);
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
