//! Wallets of others: a proof asked of one, shown to whoever asks, taken into one, and taken from one.

mod ask;
mod authorize;
mod offer;
mod present;
mod receive;
mod served;

use std::sync::Arc;

use axum::Router;

use super::page::url;
use crate::http::Site;
use crate::http::route::{get, get_post, post};

pub fn router() -> Router<Arc<Site>> {
    Router::new()
        .route(url::VERIFY_WALLET, get_post(ask::show, ask::begin))
        .route(url::PRESENT, get_post(present::choose, present::show))
        .route(url::PRESENT_ANSWER, post(present::answer))
        .route("/issuer/{unit}/authorize", get(authorize::begin))
        .route("/wallet/{key}", get_post(authorize::show, authorize::answer))
        .route(url::RECEIVE, get_post(receive::choose, receive::show))
        .route(url::RECEIVE_TAKE, post(receive::take))
        .route(url::RECEIVE_BACK, get(receive::back))
        .route("/entries/{id}/wallet", get_post(offer::choose, offer::make))
        .route(url::STAFF_WALLETS, get_post(served::show, served::set))
}
