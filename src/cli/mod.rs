//! The commands, one file each.

mod administrator;
pub mod backup;
pub mod client;
pub mod demo;
pub mod doctor;
pub mod import;
pub mod keys;
pub mod log;
pub mod migrate;
pub mod open;
mod operator;
pub mod organisation;
mod out;
pub mod report;
pub mod restore;
pub mod serve;
pub mod taxonomy;
pub mod token;
pub mod trust;
pub mod verify;

use std::io::IsTerminal;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use out::tell;

/// The skills map that its person owns.
#[derive(Parser)]
#[command(
    name = "egenkarta",
    version,
    about,
    after_help = "EGENKARTA_LOG sets what is told on standard error, as of how serious: error, warn, info, debug, or \
                  by part of the program (warn,egenkarta=info)."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Try it on this machine, with invented people and a login of its own
    Demo(demo::Demo),
    /// Serve for real
    Serve(serve::Serve),
    /// Make a new installation, or bring the database's schema up to date; stop the service first
    Migrate(migrate::Migrate),
    Doctor(doctor::Doctor),
    Backup(backup::Backup),
    Restore(restore::Restore),
    /// Add recipients, and invite their administrators
    #[command(subcommand)]
    Organisation(organisation::Organisation),
    Token(token::Token),
    #[command(subcommand)]
    Client(client::Client),
    /// Read the reports of barriers that people have sent
    #[command(subcommand)]
    Report(report::Report),
    /// Check the log of events
    #[command(subcommand)]
    Log(log::Log),
    /// Import and search taxonomies
    #[command(subcommand)]
    Taxonomy(taxonomy::Taxonomy),
    Open(open::Open),
    Import(import::Import),
    Convert(import::Convert),
    /// Keys that are made before the service runs
    #[command(subcommand)]
    Keys(keys::Keys),
    /// Whom we believe: the trust list of issuers
    #[command(subcommand)]
    Trust(trust::Trust),
    Verify(verify::Verify),
}

/// Runs what the arguments say.
pub fn run() -> ExitCode {
    let read = command().try_get_matches().and_then(|matches| Arguments::from_arg_matches(&matches));
    let arguments = match read {
        Ok(arguments) => arguments,
        Err(wrong) => return unread(&wrong),
    };
    if let Err(sentence) = logging() {
        tell!("{sentence}");
        return ExitCode::FAILURE;
    }
    panics_say_where();
    // A second installation fails, and is right to: the first stands.
    let _installed = rustls::crypto::ring::default_provider().install_default();
    let done = match arguments.command {
        Command::Demo(command) => blocking(command.run()),
        Command::Serve(command) => blocking(command.run()),
        Command::Migrate(command) => blocking(command.run()),
        Command::Doctor(command) => blocking(command.run()),
        Command::Backup(command) => blocking(command.run()),
        Command::Restore(command) => blocking(command.run()),
        Command::Organisation(command) => blocking(command.run()),
        Command::Report(command) => blocking(command.run()),
        Command::Token(command) => blocking(command.run()),
        Command::Client(command) => blocking(command.run()),
        Command::Log(command) => blocking(command.run()),
        Command::Taxonomy(command) => taxonomy::run(command).map_err(|e| e.to_string()),
        Command::Open(command) => blocking(command.run()),
        Command::Import(command) => command.run(),
        Command::Convert(command) => command.run(),
        Command::Keys(command) => command.run(),
        Command::Trust(command) => command.run(),
        Command::Verify(command) => return command.run(),
    };
    match done.and_then(|()| out::end()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            tell!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

/// All commands. The demonstration has an address and issuers of its own: what would set others is not shown beside it.
fn command() -> clap::Command {
    Arguments::command()
        .mut_subcommand("demo", |demo| demo.mut_arg("base", |base| base.hide(true)).mut_arg("config", |config| config.hide(true)))
}

/// Scripts tell a proof that is not valid from a call that is wrong: `verify` has a code of its own for that (sysexits, EX_USAGE).
fn unread(wrong: &clap::Error) -> ExitCode {
    if wrong.use_stderr() && std::env::args_os().nth(1).is_some_and(|command| command == "verify") {
        _ = wrong.print();
        return ExitCode::from(verify::WRONG_USE);
    }
    wrong.exit()
}

fn blocking(work: impl Future<Output = Result<(), crate::app::Unbuilt>>) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(|e| e.to_string())?;
    runtime.block_on(work).map_err(|e| e.to_string())
}

/// Lines for the operator on standard error: what happened, never what someone typed or was called.
fn logging() -> Result<(), String> {
    use tracing_subscriber::EnvFilter;
    let asked = std::env::var("EGENKARTA_LOG").ok().filter(|text| !text.is_empty());
    let filter = EnvFilter::try_new(asked.as_deref().unwrap_or("warn,egenkarta=info"));
    let filter = filter.map_err(|e| format!("EGENKARTA_LOG cannot be read: {e}. Give a level, or warn,egenkarta=info."))?;
    let colours = std::io::stderr().is_terminal();
    let _set = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(colours).with_writer(std::io::stderr).try_init();
    Ok(())
}

/// A panic's words may hold what someone typed: the log gets the place alone.
fn panics_say_where() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(|place| format!("{}:{}", place.file(), place.line())).unwrap_or_default();
        tracing::error!(place, "panicked");
    }));
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_arguments_of_every_command_fit_together() {
        super::command().debug_assert();
    }

    #[test]
    fn the_demonstration_shows_nothing_that_it_would_not_take() {
        let mut command = super::command();
        let demo = command.find_subcommand_mut("demo").expect("a command").render_long_help().to_string();
        assert!(demo.contains("--listen") && !demo.contains("--config <") && !demo.contains("--base <"), "{demo}");
    }
}
