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
pub mod report;
pub mod restore;
pub mod serve;
pub mod taxonomy;
pub mod token;
pub mod trust;
pub mod verify;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The skills map that its person owns.
#[derive(Parser)]
#[command(name = "egenkarta", version, about)]
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
    /// Bring the database's schema up to date
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
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(wrong) => return unread(&wrong),
    };
    logging();
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
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
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
fn logging() {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_from_env("EGENKARTA_LOG").unwrap_or_else(|_| EnvFilter::new("warn,egenkarta=info"));
    let _set = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}
