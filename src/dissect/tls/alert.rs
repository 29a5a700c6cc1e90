//! Alerts (RFC 8446 section 6): two octets, and one of them settled by the other since TLS 1.3.

use super::{Cursor, TlsField, code8, names};

/// An alert as it was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Alert {
    /// 1 is a warning, 2 is fatal; TLS 1.3 looks at the description only.
    pub level: u8,
    /// See [`names::alert`].
    pub description: u8,
}

/// The alert that a record carries; `None` if it is not two octets, as one that is encrypted.
pub fn alert(content: &[u8]) -> Option<Alert> {
    let mut cursor = Cursor::new(content);
    read(&mut cursor).filter(|_| cursor.unread().is_empty())
}

/// Reads an alert.
pub fn read(c: &mut Cursor<'_>) -> Option<Alert> {
    let level = code8(c, TlsField::AlertLevel, names::alert_level)?;
    let description = code8(c, TlsField::AlertDescription, names::alert)?;
    Some(Alert { level, description })
}
