//! Pictures inside the page.

/// A picture as a `data:` URI.
pub(super) fn data_uri(media: &str, bytes: &[u8]) -> String {
    format!("data:{media};base64,{}", base64(bytes))
}

/// Media type of a picture by the ending of its name. Browsers run no script of an SVG that is
/// shown as a picture, and load nothing for it.
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

/// Whether this is a `data:` URI of a picture and nothing else.
pub(super) fn is_picture(uri: &str) -> bool {
    let Some((media, data)) = uri
        .strip_prefix("data:")
        .and_then(|rest| rest.split_once(";base64,"))
    else {
        return false;
    };
    matches!(
        media,
        "image/png" | "image/jpeg" | "image/gif" | "image/svg+xml" | "image/webp"
    ) && is_base64(data)
}

/// Whether text is base64 as notebooks and pages write it.
pub(super) fn is_base64(text: &str) -> bool {
    let byte = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=');
    !text.is_empty() && text.bytes().all(byte)
}

/// RFC 4648, with padding.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let at = |place: usize| u32::from(three.get(place).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for place in 0..4 {
            if place > three.len() {
                text.push('=');
            } else {
                let letter = bits >> (18 - 6 * place) & 63;
                text.push(char::from(LETTERS[letter as usize]));
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_rfc() {
        let pairs = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ];
        for (plain, coded) in pairs {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn only_pictures_are_pictures() {
        assert!(is_picture("data:image/png;base64,aGk="));
        assert!(!is_picture("data:text/html;base64,aGk="));
        assert!(!is_picture("data:image/png;base64,a\"x"));
        assert!(!is_picture("data:image/svg+xml,<svg>"));
    }
}
