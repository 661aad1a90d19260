//! Connections, plain or under TLS: none stays that asks nothing, and all end when the service does.

use std::future::ready;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum_server::accept::Accept;
use axum_server::tls_rustls::RustlsAcceptor;
use axum_server::{Handle, Server};
use hyper_util::rt::TokioTimer;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, Sleep};

/// How long a connection may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// From the end of an answer, or the first byte, to the end of the next request's head.
    pub head: Duration,
    /// Nothing comes and nothing goes. Longer than any answer is waited for.
    pub quiet: Duration,
    /// Requests under way at the end have so long.
    pub grace: Duration,
}

impl Limits {
    pub const REAL: Self = Self { head: Duration::from_secs(15), quiet: Duration::from_secs(75), grace: Duration::from_secs(20) };
}

/// Serves until `stop` comes; then requests under way are answered, within the grace.
pub async fn listen(
    listener: TcpListener,
    tls: Option<RustlsAcceptor>,
    router: Router,
    limits: Limits,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let handle: Handle<SocketAddr> = Handle::new();
    let ending = handle.clone();
    tokio::spawn(async move {
        stop.await;
        ending.graceful_shutdown(Some(limits.grace));
    });
    let mut server = Server::from_listener(listener).acceptor(Door { tls, quiet: limits.quiet }).handle(handle);
    server.http_builder().http1().timer(TokioTimer::new()).header_read_timeout(limits.head);
    server.serve(router.into_make_service_with_connect_info::<SocketAddr>()).await
}

/// What each connection comes in by.
#[derive(Clone)]
struct Door {
    tls: Option<RustlsAcceptor>,
    quiet: Duration,
}

type Accepted<S> = io::Result<(Connection, S)>;

impl<S: Send + 'static> Accept<TcpStream, S> for Door {
    type Stream = Connection;
    type Service = S;
    type Future = Pin<Box<dyn Future<Output = Accepted<S>> + Send>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        let quiet = self.quiet;
        let Some(tls) = &self.tls else { return Box::pin(ready(Ok((Connection::new(Io::Plain(stream), quiet), service)))) };
        // The handshake has a limit of its own.
        let shaken = tls.accept(stream, service);
        Box::pin(async move {
            let (stream, service) = shaken.await?;
            Ok((Connection::new(Io::Tls(Box::new(stream)), quiet), service))
        })
    }
}

type TlsStream = <RustlsAcceptor as Accept<TcpStream, ()>>::Stream;

enum Io {
    Plain(TcpStream),
    Tls(Box<TlsStream>),
}

/// A connection that ends by itself once nothing has come or gone for so long: before its first byte too, where the protocol is not
/// known yet, and between requests, whatever the protocol.
struct Connection {
    io: Io,
    quiet: Duration,
    active: Instant,
    alarm: Pin<Box<Sleep>>,
}

impl Connection {
    fn new(io: Io, quiet: Duration) -> Self {
        Self { io, quiet, active: Instant::now(), alarm: Box::pin(tokio::time::sleep(quiet)) }
    }

    /// Notes that something came or went.
    fn seen<T>(&mut self, polled: Poll<T>) -> Poll<T> {
        if polled.is_ready() {
            self.active = Instant::now();
        }
        polled
    }
}

macro_rules! io {
    ($self:ident, $method:ident $(, $given:expr)*) => {
        match &mut $self.io {
            Io::Plain(io) => Pin::new(io).$method($($given),*),
            Io::Tls(io) => Pin::new(&mut **io).$method($($given),*),
        }
    };
}

impl AsyncRead for Connection {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let read = io!(this, poll_read, cx, buffer);
        if read.is_ready() {
            return this.seen(read);
        }
        // Set on only when it rings: most bytes come long before.
        while this.alarm.as_mut().poll(cx).is_ready() {
            let until = this.active + this.quiet;
            if until <= Instant::now() {
                return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
            }
            this.alarm.as_mut().reset(until);
        }
        Poll::Pending
    }
}

impl AsyncWrite for Connection {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = io!(this, poll_write, cx, bytes);
        this.seen(written)
    }

    fn poll_write_vectored(self: Pin<&mut Self>, cx: &mut Context<'_>, all: &[io::IoSlice<'_>]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = io!(this, poll_write_vectored, cx, all);
        this.seen(written)
    }

    fn is_write_vectored(&self) -> bool {
        match &self.io {
            Io::Plain(io) => io.is_write_vectored(),
            Io::Tls(io) => io.is_write_vectored(),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        io!(this, poll_flush, cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        io!(this, poll_shutdown, cx)
    }
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::sync::oneshot;
    use tokio::task::JoinHandle;
    use tokio::time::{sleep, timeout};

    use super::*;

    const LONG: Duration = Duration::from_secs(60);
    const SHORT: Duration = Duration::from_millis(200);
    /// What is to end by itself has ended after this, however busy the machine.
    const SOON: Duration = Duration::from_secs(20);

    async fn served(limits: Limits) -> (TcpStream, oneshot::Sender<()>, JoinHandle<io::Result<()>>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("bound");
        let slow = get(|| async {
            sleep(SHORT * 2).await;
            "whole"
        });
        let (stop, stopped) = oneshot::channel();
        let ended = async move {
            let _gone = stopped.await;
        };
        let serving = tokio::spawn(listen(listener, None, Router::new().route("/", slow), limits, ended));
        (TcpStream::connect(address).await.expect("it listens"), stop, serving)
    }

    async fn rest(stream: &mut TcpStream) -> String {
        let mut text = Vec::new();
        // A connection that is cut off is as ended as one that is closed.
        let _read = timeout(SOON, stream.read_to_end(&mut text)).await.expect("it ends by itself");
        String::from_utf8_lossy(&text).into_owned()
    }

    #[tokio::test]
    async fn half_a_head_and_silence_end_by_themselves() {
        let head = Limits { head: SHORT, quiet: LONG, grace: LONG };
        let quiet = Limits { head: LONG, quiet: SHORT, grace: LONG };
        // The last could be the beginning of either protocol.
        for (limits, sent) in [(head, "GET / HTTP/1.1\r\nHost: x"), (quiet, "GET / HTTP/1.1\r\n"), (quiet, ""), (quiet, "PRI * ")] {
            let (mut stream, _stop, _serving) = served(limits).await;
            stream.write_all(sent.as_bytes()).await.expect("it is open");
            assert!(!rest(&mut stream).await.contains("whole"), "{sent:?}");
        }
    }

    #[tokio::test]
    async fn half_a_head_holds_up_no_end_and_a_request_under_way_is_answered() {
        let limits = Limits { head: LONG, quiet: LONG, grace: SHORT };
        let (mut stream, stop, serving) = served(limits).await;
        stream.write_all(b"GET / HTTP/1.1\r\nHost: x").await.expect("it is open");
        sleep(SHORT).await;
        stop.send(()).expect("it serves");
        timeout(SOON, serving).await.expect("it ends").expect("it does not panic").expect("it served");

        let (mut stream, stop, serving) = served(Limits { grace: LONG, ..limits }).await;
        stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.expect("it is open");
        sleep(SHORT).await;
        stop.send(()).expect("it serves");
        assert!(rest(&mut stream).await.ends_with("whole"));
        timeout(SOON, serving).await.expect("it ends").expect("it does not panic").expect("it served");
    }
}
