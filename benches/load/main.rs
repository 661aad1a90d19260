//! The parts of `tests/load/run` that speak Rust: seeding people, the bare server to compare with, and what the database says of
//! its own durability. Not in the binary.
//!
//!     load plain DATABASE PEOPLE OUT      fills a bare database; OUT gets tokens.txt and people.tsv
//!     load bare DATABASE LISTEN           serves it
//!     load durable DATABASE               prints how writes are made durable

// Nothing here is a test, so a failure has nobody else to tell: it ends the run with its reason.
#![expect(clippy::unwrap_used, reason = "a load run that cannot go on stops where it stands")]

mod bare;
mod people;
mod plain;
mod statement;

#[tokio::main]
async fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["plain", database, people, out] => plain::seed(database, people.parse().unwrap(), out.as_ref()).await,
        ["bare", database, listen] => bare::serve(database, listen.parse().unwrap()).await,
        ["durable", database] => statement::durable(database).await,
        // `cargo bench` and `cargo test --benches` run every target without arguments.
        _ => println!("see tests/load/run"),
    }
}
