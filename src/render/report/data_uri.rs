//! Images embedded in the page.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// An image as a `data:` URI.
pub(super) fn data_uri(media: &str, bytes: &[u8]) -> String {
    format!("data:{media};base64,{}", STANDARD.encode(bytes))
}

/// Media type of an image by its file extension. Browsers run no script in an SVG shown as an
/// image, and load nothing for it.
pub(super) fn media(name: &str) -> Option<&'static str> {
    let (_, ending) = name.rsplit_once('.')?;
    match ending.to_ascii_lowercase().as_str() {
        "png" => Some("image/png"),
        "jpg" | "jpeg" => Some("image/jpeg"),
        "gif" => Some("image/gif"),
        "svg" => Some("image/svg+xml"),
        _ => None,
    }
}
