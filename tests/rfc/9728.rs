//! RFC 9728: who is refused at the resource learns where tokens come from.

use crate::support::actor::Actor;
use crate::support::oauth::{DISCLOSURE, ISSUER, json_of};
use crate::support::on_both;

on_both!(from_a_refusal_a_client_finds_the_authorization_server, |app| {
    let http = app.http().await;
    let refused = http.get(&Actor::Anonymous, DISCLOSURE).await;
    let told: Vec<&str> = refused.headers.get_all("www-authenticate").iter().map(|value| value.to_str().unwrap()).collect();
    assert_eq!((refused.status.as_u16(), told.len()), (401, 2), "{told:?}");
    for (challenge, scheme) in told.iter().zip(["Bearer ", "DPoP "]) {
        assert!(challenge.starts_with(scheme), "{challenge}");
        let at = challenge.split("resource_metadata=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("where it stands");
        let said = json_of(&http.get(&Actor::Anonymous, at.strip_prefix(ISSUER).expect("ours")).await);
        assert_eq!(said["resource"], ISSUER, "the address that was asked lies under it");
        assert_eq!(said["authorization_servers"], serde_json::json!([ISSUER]));
        assert_eq!(said["bearer_methods_supported"], serde_json::json!(["header"]), "in no form, and in no address");
    }
});
