//! Reads the arguments, runs the command, gives the exit code.

fn main() {}
