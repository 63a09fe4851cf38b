//! Which addresses are everybody's: those that routers of the internet lead to, and no machine has for itself or its own network.

use ipnet::IpNet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::LazyLock;

/// Networks that are not everybody's, after the IANA's registries of special-purpose addresses.
const CLOSED: &[(&str, &str)] = &[
    ("0.0.0.0/8", "this machine"),
    ("10.0.0.0/8", "a private network"),
    ("100.64.0.0/10", "a provider's own network"),
    ("127.0.0.0/8", "this machine"),
    ("169.254.0.0/16", "link-local"),
    ("172.16.0.0/12", "a private network"),
    ("192.0.0.0/24", "for protocols"),
    ("192.0.2.0/24", "for documentation"),
    ("192.168.0.0/16", "a private network"),
    ("198.18.0.0/15", "for measurements"),
    ("198.51.100.0/24", "for documentation"),
    ("203.0.113.0/24", "for documentation"),
    ("224.0.0.0/4", "for many at once"),
    ("240.0.0.0/4", "reserved"),
    ("::/96", "this machine"),
    ("64:ff9b:1::/48", "a translation inside of a network"),
    ("100::/64", "nowhere"),
    ("2001::/23", "for protocols"),
    ("2001:db8::/32", "for documentation"),
    ("3fff::/20", "for documentation"),
    ("5f00::/16", "for segment routing"),
    ("fc00::/7", "a private network"),
    ("fe80::/10", "link-local"),
    ("fec0::/10", "a private network"),
    ("ff00::/8", "for many at once"),
];

static NETWORKS: LazyLock<Vec<(IpNet, &str)>> =
    LazyLock::new(|| CLOSED.iter().filter_map(|(net, what)| Some((net.parse().ok()?, *what))).collect());

/// What an address is for, if it is not everybody's.
pub(super) fn closed(address: IpAddr) -> Option<&'static str> {
    let address = meant(address);
    NETWORKS.iter().find(|(network, _)| network.contains(&address)).map(|(_, what)| *what)
}

/// The address of the older kind that one of the newer kind leads to, where it does.
fn meant(address: IpAddr) -> IpAddr {
    let IpAddr::V6(six) = address else { return address };
    let old = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    let found = match six.segments() {
        // Written in the new way; translated (NAT64); wrapped (6to4).
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => {
            Some(old(high, low))
        }
        _ => None,
    };
    found.map_or(IpAddr::V6(Ipv6Addr::from(six.octets())), IpAddr::V4)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_everybody_are_open() {
        assert_eq!(NETWORKS.len(), CLOSED.len(), "every row is a network");
        for address in [
            "127.0.0.1",
            "127.9.9.9",
            "0.0.0.0",
            "10.1.2.3",
            "172.31.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "100.127.255.255",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "::",
            "::1",
            "::7f00:1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2002:a00:1::1",
            "2001:0:1::",
            "fd00::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "2001:db8::1",
        ] {
            assert!(closed(address.parse().unwrap()).is_some(), "{address}");
        }
        for address in [
            "1.1.1.1",
            "172.32.0.1",
            "100.128.0.1",
            "198.17.255.255",
            "2620:0:861:ed1a::1",
            "64:ff9b::101:101",
            "2002:101:101::1",
        ] {
            assert_eq!(closed(address.parse().unwrap()), None, "{address}");
        }
    }
}
