//! `egenkarta client`: programs that ask people, registered by an administrator. Not by the operator: whoever lets a program ask in a
//! unit's name stands in that unit's own log, which only its keyring writes.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::administrator::Administrator;
use super::operator;
use super::out::{say, tell};
use crate::app::Unbuilt;
use crate::domain::ClientId;
use crate::domain::oauth::ClientKeys;
use crate::usecase::client::{ClientFault, MAX_KEYS, Metadata, NotKept};

/// Programs that ask people for a part of their map; the administrator's passphrase is read from the first line of standard input
#[derive(Subcommand)]
pub enum Client {
    /// Register a program and print its client_id
    Add(Add),
    /// List the unit's programs
    List(Administrator),
    /// Stop a program: its tokens end at once
    End(End),
}

#[derive(Args)]
pub struct Add {
    #[command(flatten)]
    administrator: Administrator,

    /// What people are told that asks: the name of a system, never of a person
    #[arg(long)]
    name: String,

    /// An address to which the answer may be sent, https; may be given several times
    #[arg(long = "redirect", value_name = "URL")]
    redirects: Vec<String>,

    /// A file with the program's public keys (JWKS)
    #[arg(long, value_name = "FILE", required_unless_present = "jwks_url", conflicts_with = "jwks_url")]
    jwks: Option<PathBuf>,

    /// Where the program publishes its public keys (JWKS), https
    #[arg(long, value_name = "URL")]
    jwks_url: Option<String>,
}

#[derive(Args)]
pub struct End {
    #[command(flatten)]
    administrator: Administrator,

    /// The program's client_id
    #[arg(long)]
    client: ClientId,
}

impl Client {
    pub async fn run(self) -> Result<(), Unbuilt> {
        match self {
            Self::Add(add) => add.run().await,
            Self::List(administrator) => list(&administrator).await,
            Self::End(end) => end.run().await,
        }
    }
}

impl Add {
    async fn run(self) -> Result<(), Unbuilt> {
        let keys = match (&self.jwks, &self.jwks_url) {
            (Some(file), _) => read(file)?,
            (None, url) => url.clone().unwrap_or_default(),
        };
        let said = Metadata { name: self.name.clone(), redirects: self.redirects.join("\n"), keys };
        self.administrator
            .act(async |service, session| {
                let client = service.register_client(session, &said).await.map_err(told)?;
                say!("{}", client.id);
                tell!("The unit in authorization_details is {}.", client.unit);
                tell!("This is the program's client_id. It is no secret: the program shows who it is by its key.");
                Ok(())
            })
            .await
    }
}

impl End {
    async fn run(self) -> Result<(), Unbuilt> {
        let id = self.client;
        self.administrator
            .act(async |service, session| {
                service.end_client(session, id).await.map_err(operator::failed)?;
                tell!("The program is stopped, and its tokens have ended.");
                Ok(())
            })
            .await
    }
}

async fn list(administrator: &Administrator) -> Result<(), Unbuilt> {
    administrator
        .act(async |service, session| {
            for client in service.clients(session).await.map_err(operator::failed)? {
                let keys = match &client.keys {
                    ClientKeys::Set(_) => "a key set",
                    ClientKeys::Url(url) => url,
                };
                say!("{} {} (since {}, keys: {keys})", client.id, client.name, client.created.day());
                for redirect in &client.redirects {
                    say!("    {redirect}");
                }
            }
            Ok(())
        })
        .await
}

fn read(file: &PathBuf) -> Result<String, Unbuilt> {
    let failed = |e: &dyn std::fmt::Display| Unbuilt(format!("{}: {e}.", file.display()));
    let length = std::fs::metadata(file).map_err(|e| failed(&e))?.len();
    if length > MAX_KEYS as u64 {
        return Err(failed(&"too large for a key set"));
    }
    std::fs::read_to_string(file).map_err(|e| failed(&e))
}

fn told(fault: NotKept) -> Unbuilt {
    let of = |fault: &ClientFault| match fault {
        ClientFault::Name => "--name takes 1 to 60 characters.",
        ClientFault::Redirects => "--redirect takes whole addresses that begin with https, at most ten.",
        ClientFault::Keys => "The keys are neither a key set (JWKS) nor an https address.",
        ClientFault::PrivateKey => "A private key lies in the key set. Make new keys, and give only their public part.",
        ClientFault::KeyKind => "A key is of a sort that is not taken: use ES256, EdDSA, or PS256 of at least 2048 bits.",
    };
    match fault {
        NotKept::Wrong(faults) => Unbuilt(faults.iter().map(of).collect::<Vec<_>>().join(" ")),
        NotKept::Failed(error) => operator::failed(error),
    }
}
