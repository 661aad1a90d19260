//! What the RFCs demand, one file for each, negative cases first.

#[path = "6749_codes.rs"]
mod rfc6749_codes;
#[path = "7009.rs"]
mod rfc7009;
#[path = "7662.rs"]
mod rfc7662;
#[path = "8693.rs"]
mod rfc8693;
#[path = "8935.rs"]
mod push;
mod receiver;
#[path = "8417.rs"]
mod security_event;
