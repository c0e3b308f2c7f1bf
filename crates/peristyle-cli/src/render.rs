//! Diagnostics and decisions as a person reads them.

use std::fmt::Write;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use anstyle::{AnsiColor, Style};
use peristyle_schema::{Diagnostic, Position, Severity, Span};
use peristyle_sql::Decision;

use crate::shell;

/// The style of what matters most in a line.
pub const STRONG: Style = Style::new().bold();
/// The style of what is there for completeness.
pub const FAINT: Style = Style::new().dimmed();
/// The style of what is right.
pub const GOOD: Style = AnsiColor::Green.on_default().bold();
/// The style of what needs a look.
pub const WARN: Style = AnsiColor::Yellow.on_default().bold();

/// A text in a style.
pub fn styled(style: Style, text: impl std::fmt::Display) -> String {
    format!("{style}{text}{style:#}")
}

/// A diagnostic with the line of source that it is about, if that can be read.
pub fn diagnostic(diagnostic: &Diagnostic) -> String {
    let source = diagnostic.span.as_ref().and_then(|span| {
        let text = std::fs::read_to_string(&*span.file).ok()?;
        let range = byte_range(&text, span)?;
        Some((text, range))
    });
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(plain(&diagnostic.message)).id(plain(&diagnostic.code));
    let mut group = match (&diagnostic.span, &source) {
        (Some(span), Some((text, range))) => title.element(
            Snippet::source(text.as_str())
                .path(plain(&span.file))
                .annotation(AnnotationKind::Primary.span(range.clone())),
        ),
        (Some(span), None) => title.element(
            Origin::path(plain(&span.file))
                .line(span.start.line as usize)
                .char_column(span.start.column as usize),
        ),
        (None, _) => Group::with_title(title),
    };
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(plain(help)));
    }
    Renderer::styled().render(&[group]) + "\n"
}

/// Text from outside without the control characters that could play with a terminal.
pub fn plain(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() && c != '\n' && c != '\t' { '\u{fffd}' } else { c })
        .collect()
}

/// The bytes of a text that a span covers; at least one character, so that there is something to point at.
fn byte_range(text: &str, span: &Span) -> Option<Range<usize>> {
    let start = byte_offset(text, span.start)?;
    let end = byte_offset(text, span.end).filter(|end| *end > start);
    let next = text[start..].chars().next().map_or(start, |c| start + c.len_utf8());
    Some(start..end.unwrap_or(next))
}

fn byte_offset(text: &str, position: Position) -> Option<usize> {
    let line_start: usize = match position.line {
        0 => return None,
        1 => 0,
        line => text.match_indices('\n').nth(line as usize - 2)?.0 + 1,
    };
    let line = text[line_start..].split('\n').next().unwrap_or_default();
    let column = (position.column as usize).checked_sub(1)?;
    match line.char_indices().nth(column) {
        Some((offset, _)) => Some(line_start + offset),
        None => Some(line_start + line.len()),
    }
}

/// The position of a byte of a text.
pub fn position(text: &str, offset: usize) -> Position {
    let before = &text[..floor_boundary(text, offset)];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Position { line: count(line), column: count(column) }
}

fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut end = offset.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    end
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// What a person must decide, with the flags to decide with and the command line to run again.
pub fn decisions(decisions: &[Decision]) -> String {
    let mut text = String::new();
    let heading =
        if decisions.len() == 1 { "a decision is needed" } else { "decisions are needed" };
    let _ = writeln!(text, "{}", styled(WARN, heading));
    for decision in decisions {
        let _ = writeln!(text, "\n  {}", styled(STRONG, plain(&decision.question)));
        for (flag, meaning) in &decision.answers {
            let _ = writeln!(text, "    {}\n        {}", shell::quote_flag(flag), plain(meaning));
        }
    }
    let first: Vec<&str> = decisions
        .iter()
        .filter_map(|decision| decision.answers.first().map(|(flag, _)| flag.as_str()))
        .filter(|flag| flag.starts_with("--"))
        .collect();
    if !first.is_empty() {
        let _ = writeln!(
            text,
            "\nrun again with the flags chosen, for example:\n  {}",
            shell::again(first)
        );
    }
    text
}

/// A count with its noun: `1 table`, `2 tables`.
pub fn counted(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_and_bytes_agree() {
        let text = "ab\nπρώτο = 1\r\nend";
        for (offset, line, column) in [(0, 1, 1), (3, 2, 1), (5, 2, 2), (14, 2, 7), (19, 3, 1)] {
            let position = position(text, offset);
            assert_eq!((position.line, position.column), (line, column));
            assert_eq!(byte_offset(text, position), Some(offset));
        }
    }

    #[test]
    fn a_place_outside_the_text_is_no_panic() {
        let text = "one\n";
        for (line, column) in [(0, 0), (1, 0), (1, 99), (2, 1), (9, 9)] {
            let place = Position { line, column };
            let span = Span { file: "x".into(), start: place, end: place };
            let _ = byte_range(text, &span);
        }
    }

    #[test]
    fn control_characters_do_not_reach_a_terminal() {
        assert_eq!(plain("a\u{1b}[31mb\n"), "a\u{fffd}[31mb\n");
    }
}
