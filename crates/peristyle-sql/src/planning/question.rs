//! Questions that every dialect asks alike.

use crate::Decision;

/// The question what existing rows get in a column; `what` is its end, `plainest` a value that no constraint minds.
pub(crate) fn what_rows_get(subject: &str, what: &str, plainest: Option<String>) -> Decision {
    let mut answers = Vec::new();
    if let Some(value) = plainest {
        answers.push((format!("--fill {subject}:{value}"), format!("those rows get {value}")));
    }
    answers.push((
        format!("--fill {subject}:<sql value>"),
        "those rows get this value; it may read the row's other columns".to_owned(),
    ));
    answers.push((
        "#[column(fill = \"…\")]".to_owned(),
        "the same, said in the declaration".to_owned(),
    ));
    answers.push(("#[column(default = …)]".to_owned(), "new rows get this value too".to_owned()));
    Decision { question: format!("{subject} {what}"), answers }
}
