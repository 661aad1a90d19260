//! Wallets of others: a proof asked of one, shown to whoever asks, taken into one, and taken from one.

mod ask;
mod authorize;
mod offer;
mod present;
mod receive;
mod served;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use super::page::url;
use crate::http::Site;

pub fn router() -> Router<Arc<Site>> {
    Router::new()
        .route(url::VERIFY_WALLET, get(ask::show).post(ask::begin))
        .route(url::PRESENT, get(present::choose).post(present::show))
        .route(url::PRESENT_ANSWER, post(present::answer))
        .route("/issuer/{unit}/authorize", get(authorize::begin))
        .route("/wallet/{key}", get(authorize::show).post(authorize::answer))
        .route(url::RECEIVE, get(receive::choose).post(receive::show))
        .route(url::RECEIVE_TAKE, post(receive::take))
        .route(url::RECEIVE_BACK, get(receive::back))
        .route("/entries/{id}/wallet", get(offer::choose).post(offer::make))
        .route(url::STAFF_WALLETS, get(served::show).post(served::set))
}
