//! What the RFCs demand, one file for each, negative cases first.

mod haip;
mod haip_asked;
mod openid4vci;
mod openid4vci_login;
mod openid4vci_receive;
mod openid4vp;
#[path = "8935.rs"]
mod push;
pub mod receiver;
#[path = "6749.rs"]
mod rfc6749;
#[path = "6749_client.rs"]
mod rfc6749_client;
#[path = "6749_codes.rs"]
mod rfc6749_codes;
#[path = "7009.rs"]
mod rfc7009;
#[path = "7523.rs"]
mod rfc7523;
#[path = "7636.rs"]
mod rfc7636;
#[path = "7638.rs"]
mod rfc7638;
#[path = "7662.rs"]
mod rfc7662;
#[path = "8414.rs"]
mod rfc8414;
#[path = "8693.rs"]
mod rfc8693;
#[path = "9126.rs"]
mod rfc9126;
#[path = "9396.rs"]
mod rfc9396;
#[path = "9449.rs"]
mod rfc9449;
#[path = "9728.rs"]
mod rfc9728;
#[path = "8417.rs"]
mod security_event;
mod wallet;
