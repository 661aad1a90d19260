//! What the commands print. Whoever reads may go before the end (`doctor | head`): then the rest is not written, and the work goes on to
//! its end. Whatever else keeps the words from being written makes the command fail.

use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write};
use std::sync::OnceLock;

static UNWRITTEN: OnceLock<String> = OnceLock::new();

/// A line on standard output, as `println!`.
macro_rules! say {
    ($($words:tt)*) => { $crate::cli::out::line(format_args!($($words)*)) };
}

/// A line on standard error, as `eprintln!`.
macro_rules! tell {
    ($($words:tt)*) => { $crate::cli::out::aside(format_args!($($words)*)) };
}

pub(super) use {say, tell};

pub(super) fn line(words: Arguments<'_>) {
    keep(writeln!(io::stdout(), "{words}"));
}

/// Standard error is the last to complain to.
pub(super) fn aside(words: Arguments<'_>) {
    _ = writeln!(io::stderr(), "{words}");
}

pub(super) fn bytes(bytes: &[u8]) {
    keep(io::stdout().write_all(bytes));
}

/// For a stream of lines of its own: whether its reader is still there.
pub(super) fn heard(written: io::Result<()>) -> io::Result<bool> {
    match written {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(error),
    }
}

/// Writes what is left.
///
/// # Errors
/// A sentence, where something could not be written.
pub(super) fn end() -> Result<(), String> {
    keep(io::stdout().flush());
    UNWRITTEN.get().map_or(Ok(()), |why| Err(format!("What was to be printed could not be written: {why}.")))
}

fn keep(written: io::Result<()>) {
    if let Err(error) = heard(written) {
        _ = UNWRITTEN.set(error.to_string());
    }
}
