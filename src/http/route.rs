//! An address and who answers it.
//!
//! A handler becomes a value of one type here. Given to axum as it is, it is a type of its own, and the compiler lays axum's whole stack of
//! services around each of some three hundred anew, and proves a dozen times of each that what it waits for may go from thread to thread.

use std::sync::Arc;

use axum::extract::Request;
use axum::handler::Handler;
use axum::response::Response;
use axum::routing::{self, MethodRouter};

use super::Site;
use crate::domain::BoxFuture;

type Methods = MethodRouter<Arc<Site>>;

#[derive(Clone)]
struct Answering(Arc<dyn Fn(Request, Arc<Site>) -> BoxFuture<'static, Response> + Send + Sync>);

impl Handler<(), Arc<Site>> for Answering {
    type Future = BoxFuture<'static, Response>;

    fn call(self, request: Request, site: Arc<Site>) -> Self::Future {
        (self.0)(request, site)
    }
}

fn answering<H, T>(handler: H) -> Answering
where
    H: Handler<T, Arc<Site>> + Sync,
    T: 'static,
{
    Answering(Arc::new(move |request, site| Box::pin(handler.clone().call(request, site))))
}

/// `GET`, and `HEAD` with it.
pub fn get<H, T>(handler: H) -> Methods
where
    H: Handler<T, Arc<Site>> + Sync,
    T: 'static,
{
    routing::get(answering(handler))
}

pub fn post<H, T>(handler: H) -> Methods
where
    H: Handler<T, Arc<Site>> + Sync,
    T: 'static,
{
    routing::post(answering(handler))
}

/// `GET` shows, `POST` does.
pub fn get_post<G, A, P, B>(shows: G, does: P) -> Methods
where
    G: Handler<A, Arc<Site>> + Sync,
    A: 'static,
    P: Handler<B, Arc<Site>> + Sync,
    B: 'static,
{
    get(shows).post(answering(does))
}
