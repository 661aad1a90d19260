//! What every pushed authorization request holds, whoever it asks (RFC 9126, 2.1; FAPI 2.0 security profile, 5.3.2.2).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::domain::oauth::Fault;
use crate::http::params::Params;

pub(super) const MAX_ADDRESS: usize = 500;
pub(super) const MAX_STATE: usize = 512;
/// `authorization_details`; each type itself takes less.
pub(super) const MAX_DETAILS: usize = 8 * 1024;

/// For a code, by value, to be answered in the query; naming nobody.
pub(super) fn for_code(form: &Params) -> Result<(), Fault> {
    // A pushed request is none by reference. A hint would name a person where nobody has been asked yet.
    if form.has("request_uri") || form.has("request") {
        return Err(Fault::Request("push the parameters themselves"));
    }
    if form.has("login_hint") || form.has("id_token_hint") {
        return Err(Fault::Request("no hint of who the person is is taken"));
    }
    if form.required("response_type", 64)? != "code" {
        return Err(Fault::ResponseType);
    }
    if form.optional("response_mode", 64)?.is_some_and(|mode| mode != "query") {
        return Err(Fault::Request("the only response_mode is query"));
    }
    Ok(())
}

/// RFC 7636, 4.3: S256, whose challenge is a hash of 32 bytes.
pub(super) fn challenge(form: &Params) -> Result<String, Fault> {
    let challenge = form.required("code_challenge", 128)?;
    if form.optional("code_challenge_method", 64)? != Some("S256") {
        return Err(Fault::Request("code_challenge_method must be S256"));
    }
    hash(challenge).map(|_| challenge.to_owned()).ok_or(Fault::Request("code_challenge is no SHA-256 in base64url"))
}

/// The thumbprint of the key that is named for the code to be bound to (RFC 9449, 10).
pub(super) fn named_key(form: &Params) -> Result<Option<[u8; 32]>, Fault> {
    let named = form.optional("dpop_jkt", 64)?;
    named.map(|text| hash(text).ok_or(Fault::Request("dpop_jkt is no thumbprint"))).transpose()
}

/// The key that the code will be bound to: of the proof, or named; where both, they must be one (RFC 9449, 10.1).
pub(super) fn one_key(proven: Option<[u8; 32]>, named: Option<[u8; 32]>) -> Result<Option<[u8; 32]>, Fault> {
    match (proven, named) {
        (Some(proven), Some(named)) if proven != named => Err(Fault::Proof),
        (proven, named) => Ok(proven.or(named)),
    }
}

fn hash(text: &str) -> Option<[u8; 32]> {
    URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()
}
