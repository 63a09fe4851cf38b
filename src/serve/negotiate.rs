//! Content negotiation: what a client accepts, and which of the things there are it likes best (RFC 9110, section 12).

use axum::http::{HeaderMap, HeaderName, header};

/// One entry of an `Accept` or `Accept-Language` header.
#[derive(Clone, Debug, PartialEq)]
struct Preference {
    /// The range in lower case, without parameters: `text/html`, `text/*`, `*/*`; `es-mx`, `*`.
    range: String,
    /// Its weight, from 0 (not at all) to 1.
    weight: f32,
}

/// What a client prefers.
#[derive(Clone, Debug, Default)]
pub struct Preferences(Vec<Preference>);

impl Preferences {
    /// What a client accepts, as it wrote it.
    pub fn written(headers: &HeaderMap) -> String {
        let values = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
        values.collect::<Vec<_>>().join(",")
    }
    /// The preferences of an `Accept` header; without one, everything is as good as anything else.
    pub fn media(headers: &HeaderMap) -> Self {
        Self::read(headers, &header::ACCEPT)
    }
    /// The preferences of an `Accept-Language` header.
    pub fn languages(headers: &HeaderMap) -> Self {
        Self::read(headers, &header::ACCEPT_LANGUAGE)
    }

    fn read(headers: &HeaderMap, name: &HeaderName) -> Self {
        let mut all = Vec::new();
        for value in headers.get_all(name) {
            all.extend(value.to_str().unwrap_or_default().split(',').filter_map(preference));
        }
        Self(all)
    }

    /// Whether the client said nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a media type is named as such, not only by a wildcard, with a weight above zero.
    pub fn names(&self, media_type: &str) -> bool {
        self.0.iter().any(|p| p.range == media_type && p.weight > 0.0)
    }

    /// The weight of a media type: that of the most specific range that covers it.
    pub fn weight(&self, media_type: &str) -> f32 {
        if self.is_empty() {
            return 1.0;
        }
        let kind = media_type.split('/').next().unwrap_or_default();
        let specific = |range: &str| match range {
            r if r == media_type => Some(2),
            "*/*" | "*" => Some(0),
            r if r.strip_suffix("/*") == Some(kind) => Some(1),
            _ => None,
        };
        self.0
            .iter()
            .filter_map(|p| specific(&p.range).map(|rank| (rank, p.weight)))
            .max_by_key(|(rank, _)| *rank)
            .map_or(0.0, |(_, weight)| weight)
    }

    /// The index of the offer that the client likes best; the earlier of two that it likes the same. An offer is the list
    /// of media types that name it: it is sent as the first, and the others mean it where the client names them, not only
    /// something that covers them. `None` where it accepts none.
    pub fn best(&self, offers: &[&[&str]]) -> Option<usize> {
        let mut best = None;
        for (i, names) in offers.iter().enumerate() {
            let others = names.iter().skip(1).filter(|name| self.names(name));
            let weight = names.iter().take(1).chain(others).map(|name| self.weight(name)).fold(0.0, f32::max);
            if weight > best.map_or(0.0, |(_, most)| most) {
                best = Some((i, weight));
            }
        }
        best.map(|(i, _)| i)
    }

    /// The best of the languages that there are, by primary code (`es-MX` is served `es`).
    pub fn language<'a>(&self, offers: &[&'a str]) -> Option<&'a str> {
        let mut best: Option<(&str, f32)> = None;
        for p in &self.0 {
            let code = p.range.split('-').next().unwrap_or_default();
            let offer = offers.iter().find(|offer| **offer == code);
            if let Some(offer) = offer
                && p.weight > best.map_or(0.0, |(_, most)| most)
            {
                best = Some((offer, p.weight));
            }
        }
        best.map(|(offer, _)| offer)
    }
}

fn preference(entry: &str) -> Option<Preference> {
    let mut parts = entry.split(';');
    let range = parts.next()?.trim().to_ascii_lowercase();
    if range.is_empty() {
        return None;
    }
    let weight = parts
        .filter_map(|parameter| parameter.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("q"))
        .map_or(1.0, |(_, q)| q.trim().parse::<f32>().ok().filter(|q| q.is_finite()).unwrap_or(0.0).clamp(0.0, 1.0));
    Some(Preference { range, weight })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn accept(value: &str) -> Preferences {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, HeaderValue::from_str(value).unwrap());
        headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_str(value).unwrap());
        Preferences::media(&headers)
    }

    const OFFERS: &[&[&str]] = &[&["text/html", "application/xhtml+xml"], &["text/turtle"], &["application/json"]];

    #[test]
    fn weights_decide_and_order_breaks_ties() {
        assert_eq!(accept("text/turtle;q=0.4, application/json;q=0.5").best(OFFERS), Some(2));
        assert_eq!(accept("*/*").best(OFFERS), Some(0));
        assert_eq!(Preferences::default().best(OFFERS), Some(0));
        assert_eq!(accept("text/*;q=0.3, text/html;q=0").best(OFFERS), Some(1));
        assert_eq!(accept("Application/JSON ; charset=utf-8 ; Q=0.8, */*;q=0.1").best(OFFERS), Some(2));
        assert_eq!(accept("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8").best(OFFERS), Some(0));
    }

    #[test]
    fn nothing_acceptable_is_none() {
        assert_eq!(accept("image/png").best(OFFERS), None);
        assert_eq!(accept("text/turtle;q=0").best(OFFERS), None);
        assert_eq!(accept("application/*;q=0.3, text/html;q=0").best(OFFERS), Some(2), "it is not sent as what it may be called");
        assert_eq!(accept("text/turtle;q=nonsense").best(OFFERS), None);
    }

    #[test]
    fn languages_go_by_their_primary_code() {
        let languages = |value: &str| accept(value).language(&["en", "es", "fr"]);
        assert_eq!(languages("es-MX,es;q=0.9,en;q=0.5"), Some("es"));
        assert_eq!(languages("de, fr;q=0.2, en;q=0.1"), Some("fr"));
        assert_eq!(languages("de"), None);
        assert_eq!(languages("en;q=0, es;q=0.1"), Some("es"));
    }
}
