//! `egenkarta token`: a consent token for a script, minted by an administrator who gives the passphrase on standard input.

use clap::Args;

use super::administrator::Administrator;
use super::operator;
use super::out::{say, tell};
use crate::app::Unbuilt;
use crate::domain::ConsentId;
use crate::domain::consent::State;
use crate::domain::spoken::folded;
use crate::usecase::token::MAX_DAYS;
use crate::usecase::{Service, Session};

/// Mint a consent token; the passphrase is read from the first line of standard input
#[derive(Args)]
pub struct Token {
    #[command(flatten)]
    administrator: Administrator,

    /// The consent's short code, as both sides see it, such as K7M-2QF
    #[arg(long)]
    consent: String,

    /// How long the token lasts; never longer than its consent
    #[arg(long, default_value_t = MAX_DAYS, value_parser = clap::value_parser!(u16).range(1..=i64::from(MAX_DAYS)))]
    days: u16,

    /// What the token is called. The person sees this name
    #[arg(long)]
    name: String,
}

impl Token {
    pub async fn run(self) -> Result<(), Unbuilt> {
        self.administrator.act(async |service, session| self.mint_in(service, session).await).await
    }

    async fn mint_in(&self, service: &Service, session: &Session) -> Result<(), Unbuilt> {
        let id = self.find(service, session).await?;
        let (token, until) = service.mint(session, id, self.days, &self.name).await.map_err(operator::failed)?;
        say!("{}", token.text().as_str());
        tell!("Valid until {until}. This is the only time that it is shown; the person is told that it was made.");
        Ok(())
    }

    async fn find(&self, service: &Service, session: &Session) -> Result<ConsentId, Unbuilt> {
        let received = service.by_code(session, &self.consent).await.map_err(operator::failed)?.received;
        let wanted = folded(&self.consent);
        let live: Vec<ConsentId> =
            received.iter().filter(|one| one.state == State::Given && folded(&one.code) == wanted).map(|one| one.consent).collect();
        match live[..] {
            [id] => Ok(id),
            [] => Err(Unbuilt("The unit's inbox holds no live consent with this code.".to_owned())),
            _ => Err(Unbuilt("Several live consents have this code. Mint the token on the unit's page instead.".to_owned())),
        }
    }
}
