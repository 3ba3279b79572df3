//! Passages of sanitised HTML.

use super::markup::{HtmlPart, HtmlTag, SafeHtml, unescape};
use super::outline::{BlockKind, Outline};

/// Add the passages of sanitised HTML to an outline.
pub(super) fn add(outline: &mut Outline, safe: &SafeHtml) {
    let mut reading = BlockReader {
        outline,
        text: String::new(),
        open: OpenElements::default(),
    };
    for part in safe.parts() {
        match part {
            HtmlPart::Text(text) => reading.text.push_str(&unescape(text)),
            HtmlPart::Tag(tag) => reading.tag(&tag),
        }
    }
    reading.flush();
}

struct BlockReader<'a> {
    outline: &'a mut Outline,
    text: String,
    open: OpenElements,
}

/// Which elements are open around the text that is being read.
#[derive(Default)]
struct OpenElements {
    heading: bool,
    items: usize,
    code: bool,
    header: Vec<String>,
    row: Option<TableRow>,
}

#[derive(Default)]
struct TableRow {
    cells: Vec<String>,
    header: bool,
}

impl BlockReader<'_> {
    fn tag(&mut self, tag: &HtmlTag<'_>) {
        match tag.name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush();
                self.open.heading = !tag.closes;
            }
            "li" | "dd" => {
                self.flush();
                let items = self.open.items;
                self.open.items = if tag.closes {
                    items.saturating_sub(1)
                } else {
                    items + 1
                };
            }
            "pre" => {
                self.flush();
                self.open.code = !tag.closes;
            }
            "table" => {
                self.flush();
                self.open.header.clear();
                self.open.row = None;
            }
            "tr" if !tag.closes => {
                self.flush();
                self.open.row = Some(TableRow::default());
            }
            "tr" => self.end_row(),
            "th" | "td" => self.cell(tag),
            "br" => self.text.push(' '),
            "img" if !tag.closes => {
                if let Some(alt) = tag.attribute("alt") {
                    self.text.push_str(&alt);
                }
            }
            // Inside a cell, paragraphs are part of the cell.
            "p" | "div" | "blockquote" | "ul" | "ol" | "dl" | "dt" | "section" | "article"
            | "hr" | "figure" | "figcaption" | "caption" | "details" | "summary" | "header"
            | "footer" | "main" | "aside" | "nav" => {
                if self.open.row.is_some() {
                    self.text.push(' ');
                } else {
                    self.flush();
                }
            }
            _ => {}
        }
    }

    fn cell(&mut self, tag: &HtmlTag<'_>) {
        let Some(row) = &mut self.open.row else {
            return;
        };
        if tag.closes {
            row.cells
                .push(std::mem::take(&mut self.text).trim().to_owned());
        } else {
            self.text.clear();
            // A body row may begin with a header cell (pandas writes its index so): a row is the
            // header only if all its cells are.
            row.header = tag.name == "th" && (row.header || row.cells.is_empty());
        }
    }

    fn end_row(&mut self) {
        let Some(row) = self.open.row.take() else {
            return;
        };
        self.text.clear();
        if row.header && self.open.header.is_empty() {
            self.open.header = row.cells;
            return;
        }
        let cells = row.cells.iter().enumerate().map(|(place, cell)| {
            match self.open.header.get(place).filter(|name| !name.is_empty()) {
                Some(name) if !cell.is_empty() => format!("{name}: {cell}"),
                _ => cell.clone(),
            }
        });
        let cells: Vec<String> = cells.filter(|cell| !cell.is_empty()).collect();
        self.outline.passage(BlockKind::Row, &cells.join("; "));
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        if self.open.heading {
            self.outline.heading(&text);
            return;
        }
        let kind = match &self.open {
            open if open.code => BlockKind::Code,
            open if open.items > 0 => BlockKind::Item,
            _ => BlockKind::Paragraph,
        };
        self.outline.passage(kind, &text);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{markdown, sanitize};
    use super::*;

    fn places(html: &str) -> Vec<(String, String)> {
        let mut outline = Outline::default();
        add(&mut outline, &sanitize(html));
        let blocks = outline.finish().into_iter();
        blocks.map(|block| (block.place, block.text)).collect()
    }

    #[test]
    fn markdown_becomes_passages_with_places() {
        let found = places(&markdown(
            "Before.\n\n# Groups\n\nOne\nline.\n\n- a `x_y`\n- b\n  - c\n\n| k | score |\n| - | - |\n| 2 | 0.3 |\n\n```\ncode\n```\n",
        ));
        let expected = [
            ("Opening, paragraph 1", "Before."),
            ("Groups", "Groups"),
            ("Groups, paragraph 1", "One line."),
            ("Groups, item 1", "a x_y"),
            ("Groups, item 2", "b"),
            ("Groups, item 3", "c"),
            ("Groups, table row 1", "k: 2; score: 0.3"),
            ("Groups, code 1", "code"),
        ];
        let expected = expected.map(|(place, text)| (place.to_owned(), text.to_owned()));
        assert_eq!(found, expected);
    }

    #[test]
    fn a_pandas_table_is_read_with_its_header() {
        let found = places(
            "<table><thead><tr><th></th><th>k</th></tr></thead><tbody><tr><th>0</th><td>2</td></tr></tbody></table>",
        );
        assert_eq!(found[0].1, "0; k: 2");
    }

    #[test]
    fn hostile_html_leaves_only_its_text() {
        let found = places(
            "<h1>R</h1><script>steal()</script><p>fine &lt;b&gt;<td>loose<li></tr></h1></pre>tail",
        );
        assert_eq!(found[1].1, "fine <b>loose");
        assert!(found.iter().all(|(_, text)| !text.contains("steal")));
    }
}
