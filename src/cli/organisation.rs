//! `egenkarta organisation`: recipients are added by the operator; their people come in by invite.

use clap::{Args, Subcommand};

use super::administrator::Administrator;
use super::operator;
use super::out::{say, tell};
use crate::app::Unbuilt;
use crate::app::config::{Config, Shared};
use crate::crypto::secret::Secret;
use crate::domain::UnitId;
use crate::domain::issuing::{self, Trades, level_name};
use crate::domain::organisation::OrganisationNumber;
use crate::domain::profile::Evidence;
use crate::domain::statement::{MAX_READERS, MAX_WORDS, Typed};
use crate::usecase::organisation::NewUnit;
use crate::usecase::{Error, Service};
use crate::web::page::url;

#[derive(Subcommand)]
pub enum Organisation {
    /// Add a unit, with its organisation where that is new, and print the invite for its first administrator
    Add(Add),
    /// List the organisations with their units
    List(List),
    /// Print an invite for another administrator, who must bring the unit's printed sheet
    Invite(Invite),
    /// Let a unit issue proofs of competence, within some trades and up to a level; or no more
    Issuer(Issuer),
    /// State what a unit does with what it reads: people read it before they answer
    State(State),
    /// List how often people said that they felt pressed to share, by month
    Pressure(List),
}

#[derive(Args)]
pub struct Add {
    #[command(flatten)]
    shared: Shared,

    /// Organisation number, such as 212000-0555
    #[arg(long)]
    number: OrganisationNumber,

    /// The organisation's name; of one that stands already, the name that it has
    #[arg(long)]
    name: String,

    /// The kind of recipient, which decides the most it may be given; a wrong one lists all
    #[arg(long)]
    kind: String,

    /// The unit's name
    #[arg(long)]
    unit: String,

    /// The municipality where it lies, for people who search by place
    #[arg(long, default_value = "")]
    municipality: String,

    /// The id of the issuer in the configuration by which its staff sign in
    #[arg(long)]
    issuer: String,
}

#[derive(Args)]
pub struct List {
    #[command(flatten)]
    shared: Shared,
}

#[derive(Args)]
pub struct Invite {
    #[command(flatten)]
    shared: Shared,

    /// The unit's id, from `organisation list`
    #[arg(long)]
    unit: UnitId,
}

#[derive(Args)]
pub struct Issuer {
    #[command(flatten)]
    shared: Shared,

    /// The unit's id, from `organisation list`
    #[arg(long)]
    unit: UnitId,

    /// ISCO-08 groups of one to four digits with commas between, such as 71,93; only frameworks for occupations in them can be published.
    /// The starter taxonomy knows groups of two digits, an imported one those of four
    #[arg(long, required_unless_present = "stop")]
    trades: Option<Trades>,

    /// The highest level it may issue: E2 attested, E3 assessed, E4 validated, E5 certified (E4 and E5 always by two persons)
    #[arg(long, required_unless_present = "stop", value_parser = highest)]
    level: Option<Evidence>,

    /// The unit issues nothing more; what it has issued stays valid
    #[arg(long, conflicts_with_all = ["trades", "level"])]
    stop: bool,

    /// With --stop, for cause: nothing that the unit has ever issued is believed any more, and this cannot be undone
    #[arg(long, requires = "stop")]
    from_the_start: bool,
}

/// Not by the operator: the words are the unit's, so an administrator of it says them, and its log says who. The passphrase is read from the
/// first line of standard input. What is left out is told to be not stated.
#[derive(Args)]
pub struct State {
    #[command(flatten)]
    administrator: Administrator,

    /// Who reads, by role and never by name
    #[arg(long, default_value = "")]
    readers: String,

    /// Whether decisions are made by machines alone
    #[arg(long, value_parser = ["yes", "no"])]
    automated: Option<String>,

    /// Of a yes: which decisions, how, and how a human looks at them
    #[arg(long, default_value = "", value_name = "TEXT", hide_default_value = true)]
    automated_how: String,

    /// Whether anything leaves the EU and EEA
    #[arg(long, value_parser = ["yes", "no"])]
    transfers: Option<String>,

    /// Of a yes: where to, and how it is protected there
    #[arg(long, default_value = "", value_name = "TEXT", hide_default_value = true)]
    transfers_where: String,
}

fn highest(text: &str) -> Result<Evidence, String> {
    issuing::level(text).ok_or_else(|| "one of E2, E3, E4 and E5".to_owned())
}

/// Longer names fit nowhere.
const MAX_NAME: usize = 120;

impl Organisation {
    pub async fn run(self) -> Result<(), Unbuilt> {
        match self {
            Self::Add(add) => add.run().await,
            Self::List(list) => list.run().await,
            Self::Invite(invite) => invite.run().await,
            Self::Issuer(issuer) => issuer.run().await,
            Self::State(state) => state.run().await,
            Self::Pressure(list) => list.pressure().await,
        }
    }
}

impl Add {
    async fn run(self) -> Result<(), Unbuilt> {
        let (config, built) = operator::open_with_base(&self.shared).await?;
        let service = &built.service;
        if service.catalogue.kind(&self.kind).is_none() {
            let known: Vec<&str> = service.catalogue.kinds().iter().map(|kind| kind.id.as_str()).collect();
            return Err(Unbuilt(format!("There is no kind of recipient {}. Known: {}.", self.kind, known.join(", "))));
        }
        let new = NewUnit {
            number: self.number,
            organisation: named("--name", &self.name)?,
            kind: self.kind,
            unit: named("--unit", &self.unit)?,
            municipality: if self.municipality.trim().is_empty() {
                String::new()
            } else {
                named("--municipality", &self.municipality)?
            },
            issuer: self.issuer,
        };
        if !config.issuers()?.iter().any(|issuer| issuer.id == new.issuer) {
            tell!("Note: the configuration has no issuer {}; add it before anyone of this unit signs in.", new.issuer);
        }
        refuse_twice(service, &new).await?;
        let (unit, secret) = service.add_unit(&new).await.map_err(operator::failed)?;
        say!("Added the unit {unit}.");
        print_invite(&config, &secret);
        say!("The unit can be given consents once its first administrator has signed in and printed the unit's sheet.");
        service.db.close().await;
        Ok(())
    }
}

impl List {
    /// One line for each month and organisation; nobody's name stands behind a count.
    async fn pressure(self) -> Result<(), Unbuilt> {
        let (_, built) = operator::open(&self.shared).await?;
        for (organisation, month, count) in built.service.pressure().await.map_err(operator::failed)? {
            say!("{}-{:02} {count} {organisation}", month / 100, month % 100);
        }
        built.service.db.close().await;
        Ok(())
    }

    async fn run(self) -> Result<(), Unbuilt> {
        let (_, built) = operator::open(&self.shared).await?;
        let all = built.service.organisations().await.map_err(operator::failed)?;
        let issuers = built.service.issuers().await.map_err(operator::failed)?;
        if all.is_empty() {
            say!("There is no organisation yet. Add one with `egenkarta organisation add`.");
        }
        for (organisation, units) in all {
            say!("{} {} ({}, issuer {})", organisation.number, organisation.name, organisation.kind, organisation.issuer);
            for row in units {
                let state = if row.open { "open" } else { "waits for its first administrator" };
                say!("    {} {} ({}): {state}", row.unit.id, row.unit.name, row.unit.kind);
                if let Some((_, scope)) = issuers.iter().find(|(unit, _)| *unit == row.unit.id) {
                    say!("        issues up to {} in ISCO-08 {}", level_name(scope.level), scope.trades.join(", "));
                }
            }
        }
        built.service.db.close().await;
        Ok(())
    }
}

impl Invite {
    async fn run(self) -> Result<(), Unbuilt> {
        let (config, built) = operator::open_with_base(&self.shared).await?;
        let secret = built.service.invite_administrator(self.unit).await.map_err(|error| match error {
            Error::NotFound => Unbuilt("There is no unit with this id. `egenkarta organisation list` shows them.".to_owned()),
            other => operator::failed(other),
        })?;
        print_invite(&config, &secret);
        say!("Whoever accepts it must also type the code of the unit's printed sheet: only that opens the unit's inbox.");
        built.service.db.close().await;
        Ok(())
    }
}

impl Issuer {
    async fn run(self) -> Result<(), Unbuilt> {
        let (_, built) = operator::open(&self.shared).await?;
        let done = match (self.trades, self.level) {
            (Some(trades), Some(level)) => built.service.grant_issuing(self.unit, trades, level).await,
            _ => built.service.stop_issuing(self.unit, self.from_the_start).await,
        };
        done.map_err(|error| match error {
            Error::NotFound => {
                Unbuilt("There is no such unit, or it issues nothing. `egenkarta organisation list` shows all.".to_owned())
            }
            other => operator::failed(other),
        })?;
        if self.from_the_start {
            say!("The unit issues nothing more, and nothing that it has issued is believed.");
        } else if self.stop {
            say!("The unit issues nothing more. What it has issued stays valid.");
        } else {
            say!("The unit can issue once an administrator has made its key, under \"Proofs\" on the unit's page.");
        }
        built.service.db.close().await;
        Ok(())
    }
}

impl State {
    async fn run(self) -> Result<(), Unbuilt> {
        let Self { administrator, readers, automated, automated_how, transfers, transfers_where } = self;
        let (automated, transfers) = (automated.unwrap_or_default(), transfers.unwrap_or_default());
        let typed = Typed { readers, automated, automated_how, transfers, transfers_where };
        administrator
            .act(async |service, session| {
                service.state(session, &typed).await.map_err(unstated)?;
                tell!("From now on people read this before they answer. What was left out is told to be not stated.");
                Ok(())
            })
            .await
    }
}

fn unstated(error: Error) -> Unbuilt {
    let Error::Faults(faults) = error else { return operator::failed(error) };
    let of = |field: &str| match field {
        "readers" => format!("--readers takes at most {MAX_READERS} characters."),
        "automated" | "transfers" => format!("--{field} takes yes or no, and an explanation belongs to a yes."),
        own => format!("--{} explains the yes, in at most {MAX_WORDS} characters.", own.replace('_', "-")),
    };
    Unbuilt(faults.iter().map(|(field, _)| of(field)).collect::<Vec<_>>().join(" "))
}

/// What stands is not added again, and nothing that was said of it is passed over without a word.
async fn refuse_twice(service: &Service, new: &NewUnit) -> Result<(), Unbuilt> {
    let all = service.organisations().await.map_err(operator::failed)?;
    let Some((stands, units)) = all.into_iter().find(|(organisation, _)| organisation.number == new.number) else { return Ok(()) };
    if stands.name != new.organisation || stands.issuer != new.issuer {
        return Err(Unbuilt(format!(
            "The organisation {} stands already, with the name \"{}\" and the issuer \"{}\". Give these for another unit of it.",
            stands.number, stands.name, stands.issuer
        )));
    }
    match units.iter().find(|row| row.unit.name == new.unit) {
        Some(row) => Err(Unbuilt(format!(
            "The organisation has a unit of this name: {}. `egenkarta organisation invite --unit {0}` prints an invite for it.",
            row.unit.id
        ))),
        None => Ok(()),
    }
}

/// The one link; the secret stands after the sign that browsers never send on.
fn print_invite(config: &Config, secret: &Secret) {
    say!("\n    {}#{}\n", config.base.url(url::INVITE), secret.text().as_str());
    say!("Give this link to the administrator by a safe way. It works once, for seven days, and is not shown again.");
    say!("They open it, sign in with their organisation's login, and choose a passphrase.");
}

fn named(option: &str, text: &str) -> Result<String, Unbuilt> {
    let text = text.trim();
    if text.chars().any(unseen) {
        return Err(Unbuilt(format!("{option} takes a name without control characters: people must see it as it is.")));
    }
    let fits = (1..=MAX_NAME).contains(&text.chars().count());
    if fits { Ok(text.to_owned()) } else { Err(Unbuilt(format!("{option} takes a name of 1 to {MAX_NAME} characters."))) }
}

/// A control character, or one that turns or hides what stands beside it.
fn unseen(sign: char) -> bool {
    sign.is_control() || matches!(sign, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_seen_as_they_are() {
        for text in ["", " ", "Vet\u{202e}landa", "Vet\nlanda", "a\u{1b}[2J", "Vet\u{200b}landa", &"x".repeat(MAX_NAME + 1)] {
            assert!(named("--name", text).is_err(), "{text:?}");
        }
        assert_eq!(named("--name", " Vetlanda kommun ").map_err(|e| e.0), Ok("Vetlanda kommun".to_owned()));
    }
}
