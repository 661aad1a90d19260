//! Routers joined, jobs started, requests served until a signal says stop.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use axum::{Router, middleware};
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::listener::{Limits, listen};
use super::{Built, Unbuilt};
use crate::http::{Site, layers};
use crate::usecase::delivery::Sender;
use crate::{api, jobs, web};

/// All routes under their layers. `extra` is mounted beside: the demo's identity provider.
pub fn router(site: Arc<Site>, extra: Router) -> Router {
    let ours = Router::new().merge(web::router(&site, api::description())).merge(api::router()).with_state(Arc::clone(&site));
    layers::wrap(ours.merge(extra), &site)
        .layer(middleware::from_fn_with_state(site, web::told_to_browsers))
        .layer(middleware::from_fn(api::told))
}

/// Serves plain http on `listener` (loopback, or behind a proxy) until SIGTERM or ctrl-c, then ends gracefully.
pub async fn serve(listener: TcpListener, router: Router, built: Built, sender: Sender) -> Result<(), Unbuilt> {
    until_signal(listener, None, router, built, sender).await
}

/// Serves https on `address` with a certificate of its own.
pub async fn serve_tls(
    address: SocketAddr,
    (certificate, key): (&Path, &Path),
    router: Router,
    built: Built,
    sender: Sender,
) -> Result<(), Unbuilt> {
    let tls = RustlsConfig::from_pem_file(certificate, key).await;
    let tls = tls.map_err(|e| Unbuilt(format!("The certificate or its key cannot be used: {e}.")))?;
    let listener = TcpListener::bind(address).await.map_err(|e| Unbuilt(format!("{address}: {e}.")))?;
    until_signal(listener, Some(RustlsAcceptor::new(tls)), router, built, sender).await
}

async fn until_signal(
    listener: TcpListener,
    tls: Option<RustlsAcceptor>,
    router: Router,
    built: Built,
    sender: Sender,
) -> Result<(), Unbuilt> {
    let (stop, stopped) = watch::channel(false);
    let service = Arc::clone(&built.service);
    let jobs = jobs::start(Arc::clone(&service), built.denials, sender, stopped);
    let served = listen(listener, tls, router, Limits::REAL, signal()).await;
    served.map_err(|e| Unbuilt(format!("Serving ended: {e}.")))?;
    let _nobody = stop.send(true);
    jobs.finished().await;
    service.db.close().await;
    Ok(())
}

async fn signal() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminate) = signal(SignalKind::terminate()) else {
            let _ended = interrupt.await;
            return;
        };
        tokio::select! {
            _ = interrupt => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    let _ended = interrupt.await;
}
