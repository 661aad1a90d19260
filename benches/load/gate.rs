//! The gate by itself, without HTTP: how many consented reads a second the use case gives, for profiling.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use egenkarta::usecase::Service;

/// Reads with the tokens in `out`, `at_once` at a time, for ten seconds.
pub async fn drive(service: Arc<Service>, out: &Path, at_once: usize) {
    let tokens: Arc<[String]> = std::fs::read_to_string(out.join("tokens.txt")).unwrap().lines().map(String::from).collect();
    let (done, entries) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let end = Instant::now() + Duration::from_secs(10);
    let tasks: Vec<_> = (0..at_once)
        .map(|task| {
            let (service, tokens, done, entries) = (service.clone(), tokens.clone(), done.clone(), entries.clone());
            tokio::spawn(async move {
                let mut at = task * 7919;
                let mut times = Vec::new();
                while Instant::now() < end {
                    at += 1;
                    let start = Instant::now();
                    let read = service.read_by_token(&tokens[at % tokens.len()], None).await.unwrap();
                    times.push(start.elapsed());
                    entries.fetch_add(read.entries.len(), Ordering::Relaxed);
                    done.fetch_add(1, Ordering::Relaxed);
                }
                times
            })
        })
        .collect();
    let mut times = Vec::new();
    for task in tasks {
        times.extend(task.await.unwrap());
    }
    times.sort();
    let (done, entries) = (done.load(Ordering::Relaxed), entries.load(Ordering::Relaxed));
    println!("rate {:.0}\nentries_each {:.1}", done as f64 / 10.0, entries as f64 / done as f64);
    println!("p50_ms {:.3}\np99_ms {:.3}", ms(times[times.len() / 2]), ms(times[times.len() * 99 / 100]));
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
