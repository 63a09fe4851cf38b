//! Parameters of addresses and of posted forms (`application/x-www-form-urlencoded`).

use super::error::{Code, Problem};
use oxigraph::model::NamedNode;
use percent_encoding::percent_decode;

/// The media type of a form.
pub const FORM_TYPE: &str = "application/x-www-form-urlencoded";

/// The parameters of a request, in their order.
#[derive(Clone, Debug, Default)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// Reads parameters.
    ///
    /// # Errors
    /// If they are not UTF-8 once decoded.
    pub fn read(text: &[u8]) -> Result<Self, Problem> {
        let pairs = text.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty());
        let decode = |part: &[u8]| {
            let spaced: Vec<u8> = part.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
            percent_decode(&spaced).decode_utf8().map(std::borrow::Cow::into_owned).map_err(|_| {
                Problem::new(Code::BadRequest, "A parameter is not UTF-8").hint("Encode text as UTF-8 before percent-encoding it")
            })
        };
        let pair = |pair: &[u8]| {
            let mut parts = pair.splitn(2, |byte| *byte == b'=');
            Ok((decode(parts.next().unwrap_or_default())?, decode(parts.next().unwrap_or_default())?))
        };
        pairs.map(pair).collect::<Result<_, _>>().map(Self)
    }
    /// Reads the parameters of an address.
    ///
    /// # Errors
    /// As [`Form::read`].
    pub fn of(uri: &axum::http::Uri) -> Result<Self, Problem> {
        Self::read(uri.query().unwrap_or_default().as_bytes())
    }
    /// These parameters and then others.
    #[must_use]
    pub fn and(mut self, more: Self) -> Self {
        self.0.extend(more.0);
        self
    }
    /// All parameters with their values, in their order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
    /// All values of a parameter.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, value)| value.as_str())
    }
    /// The first value of a parameter.
    pub fn first<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.all(name).next()
    }
    /// The value of a parameter that may stand once only.
    ///
    /// # Errors
    /// If it stands more than once.
    pub fn one<'a>(&'a self, name: &'a str) -> Result<Option<&'a str>, Problem> {
        let mut values = self.all(name);
        let first = values.next();
        match values.next() {
            None => Ok(first),
            Some(_) => {
                Err(Problem::new(Code::BadRequest, format!("The parameter `{name}` is given more than once"))
                    .hint("Give it once"))
            }
        }
    }
}

impl Form {
    /// The values of a parameter that names graphs.
    ///
    /// # Errors
    /// If one is no IRI.
    pub fn graphs(&self, name: &str) -> Result<Vec<NamedNode>, Problem> {
        let iri = |text: &str| {
            NamedNode::new(text).map_err(|_| {
                Problem::new(Code::BadRequest, format!("`{text}` in `{name}` is no IRI")).hint("Give the absolute IRI of a graph")
            })
        };
        self.all(name).map(iri).collect()
    }
}

/// A text as a parameter's value.
pub fn encode(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_decoded() {
        let form = Form::read(b"q=a+b%26c&graph=x&graph=y&empty").unwrap();
        assert_eq!(form.one("q").unwrap(), Some("a b&c"));
        assert_eq!(form.all("graph").collect::<Vec<_>>(), ["x", "y"]);
        assert!(form.one("graph").is_err());
        assert_eq!(form.first("empty"), Some(""));
        assert!(Form::read(b"q=%ff").is_err());
        assert_eq!(Form::read(format!("q={}", encode("ñ +&=?")).as_bytes()).unwrap().first("q"), Some("ñ +&=?"));
    }
}
