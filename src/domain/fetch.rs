//! The seam through which answers of other servers enter.

use std::fmt;
use std::pin::Pin;

pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Fetches over HTTP, within bounds that the implementation sets.
pub trait Fetch: Send + Sync {
    fn fetch(&self, request: FetchRequest) -> BoxFuture<'_, Result<FetchResponse, FetchFault>>;
}

/// One request. Its body and headers may be secret: it prints neither.
#[derive(Clone)]
pub struct FetchRequest {
    pub url: String,
    pub method: Method,
    pub headers: Vec<(String, String)>,
    /// Answers longer than this are refused.
    pub max_bytes: usize,
    /// A kept answer of at most this age, in seconds, serves too, and the answer is kept. Only for `Get` of public documents.
    pub max_age: Option<u32>,
}

#[derive(Clone)]
pub enum Method {
    Get,
    /// A body with its content type.
    Post {
        content_type: String,
        body: Vec<u8>,
    },
}

impl FetchRequest {
    /// A public document of at most 64 KiB.
    pub fn get(url: impl Into<String>) -> Self {
        Self { url: url.into(), method: Method::Get, headers: Vec::new(), max_bytes: 64 * 1024, max_age: None }
    }

    pub fn max_age(self, seconds: u32) -> Self {
        Self { max_age: Some(seconds), ..self }
    }
}

impl fmt::Debug for FetchRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FetchRequest").field("max_bytes", &self.max_bytes).finish_non_exhaustive()
    }
}

/// Any answer, whatever its status.
#[derive(Clone)]
pub struct FetchResponse {
    pub status: u16,
    pub content_type: Option<String>,
    pub body: Vec<u8>,
}

impl fmt::Debug for FetchResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FetchResponse").field("status", &self.status).finish_non_exhaustive()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FetchFault {
    /// No URL that may be asked: not https, with a password in it, or a host that is not public.
    Refused,
    Unreachable,
    TooSlow,
    TooLarge,
}

impl fmt::Display for FetchFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Refused => "this address may not be asked",
            Self::Unreachable => "unreachable",
            Self::TooSlow => "no answer in time",
            Self::TooLarge => "the answer is too large",
        })
    }
}

impl std::error::Error for FetchFault {}
