//! The last answers to requests for public documents.

use std::collections::HashMap;

use url::Url;

use super::{FetchResponse, Timestamp};
use crate::domain::time::SECOND;

/// Far more documents than a service has providers.
const MOST: usize = 64;

#[derive(Default)]
pub(super) struct Cache(HashMap<Url, (Timestamp, FetchResponse)>);

impl Cache {
    /// The answer, where it is at most `max_age` seconds old. One from the future is of no known age.
    pub(super) fn get(&self, url: &Url, now: Timestamp, max_age: u32) -> Option<FetchResponse> {
        let (at, response) = self.0.get(url)?;
        (0..=i64::from(max_age) * SECOND).contains(&now.since(*at)).then(|| response.clone())
    }

    pub(super) fn put(&mut self, url: Url, now: Timestamp, response: FetchResponse) {
        if self.0.len() >= MOST && !self.0.contains_key(&url) {
            let oldest = self.0.iter().min_by_key(|(_, (at, _))| *at).map(|(url, _)| url.clone());
            oldest.map(|url| self.0.remove(&url));
        }
        self.0.insert(url, (now, response));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_answers_do_not_serve_and_the_oldest_goes_first() {
        let mut cache = Cache::default();
        let url = |n: usize| Url::parse(&format!("https://a.example/{n}")).expect("a url");
        let response = FetchResponse { status: 200, content_type: None, body: Vec::new() };
        for n in 0..=MOST {
            cache.put(url(n), Timestamp(n as i64 * SECOND), response.clone());
        }
        let now = Timestamp(100 * SECOND);
        assert!(cache.get(&url(0), now, 1000).is_none(), "made room");
        assert!(cache.get(&url(MOST), now, 35).is_none() && cache.get(&url(MOST), now, 36).is_some());
        assert!(cache.get(&url(MOST), Timestamp(0), 1000).is_none(), "the clock went back");
        assert_eq!(cache.0.len(), MOST);
    }
}
