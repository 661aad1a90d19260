//! Acting as a unit's administrator at the command line: whoever does it is named in the unit's own log, as on the unit's pages.

use clap::Args;

use super::operator;
use crate::app::Unbuilt;
use crate::app::config::Shared;
use crate::crypto::secret::Secret;
use crate::usecase::account::{Arrival, Newcomer};
use crate::usecase::{Service, Session};

#[derive(Args)]
pub struct Administrator {
    #[command(flatten)]
    pub shared: Shared,

    /// The id of the issuer by which the administrator signs in
    #[arg(long)]
    issuer: String,

    /// The administrator's subject at the issuer (`sub`)
    #[arg(long)]
    subject: String,
}

impl Administrator {
    /// Opens a session with the passphrase from the first line of standard input, does the work, and ends the session.
    pub async fn act(&self, work: impl AsyncFnOnce(&Service, &Session) -> Result<(), Unbuilt>) -> Result<(), Unbuilt> {
        let phrase = operator::first_line("the passphrase")?;
        let (_, built) = operator::open(&self.shared).await?;
        let service = &built.service;
        let closed = self.sign_in(service).await?;
        let done = act_in(service, &closed, &phrase, work).await;
        service.db.close().await;
        done
    }

    /// The account of the subject, without anything opened.
    async fn sign_in(&self, service: &Service) -> Result<Session, Unbuilt> {
        let unknown = || Unbuilt("No member of any unit's staff has this subject at this issuer.".to_owned());
        let newcomer = Newcomer::new(true, true, None, None);
        let arrival = service.arrive(&self.issuer, &self.subject, newcomer).await.map_err(operator::failed)?;
        match arrival {
            Arrival::Known(session) => resumed(service, &session).await,
            Arrival::Newcomer(_) => Err(unknown()),
        }
    }
}

async fn act_in(
    service: &Service,
    closed: &Session,
    phrase: &str,
    work: impl AsyncFnOnce(&Service, &Session) -> Result<(), Unbuilt>,
) -> Result<(), Unbuilt> {
    let opened = match service.unlock(closed, phrase).await {
        Ok(opened) => opened,
        Err(error) => {
            service.end_session(closed).await.map_err(operator::failed)?;
            return Err(operator::failed(error));
        }
    };
    let session = resumed(service, &opened).await?;
    let done = work(service, &session).await;
    // Nothing opened outlives the command.
    service.end_session(&session).await.map_err(operator::failed)?;
    done
}

async fn resumed(service: &Service, secret: &Secret) -> Result<Session, Unbuilt> {
    let session = service.resume(secret).await.map_err(operator::failed)?;
    session.ok_or_else(|| Unbuilt("The session ended at once: check the machine's clock.".to_owned()))
}
