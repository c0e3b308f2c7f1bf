use std::sync::Arc;

use peristyle_schema::{Diagnostic, Position, Span};

/// What is wrong with a declaration, at the place where it was written.
///
/// The compiler shows it as a compile error, the command line as a diagnostic: the same words.
#[derive(Debug, Clone)]
pub struct Error {
    /// A stable, short name for this kind of error.
    pub code: &'static str,
    /// What happened.
    pub message: String,
    /// What to do next.
    pub help: Option<String>,
    /// Where.
    pub span: proc_macro2::Span,
}

impl Error {
    pub(crate) fn new(
        code: &'static str,
        span: proc_macro2::Span,
        message: impl Into<String>,
    ) -> Self {
        Self { code, message: message.into(), help: None, span }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(crate) fn maybe_help(self, help: Option<String>) -> Self {
        Self { help: help.or(self.help), ..self }
    }

    /// The error as a diagnostic of a file.
    pub fn to_diagnostic(&self, file: &Arc<str>) -> Diagnostic {
        let diagnostic = Diagnostic::error(self.code, &self.message).at(span_in(self.span, file));
        match &self.help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }

    /// The error as the compiler shows it.
    pub fn to_compile_error(&self) -> proc_macro2::TokenStream {
        let text = match &self.help {
            Some(help) => format!("{}\n= help: {help}", self.message),
            None => self.message.clone(),
        };
        syn::Error::new(self.span, text).to_compile_error()
    }
}

impl From<syn::Error> for Error {
    fn from(error: syn::Error) -> Self {
        Self::new("syntax", error.span(), error.to_string())
    }
}

/// A span of a parsed file in our own terms.
pub(crate) fn span_in(span: proc_macro2::Span, file: &Arc<str>) -> Span {
    let position = |at: proc_macro2::LineColumn| Position {
        line: u32::try_from(at.line).unwrap_or(u32::MAX),
        column: u32::try_from(at.column + 1).unwrap_or(u32::MAX),
    };
    Span { file: file.clone(), start: position(span.start()), end: position(span.end()) }
}

/// The question whether a known word was meant.
pub(crate) fn did_you_mean(word: &str, known: &[&str]) -> Option<String> {
    nearest(word, known).map(|near| format!("did you mean `{near}`?"))
}

/// `a`, `b` and `c`, in backticks.
pub(crate) fn list(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

/// The entry of `known` that `word` was probably meant to be.
pub(crate) fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    known
        .iter()
        .map(|candidate| (strsim::osa_distance(word, candidate), *candidate))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.len() / 4)
        .min()
        .map(|(_, candidate)| candidate)
}
