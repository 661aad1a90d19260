//! RFC 9396: what is asked for is said in our type, whole, and nothing else.

use super::rfc9126::{details, form, push, with};
use crate::support::oauth::error;
use crate::support::on_both;

on_both!(details_that_are_not_understood_are_refused_and_told_why, |app| {
    let unit = app.unit("af").await;
    let program = app.registered(&unit).await;
    let (id, asked) = (program.id(), details(app, &unit));
    let good = form(&id, &asked);
    let two = asked.replacen("}]", "},{}]", 1);
    for (text, says) in [
        ("x", "array"),
        ("{}", "array"),
        ("[]", "one object"),
        (two.as_str(), "one object"),
        (&asked.replace("egenkarta_consent", "payment_initiation"), "type"),
        (&asked.replace("\"mode\"", "\"colour\":\"red\",\"mode\""), "members"),
        (&asked.replace("\"P07\"", "\"P77\""), "members"),
        (&asked.replace("[\"P07\"]", "[]"), "section"),
        (&asked.replace("\"read\"", "\"own\""), "members"),
        (&asked.replace("6.1.e", "6.1.z"), "members"),
    ] {
        let (status, code, why) = push(app, &program, &with(&good, "authorization_details", text)).await;
        assert_eq!((status, code.as_str()), (400, "invalid_authorization_details"), "{text}");
        assert!(why.contains(says), "{text}: {why}");
        let device = program.post(app, "/oauth/device_authorization", false, &[("authorization_details", text)]).await;
        assert_eq!(error(&device), (400, "invalid_authorization_details".to_owned()), "{text}");
    }
    let none = push(app, &program, &with(&good, "authorization_details", "")).await;
    assert_eq!((none.1.as_str(), none.2.as_str()), ("invalid_request", "authorization_details is missing"));
});
