//! The report as a page: safe to open, complete without a network.

mod data_uri;
mod notebook;
mod safe;

use std::collections::BTreeMap;

use maud::{PreEscaped, html};

use crate::submission::{Notebook, Report, ReportFormat, markdown};

use super::page::styled;

/// Style of `<article class="report">`, in addition to that of every page.
pub const STYLE: &str = include_str!("report/report.css");

/// `read.html`: the report as one self-contained page, to be read first.
pub fn read_page(report: &Report, figures: &BTreeMap<String, Vec<u8>>, title: &str) -> String {
    let lede =
        "Read this first. Open the evidence, review.html, only after you have made up your mind.";
    let body = PreEscaped(body(report, figures));
    styled(title, "Report", lede, STYLE, &body)
}

/// The report as one `<article class="report">` without active content: no script, frame or form,
/// and nothing loaded from elsewhere.
pub fn body(report: &Report, figures: &BTreeMap<String, Vec<u8>>) -> String {
    let figures = safe::Figures::new(figures);
    let source = String::from_utf8_lossy(&report.source);
    let source = source.trim_start_matches('\u{feff}');
    let inner = match report.format {
        ReportFormat::Markdown => safe::html(&markdown(source), &figures),
        ReportFormat::Html => safe::html(source, &figures),
        ReportFormat::Notebook => notebook::cells(
            // A `Report` of this format has already been parsed once.
            &Notebook::parse(&report.source).unwrap_or_default(),
            &figures,
        ),
        ReportFormat::Pdf => text(report),
    };
    html! { article class="report" { (inner) } }.into_string()
}

/// A PDF as its extracted text.
fn text(report: &Report) -> maud::Markup {
    html! {
        p class="aside" {
            "This is the text of " code { (report.file) } " only. "
            "The original, with its layout and figures, is in the same folder."
        }
        @for block in &report.blocks {
            @if block.heading { h2 { (block.text) } } @else { p { (block.text) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(format: ReportFormat, source: &str, figures: &[(&str, &[u8])]) -> String {
        let report = Report::read("report", format, source.as_bytes().to_vec()).unwrap();
        let own = |(name, bytes): &(&str, &[u8])| ((*name).to_owned(), bytes.to_vec());
        read_page(&report, &figures.iter().map(own).collect(), "Report <of> a")
    }

    /// Nothing in a page may run, or make a browser contact another machine.
    fn is_inert(page: &str) {
        let body = page.split_once("<body>").unwrap().1.to_lowercase();
        for bad in [
            "<script", "<iframe", "<object", "<embed", "<form", "<link", "<style", "<svg", "<base",
            "<meta", "href=\"h", "href=\"j", "src=\"h", "src=\"/", "srcset", " onerror", " onload",
            " onclick", "url(",
        ] {
            assert!(!body.contains(bad), "{bad} in {body}");
        }
    }

    #[test]
    fn markdown_is_shown_with_its_tables_and_figures() {
        let source = "# R\n\n| a | b |\n|-|-|\n| 1 | ~~2~~ |\n\n- [x] done\n\n![fig](figs/a.png) [site](https://e.org)[^1]\n\n[^1]: note\n";
        let page = page(ReportFormat::Markdown, source, &[("figs/a.png", b"hi")]);
        for part in [
            "<div class=\"wide\"><table>",
            "<del>2</del>",
            "type=\"checkbox\"",
            "src=\"data:image/png;base64,aGk=\"",
            "site (https://e.org)",
            "href=\"#report-fn-1\"",
            "id=\"report-fn-1\"",
            "id=\"report-fnref-1\"",
            "<title>Report &lt;of&gt; a</title>",
            "default-src 'none'",
            "Read this first. Open the evidence, review.html",
        ] {
            assert!(page.contains(part), "{part} in {page}");
        }
        is_inert(&page);
    }

    #[test]
    fn remote_and_missing_pictures_become_words() {
        let source = "![far](https://e.org/x.png)\n\n![gone](y.png) ![](../../etc/passwd)\n\n![d](data:text/html;base64,aGk=)\n";
        let page = page(ReportFormat::Markdown, source, &[]);
        assert!(
            page.contains("picture not shown: far, https://e.org/x.png"),
            "{page}"
        );
        assert!(page.contains("picture not shown: gone, y.png"), "{page}");
        assert!(!page.contains("<img"), "{page}");
        is_inert(&page);
    }

    #[test]
    fn hostile_html_is_inert() {
        let source = "<html><head><script>x()</script><style>@import url(//e)</style><base href=//e></head>\
            <body onload=x()><p style='background:url(//e)'>text</p><img src=x onerror=x()>\
            <img srcset='//e 1x' src=//e/p.gif><iframe src=//e></iframe><form action=//e><button>b</button></form>\
            <a href='javascript:x()'>l</a><a href='https://e' ping=//e>m</a>\
            <svg><image href='//e'/></svg><math><mtext></p><style><img src=q onerror=x()></style>\
            <img src='data:image/svg+xml,<svg onload=x()>'><video poster=//e></video></body>";
        let page = page(ReportFormat::Html, source, &[]);
        assert!(page.contains("<p>text</p>"));
        is_inert(&page);
    }

    #[test]
    fn notebooks_show_text_code_outputs_and_attachments() {
        let source = r##"{"cells":[
          {"cell_type":"markdown","source":"# T\n\n![a](attachment:p.png)","attachments":{"p.png":{"image/png":"aGk="}}},
          {"cell_type":"code","source":"x < 1","outputs":[
            {"output_type":"stream","name":"stdout","text":"a<b"},
            {"data":{"text/html":"<table><tr><td>1</td></tr></table><script>x()</script>"}},
            {"data":{"image/png":"aGk=\n"}},
            {"data":{"image/png":"\" onerror=\"x()"}},
            {"data":{"image/svg+xml":"<svg onload='x()'/>"}}]}]}"##;
        let page = page(ReportFormat::Notebook, source, &[]);
        assert_eq!(
            page.matches("src=\"data:image/png;base64,aGk=\"").count(),
            2
        );
        assert!(page.contains("x &lt; 1") && page.contains("a&lt;b"));
        assert!(page.contains("<td>1</td>"));
        assert!(page.contains("data:image/svg+xml;base64,"));
        is_inert(&page);
    }

    #[test]
    fn links_inside_the_page_work_and_keep_to_themselves() {
        let page = page(
            ReportFormat::Html,
            "<h1 id='top'>T</h1><a href='#top'>up</a>",
            &[],
        );
        assert!(page.contains("href=\"#report-top\"") && page.contains("id=\"report-top\""));
    }
}
