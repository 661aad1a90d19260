//! The API's description, to read and for programs.

use crate::support::actor::Actor;
use crate::support::on_both;

on_both!(each_described_endpoint_stands_on_the_page_that_anyone_may_read, |app| {
    let anyone = async |path: &str| app.http().await.get(&Actor::Anonymous, path).await;
    let document: serde_json::Value = serde_json::from_slice(&anyone("/api/v1/openapi.json").await.body).unwrap();
    let page = anyone("/api/v1").await;
    assert_eq!(page.status, 200);
    let page = page.text();
    let paths = document["paths"].as_object().unwrap();
    assert!(paths.len() >= 10);
    for (path, methods) in paths {
        for method in methods.as_object().unwrap().keys() {
            let shown = path.replace('{', "&#123;").replace('}', "&#125;");
            let line = |path: &str| page.contains(&format!("{} {path}</code>", method.to_uppercase()));
            assert!(line(path) || line(&shown), "{method} {path}");
        }
    }
    for shape in document["components"]["schemas"].as_object().unwrap().keys() {
        assert!(page.contains(&format!("id=\"shape-{shape}\"")), "{shape}");
    }
});
