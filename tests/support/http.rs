//! Requests to the app's own router, without a network.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use egenkarta::app;
use egenkarta::demo::provider::{Provider, Texts};
use egenkarta::demo::seeds::Seeds;
use egenkarta::demo::{issuers, personas};
use egenkarta::http::Site;
use egenkarta::outbound::Reach;
use egenkarta::text::{Lang, T};
use egenkarta::web::page::url;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tower::ServiceExt;

use super::TestApp;
use super::actor::Actor;
use super::app::BASE;
use super::described;

/// Given as a header of one's own: the request does not say where it comes from.
pub const UNSAID: &str = "x-unsaid";

/// The router with the demo's identity provider beside.
pub struct Http(Router);

#[derive(Clone, Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

impl Http {
    pub fn new(app: &TestApp) -> Self {
        Self::with(app, |_| {})
    }

    /// One that measures, as where the operator wants metrics.
    pub fn measured(app: &TestApp) -> Self {
        static METRICS: LazyLock<PrometheusHandle> = LazyLock::new(|| PrometheusBuilder::new().install_recorder().unwrap());
        Self::with(app, |site| site.metrics = Some(METRICS.clone()))
    }

    /// With something else about the site.
    pub fn with(app: &TestApp, change: impl FnOnce(&mut Site)) -> Self {
        let seeds = Seeds::embedded(&app.service.catalogue).unwrap();
        let callback = app.config.base.url(url::LOGIN_CALLBACK);
        let issuers = issuers(&seeds, &app.config.participants_issuer, &callback);
        let provider = Provider::new(BASE, issuers, Arc::new(words), app.seams.clock.clone(), app.seams.random.clone());
        let mut site = app::site(&app.config, &app.seams, Arc::clone(&app.service), provider.issuers(), Reach::Loopback).unwrap();
        site.personas = personas(&seeds, &app.config.participants_issuer);
        change(&mut site);
        Self(app::router(Arc::new(site), provider.router()))
    }

    /// Listens, for a program that asks over the network; the address.
    pub async fn listen(&self) -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let made = self.0.clone().into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, made).await });
        format!("http://localhost:{port}")
    }

    pub async fn get(&self, actor: &Actor, path: &str) -> Answer {
        self.send(actor, Method::GET, path, None).await
    }

    /// With headers of one's own.
    pub async fn get_with(&self, actor: &Actor, path: &str, headers: &[(&'static str, &str)]) -> Answer {
        self.with_headers(actor, Method::GET, path, headers, None).await
    }

    /// A form, as a page of ours would send it. Where it is a step's, the page at whose address the answers then stand.
    pub async fn post(&self, actor: &Actor, path: &str, form: &[(&str, &str)]) -> Answer {
        let answer = self.post_alone(actor, path, form).await;
        let step = answer.header("location").filter(|to| to.starts_with(&format!("{path}?at="))).map(str::to_owned);
        match step {
            Some(step) => self.get(actor, &step).await,
            None => answer,
        }
    }

    /// The form's own answer.
    pub async fn post_alone(&self, actor: &Actor, path: &str, form: &[(&str, &str)]) -> Answer {
        let body = url_encoded(form);
        self.send(actor, Method::POST, path, Some(("application/x-www-form-urlencoded", body))).await
    }

    pub async fn send(&self, actor: &Actor, method: Method, path: &str, body: Option<(&str, String)>) -> Answer {
        self.with_headers(actor, method, path, &[], body).await
    }

    pub async fn with_headers(
        &self,
        actor: &Actor,
        method: Method,
        path: &str,
        headers: &[(&'static str, &str)],
        body: Option<(&str, String)>,
    ) -> Answer {
        let body = body.map(|(kind, body)| (kind, body.into_bytes()));
        self.with_bytes(actor, method, path, headers, body).await
    }

    /// A form with texts and one file, as a browser sends it.
    pub async fn upload(&self, actor: &Actor, path: &str, texts: &[(&str, &str)], file: (&str, &[u8])) -> Answer {
        let part =
            |name: &str, more: &str| format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n").into_bytes();
        let mut body = Vec::new();
        for (name, text) in texts {
            body.extend([part(name, ""), text.as_bytes().to_vec(), b"\r\n".to_vec()].concat());
        }
        body.extend([part(file.0, "; filename=\"scan\""), file.1.to_vec(), b"\r\n--x--\r\n".to_vec()].concat());
        self.with_bytes(actor, Method::POST, path, &[], Some(("multipart/form-data; boundary=x", body))).await
    }

    pub async fn with_bytes(
        &self,
        actor: &Actor,
        method: Method,
        path: &str,
        headers: &[(&'static str, &str)],
        body: Option<(&str, Vec<u8>)>,
    ) -> Answer {
        let changes = !method.is_safe();
        let mut request = Request::builder().method(method.clone()).uri(path).header("host", "localhost:8080");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some((name, value)) = actor.header() {
            request = request.header(name, value);
        }
        if let Some((kind, _)) = &body {
            request = request.header("content-type", *kind);
        }
        // As every browser does, unless the test says otherwise.
        let said = |name: &str| headers.iter().any(|(given, _)| *given == name);
        if changes && !said(UNSAID) && !said("origin") && !said("sec-fetch-site") {
            request = request.header("origin", BASE).header("sec-fetch-site", "same-origin");
        }
        let body = body.map_or_else(Body::empty, |(_, body)| Body::from(body));
        let mut request = request.body(body).unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 40_000))));
        let answer = self.0.clone().oneshot(request).await.expect("a router answers");
        let (parts, body) = answer.into_parts();
        let body = to_bytes(body, 16 << 20).await.expect("a bounded body").to_vec();
        let answer = Answer { status: parts.status, headers: parts.headers, body };
        described::holds(&method, path, &answer);
        answer
    }

    /// Every path that the router knows, as it was registered: `/entries/{id}`. Axum tells them nowhere else.
    pub fn paths(&self) -> BTreeSet<String> {
        let told = format!("{:?}", self.0);
        let texts = told.split('"').skip(1).step_by(2);
        texts.filter(|text| text.starts_with('/') && !text.contains(' ')).map(str::to_owned).collect()
    }
}

fn url_encoded(form: &[(&str, &str)]) -> String {
    ::url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish()
}

/// The demo provider's texts.
fn words(tag: &str) -> Texts {
    let lang = Lang::negotiate(Some(tag));
    let t = T { lang, now: egenkarta::domain::Timestamp(0) };
    Texts {
        lang: lang.tag().to_owned(),
        dir: lang.dir().to_owned(),
        title: t.s("demo-idp-title"),
        lead: t.s("demo-idp-lead"),
        choose: t.s("demo-idp-choose"),
        cancel: t.s("demo-idp-cancel"),
        wrong: t.s("demo-idp-wrong"),
        stylesheet: url::asset("app.css"),
    }
}
