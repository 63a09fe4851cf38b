//! Values of settings, from texts and to TOML.

use super::super::{Secret, service};
use std::path::Path;
use std::time::Duration;
use toml::Value;

pub(super) fn put<T>(place: &mut T, value: Option<T>) -> Option<()> {
    *place = value?;
    Some(())
}
pub(super) fn address(text: &str) -> Option<String> {
    service::address(text).ok().flatten()
}
pub(super) fn secret(text: &str) -> Option<Secret> {
    (!text.is_empty()).then(|| Secret::new(text))
}
pub(super) fn seconds(text: &str) -> Option<Duration> {
    text.parse().ok().and_then(|s| Duration::try_from_secs_f64(s).ok()).filter(|d| !d.is_zero())
}
pub(super) fn positive<T: std::str::FromStr + PartialOrd + Default>(text: &str) -> Option<T> {
    text.parse().ok().filter(|n| *n > T::default())
}
pub(super) fn share(text: &str) -> Option<f32> {
    text.parse().ok().filter(|n| (0.0..=1.0).contains(n))
}
pub(super) fn named<T: Copy>(all: &[(&str, T)], text: &str) -> Option<T> {
    all.iter().find(|(name, _)| *name == text).map(|(_, value)| *value)
}
pub(super) fn name<T: PartialEq>(all: &[(&str, T)], value: &T) -> Option<Value> {
    all.iter().find(|(_, other)| other == value).map(|(name, _)| (*name).into())
}
pub(super) fn list(all: &[impl ToString]) -> Option<Value> {
    (!all.is_empty()).then(|| all.iter().map(|one| Value::from(one.to_string())).collect::<Vec<_>>().into())
}
pub(super) fn path(path: &Path) -> Value {
    path.display().to_string().into()
}
pub(super) fn number(time: Duration) -> Value {
    let whole = i64::try_from(time.as_secs()).ok().filter(|_| time.subsec_nanos() == 0);
    whole.map_or_else(|| time.as_secs_f64().into(), Value::from)
}
