//! Text of PDFs.

use std::sync::Once;
use std::thread;

use super::outline::{BlockKind, Outline};

/// Name of the threads that read PDFs, by which the panic hook knows them.
const READER: &str = "pdf-reader";

/// Room for deeply nested objects: the parser is recursive, and an overflowing stack cannot be
/// caught.
const STACK: usize = 256 << 20;

/// Add the passages of a PDF to an outline; the reason when there are none.
///
/// The parser is a dependency that reads untrusted files with `unwrap`, `expect` and indexing,
/// so it runs in a thread of its own: a panic ends that thread and comes back as an error.
pub(super) fn add(outline: &mut Outline, bytes: &[u8]) -> Result<(), String> {
    silence_readers();
    let pages = thread::scope(|scope| {
        thread::Builder::new()
            .name(READER.to_owned())
            .stack_size(STACK)
            .spawn_scoped(scope, || pdf_extract::extract_text_from_mem_by_pages(bytes))
            .map(thread::ScopedJoinHandle::join)
    });
    let pages = match pages {
        Ok(Ok(Ok(pages))) => pages,
        Ok(Ok(Err(why))) => return Err(why.to_string()),
        Ok(Err(_)) => return Err("the file is damaged or uses parts we cannot read".to_owned()),
        Err(why) => return Err(why.to_string()),
    };
    for (number, page) in pages.iter().enumerate() {
        outline.start_part(format!("page {}", number + 1));
        for paragraph in paragraphs(page) {
            outline.passage(BlockKind::Paragraph, &paragraph);
        }
    }
    Ok(())
}

/// Panics of PDF readers are expected and reported as errors; their message would only alarm.
fn silence_readers() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if thread::current().name() != Some(READER) {
                usual(panic);
            }
        }));
    });
}

/// Lines between empty lines.
fn paragraphs(page: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    for line in page.lines() {
        match found.last_mut() {
            Some(last) if !line.trim().is_empty() => {
                last.push_str(line);
                last.push('\n');
            }
            _ => found.push(String::new()),
        }
    }
    found
}

#[cfg(test)]
pub(super) mod tests {
    use std::fmt::Write;

    use super::*;

    /// A PDF of one page that says `text`, with an honest cross-reference table.
    pub(in super::super) fn one_page(text: &str) -> Vec<u8> {
        let content = if text.is_empty() {
            String::new()
        } else {
            format!("BT /F1 12 Tf 72 720 Td ({text}) Tj ET")
        };
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R \
             /Resources << /Font << /F1 5 0 R >> >> >>"
                .to_owned(),
            format!(
                "<< /Length {} >>\nstream\n{content}\nendstream",
                content.len()
            ),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
                .to_owned(),
        ];
        let mut pdf = "%PDF-1.4\n".to_owned();
        let mut places = Vec::new();
        for (number, object) in objects.iter().enumerate() {
            places.push(pdf.len());
            let _ = write!(pdf, "{} 0 obj\n{object}\nendobj\n", number + 1);
        }
        let start = pdf.len();
        pdf.push_str("xref\n0 6\n0000000000 65535 f \n");
        for place in places {
            let _ = writeln!(pdf, "{place:010} 00000 n ");
        }
        let _ = write!(
            pdf,
            "trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
        );
        pdf.into_bytes()
    }

    #[test]
    fn the_text_of_a_page_is_found_with_its_page_number() {
        let mut outline = Outline::default();
        add(&mut outline, &one_page("Latency bends in March")).unwrap();
        let blocks = outline.finish();
        assert_eq!(blocks[0].text, "Latency bends in March");
        assert_eq!(blocks[0].place, "paragraph 1 (page 1)");
    }

    #[test]
    fn hostile_pdfs_are_errors_not_panics() {
        let mut outline = Outline::default();
        assert!(add(&mut outline, b"%PDF-1.4\nnot really").is_err());
        // Without a media box the parser panics.
        let text = String::from_utf8(one_page("x")).unwrap();
        let odd = text.replace("/MediaBox [0 0 612 792]", "/Hostile  [0 0 612 792]");
        let _ = add(&mut outline, odd.as_bytes());
        let deep = text.replace("(x)", &"[".repeat(50_000));
        let _ = add(&mut outline, deep.as_bytes());
    }
}
