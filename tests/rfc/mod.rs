//! Protocols held against what their RFCs say, one file each, negative cases first.

#[path = "8935.rs"]
mod push;
mod receiver;
#[path = "8417.rs"]
mod security_event;
