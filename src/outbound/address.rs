//! Which addresses may be connected to, and the resolver that gives no others.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::Reach;

/// Resolves names and leaves out the addresses that are not allowed.
pub(super) struct Resolver(pub(super) Arc<Reach>);

/// All addresses of a name are refused.
#[derive(Clone, Copy, Debug)]
pub(super) struct Inner;

impl fmt::Display for Inner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name leads to an address that may not be asked")
    }
}

impl std::error::Error for Inner {}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = Arc::clone(&self.0);
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let host = name.as_str().to_ascii_lowercase();
            let allowed: Vec<SocketAddr> = found.into_iter().filter(|found| allowed(&reach, &host, found.ip())).collect();
            if allowed.is_empty() {
                return Err(Inner.into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

/// Whether `host` may be asked at `ip`.
pub(super) fn allowed(reach: &Reach, host: &str, ip: IpAddr) -> bool {
    let ip = plain(ip);
    match reach {
        Reach::Loopback => ip.is_loopback(),
        Reach::Public { inner_hosts } if inner_hosts.contains(host) => !never(ip),
        Reach::Public { .. } => public(ip),
    }
}

/// The IPv4 address that an IPv6 address stands for (mapped, RFC 4291 section 2.5.5.2; NAT64, RFC 6052), else the address itself.
fn plain(ip: IpAddr) -> IpAddr {
    let IpAddr::V6(v6) = ip else { return ip };
    match v6.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
            Ipv4Addr::new(a, b, c, d).into()
        }
        _ => ip,
    }
}

/// Whether everyone may reach it: IANA's special-purpose registries (RFC 6890) left out.
fn public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(v4) => !special_v4(v4),
        IpAddr::V6(v6) => global_unicast(v6),
    }
}

fn special_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    matches!(
        (a, b, c),
        (0 | 10 | 127 | 224..=255, _, _)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (192, 168, _)
            | (198, 18 | 19, _)
            | (198, 51, 100)
            | (203, 0, 113)
    )
}

/// 2000::/3, without what tunnels to somewhere else (Teredo and its neighbours, 6to4) and what is for documentation.
fn global_unicast(ip: Ipv6Addr) -> bool {
    let [first, second, ..] = ip.segments();
    let special = matches!((first, second), (0x2001, 0..=0x1ff | 0xdb8) | (0x2002, _) | (0x3fff, 0..=0xfff));
    first & 0xe000 == 0x2000 && !special
}

/// What no configuration opens: link-local, multicast, unspecified, and the clouds' metadata addresses.
fn never(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(v4) => v4.is_link_local() || matches!(v4.octets()[0], 0 | 224..=255),
        IpAddr::V6(v6) => {
            let metadata = Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254);
            v6.is_unicast_link_local() || v6.is_multicast() || v6.is_unspecified() || v6 == metadata
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reaches(reach: &Reach, host: &str, ip: &str) -> bool {
        allowed(reach, host, ip.parse().expect("an address"))
    }

    #[test]
    fn inner_addresses_are_refused_in_every_spelling() {
        let public = Reach::Public { inner_hosts: ["idp.inner.example".to_owned()].into() };
        let inner = [
            "127.0.0.1",
            "127.9.9.9",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "192.0.0.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fe80::1",
            "fc00::1",
            "fd00:ec2::254",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::10.0.0.1",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2001::1",
            "2001:db8::1",
            "fec0::1",
        ];
        for ip in inner {
            assert!(!reaches(&public, "idp.example", ip), "{ip}");
        }
        for ip in ["1.1.1.1", "172.32.0.1", "193.10.5.6", "2a00:801::1", "2001:6b0::1", "64:ff9b::1.1.1.1"] {
            assert!(reaches(&public, "idp.example", ip), "{ip}");
            assert!(!reaches(&Reach::Loopback, "localhost", ip), "{ip}");
        }
    }

    #[test]
    fn a_named_inner_host_never_opens_the_metadata_addresses() {
        let public = Reach::Public { inner_hosts: ["idp.inner.example".to_owned()].into() };
        for ip in ["10.1.2.3", "192.168.1.1", "fd12::1", "127.0.0.1"] {
            assert!(reaches(&public, "idp.inner.example", ip), "{ip}");
        }
        for ip in ["169.254.169.254", "::ffff:169.254.169.254", "fe80::1", "fd00:ec2::254", "0.0.0.0", "::", "224.0.0.1"] {
            assert!(!reaches(&public, "idp.inner.example", ip), "{ip}");
        }
        assert!(reaches(&Reach::Loopback, "localhost", "127.0.0.1") && reaches(&Reach::Loopback, "localhost", "::1"));
        assert!(!reaches(&Reach::Loopback, "localhost", "192.168.1.1"));
    }
}
