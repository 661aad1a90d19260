//! What the operator's commands share.

use std::io::{self, BufRead};

use zeroize::Zeroizing;

use crate::app::config::{Config, Shared};
use crate::app::{self, Built, Seams, Unbuilt};
use crate::domain::profile::Fault;
use crate::policy::Why;
use crate::usecase::Error;

/// The use cases over the installation that stands, for what prints no address. Nothing is made or migrated.
pub async fn open(shared: &Shared) -> Result<(Config, Built), Unbuilt> {
    open_at(shared, "https://localhost").await
}

/// Likewise, for what prints an address: it must be given.
pub async fn open_with_base(shared: &Shared) -> Result<(Config, Built), Unbuilt> {
    open_at(shared, "").await
}

async fn open_at(shared: &Shared, fallback: &str) -> Result<(Config, Built), Unbuilt> {
    let config = Config::load(shared, fallback)?;
    let built = app::build_there(&config, &Seams::system()).await?;
    Ok((config, built))
}

/// No secret or passphrase is longer.
const LONGEST: u64 = 4096;

/// The first line of standard input: secrets given as arguments could be seen by everyone on the machine.
pub fn first_line(what: &str) -> Result<Zeroizing<String>, Unbuilt> {
    let mut line = Zeroizing::new(String::new());
    let read = io::Read::take(io::stdin().lock(), LONGEST).read_line(&mut line);
    read.map_err(|e| Unbuilt(format!("Standard input cannot be read: {e}.")))?;
    let text = line.trim_end_matches(['\r', '\n']);
    if text.is_empty() {
        Err(Unbuilt(format!("Give {what} as the first line of standard input.")))
    } else {
        Ok(Zeroizing::new(text.to_owned()))
    }
}

/// Why it was not allowed, and what to do.
const fn not_allowed(why: Why) -> &'static str {
    match why {
        Why::Never => "Whoever signed in may not do this. An administrator of the unit may.",
        Why::Ended => "The consent does not hold, or not any more.",
        Why::AboveCeiling => "This is more than the recipient may have.",
        Why::TooLong => "This is longer than it may be.",
        Why::OpenFirst => "The keyring must be opened first: give the passphrase as the first line of standard input.",
        Why::AskAgain => "The passphrase must be given again.",
    }
}

/// What a value must be.
fn wanted(fault: &Fault) -> String {
    match fault {
        Fault::Missing => "may not be empty".to_owned(),
        Fault::TooLong { max } => format!("takes at most {max} characters"),
        _ => "does not hold what it must".to_owned(),
    }
}

/// A use case's error as a sentence.
pub fn failed(error: Error) -> Unbuilt {
    Unbuilt(match error {
        Error::Store(error) => format!("The database or a file failed: {error}."),
        Error::Unopened => "Something stored does not open as it should: altered, or of other keys than these.".to_owned(),
        Error::Refused(refused) => {
            tracing::debug!(by = ?refused.by, "refused by these policies");
            not_allowed(refused.why).to_owned()
        }
        Error::NotFound => "There is no such thing.".to_owned(),
        Error::Faults(faults) => {
            faults.iter().map(|(member, fault)| format!("--{member} {}.", wanted(fault))).collect::<Vec<_>>().join(" ")
        }
        Error::TooMany(most) => format!("There are {most} already, which is the most there may be."),
        Error::Weak(_) => "This passphrase is too easy to guess.".to_owned(),
        Error::NotACode(_) => "This is no code.".to_owned(),
        Error::Wrong => "The passphrase opens nothing.".to_owned(),
        Error::Busy(seconds) | Error::TooOften(seconds) => format!("Too much at once: try again in {seconds} seconds."),
        Error::Gone | Error::Restated => "It has ended, or changed meanwhile.".to_owned(),
        Error::Closed => "The keyring is not open.".to_owned(),
        Error::NothingChosen => "Nothing was chosen.".to_owned(),
        Error::BadEnd => "This end cannot be.".to_owned(),
    })
}
