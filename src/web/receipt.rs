//! Receipts as files.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use crate::usecase::receipt::Receipt;

/// A signed receipt to keep; its name says what it is and the sharing's code.
pub fn file(what: &str, receipt: Receipt) -> Response {
    let name = format!("attachment; filename=\"egenkarta-{what}-{}.jws\"", receipt.code);
    ([(CONTENT_TYPE, "application/jose".to_owned()), (CONTENT_DISPOSITION, name)], receipt.jws).into_response()
}
