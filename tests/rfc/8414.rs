//! RFC 8414: what the authorization server says of itself is so.

use axum::http::Method;

use crate::support::actor::Actor;
use crate::support::oauth::{ISSUER, json_of};
use crate::support::on_both;

on_both!(the_metadata_promises_nothing_that_is_not_there, |app| {
    let http = app.http().await;
    let answer = http.get(&Actor::Anonymous, "/.well-known/oauth-authorization-server").await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, Some("application/json")));
    let said = json_of(&answer);
    assert_eq!(said["issuer"], ISSUER, "compared sign by sign with where it was found");
    for weaker in
        ["implicit", "password", "client_secret_basic", "client_secret_post", "none", "plain", "RS256", "HS256", "fragment"]
    {
        assert!(!answer.text().contains(&format!("\"{weaker}\"")), "{weaker}");
    }
    assert_eq!(said["require_pushed_authorization_requests"], true);
    assert_eq!(said["authorization_response_iss_parameter_supported"], true);
    assert_eq!(said["code_challenge_methods_supported"], serde_json::json!(["S256"]));
    assert_eq!(said["authorization_details_types_supported"], serde_json::json!(["egenkarta_consent"]));
    assert_eq!(said["token_endpoint_auth_methods_supported"], serde_json::json!(["private_key_jwt"]));
    for name in [
        "token_endpoint",
        "pushed_authorization_request_endpoint",
        "device_authorization_endpoint",
        "introspection_endpoint",
        "revocation_endpoint",
    ] {
        let path = said[name].as_str().and_then(|url| url.strip_prefix(ISSUER)).unwrap_or_else(|| panic!("{name} is ours"));
        let form = Some(("application/x-www-form-urlencoded", String::new()));
        let refused = http.send(&Actor::Anonymous, Method::POST, path, form).await;
        assert_eq!((refused.status.as_u16(), json_of(&refused)["error"].as_str()), (401, Some("invalid_client")), "{name}");
    }
    let jwks = said["jwks_uri"].as_str().and_then(|url| url.strip_prefix(ISSUER)).expect("ours");
    assert!(json_of(&http.get(&Actor::Anonymous, jwks).await)["keys"][0]["x"].is_string());
});
