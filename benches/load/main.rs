//! The parts of `tests/load/run` that speak Rust: seeding people, the bare server to compare with, and what the database says of
//! its own durability. Not in the binary.
//!
//!     load plain FOLDER PEOPLE OUT        fills a bare database; OUT gets tokens.txt and people.tsv
//!     load sealed FOLDER PEOPLE OUT       fills a real one; OUT likewise
//!     load gate FOLDER OUT AT_ONCE        reads through the gate without HTTP
//!     load proof FOLDER OUT               what proofs of possession and introspection cost
//!     load credential                     what proofs of competence and status lists cost
//!     load bare FOLDER LISTEN             serves the bare one
//!     load durable FOLDER                 prints how writes are made durable

// Nothing here is a test, so a failure has nobody else to tell: it ends the run with its reason.
#![expect(clippy::unwrap_used, reason = "a load run that cannot go on stops where it stands")]

mod bare;
mod credential;
mod gate;
mod house;
mod people;
mod plain;
mod proof;
mod sealed;
mod statement;

// As in the binary.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["plain", folder, people, out] => plain::seed(folder.as_ref(), people.parse().unwrap(), out.as_ref()).await,
        ["sealed", folder, people, out] => {
            sealed::seed(house::open(folder.as_ref()).await, people.parse().unwrap(), out.as_ref()).await;
        }
        ["gate", folder, out, at_once] => {
            gate::drive(house::open(folder.as_ref()).await, out.as_ref(), at_once.parse().unwrap()).await;
        }
        ["proof", folder, out] => proof::measure(house::open(folder.as_ref()).await, out.as_ref()).await,
        ["credential"] => credential::measure(),
        ["bare", folder, listen] => bare::serve(folder.as_ref(), listen.parse().unwrap()).await,
        ["durable", folder] => statement::durable(&house::open(folder.as_ref()).await.db).await,
        // `cargo bench` and `cargo test --benches` run every target without arguments.
        _ => println!("see tests/load/run"),
    }
}
