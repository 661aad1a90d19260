//! What the operator's commands share.

use crate::app::config::{Config, Shared};
use crate::app::{self, Built, Seams, Unbuilt};
use crate::usecase::Error;

/// The use cases over the configured database, for what prints no address.
pub async fn open(shared: &Shared) -> Result<(Config, Built), Unbuilt> {
    open_at(shared, "https://localhost").await
}

/// Likewise, for what prints an address: it must be given.
pub async fn open_with_base(shared: &Shared) -> Result<(Config, Built), Unbuilt> {
    open_at(shared, "").await
}

async fn open_at(shared: &Shared, fallback: &str) -> Result<(Config, Built), Unbuilt> {
    let config = Config::load(shared, fallback)?;
    let built = app::build(&config, &Seams::system()).await?;
    Ok((config, built))
}

/// A use case's error as a sentence.
pub fn failed(error: Error) -> Unbuilt {
    Unbuilt(match error {
        Error::Store(error) => format!("The database or a file failed: {error}."),
        Error::Unopened => "Something stored does not open as it should: altered, or of other keys than these.".to_owned(),
        Error::Refused(refused) => format!("The policies refuse it: {refused}."),
        Error::NotFound => "There is no such thing.".to_owned(),
        Error::Faults(faults) => {
            let members: Vec<&str> = faults.iter().map(|(member, _)| member.as_str()).collect();
            format!("This does not hold what it must: {}.", members.join(", "))
        }
        Error::TooMany(most) => format!("There are {most} already, which is the most there may be."),
        Error::Weak(_) => "This passphrase is too easy to guess.".to_owned(),
        Error::NotACode(_) => "This is no code.".to_owned(),
        Error::Wrong => "The passphrase opens nothing.".to_owned(),
        Error::Busy(seconds) | Error::TooOften(seconds) => format!("Too much at once: try again in {seconds} seconds."),
        Error::Gone => "It has ended, or changed meanwhile.".to_owned(),
        Error::Closed => "The keyring is not open.".to_owned(),
        Error::NothingChosen => "Nothing was chosen.".to_owned(),
        Error::BadEnd => "This end cannot be.".to_owned(),
    })
}
