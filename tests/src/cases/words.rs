//! What a case says to people: a refusal, and the difference between what was expected and what came.

use peristyle_schema::Diagnostic;

/// A refusal as it is pinned: one line for what happened and where, one for each thing to do next.
pub fn refusal(error: &peristyle_migrate::Error) -> String {
    match error {
        peristyle_migrate::Error::Undecided(decisions) => {
            let mut text = String::new();
            for decision in decisions {
                text.push_str(&format!("decide: {}\n", decision.question));
                for (flag, meaning) in &decision.answers {
                    text.push_str(&format!("  {flag}: {meaning}\n"));
                }
            }
            text
        }
        other => diagnostics(&other.diagnostics()),
    }
}

fn diagnostics(diagnostics: &[Diagnostic]) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        if let Some(span) = &diagnostic.span {
            text.push_str(&format!("{span}: "));
        }
        let Diagnostic { severity, code, message, .. } = diagnostic;
        text.push_str(&format!("{severity}[{code}]: {message}\n"));
        if let Some(help) = &diagnostic.help {
            text.push_str(&format!("  help: {help}\n"));
        }
    }
    text
}

/// The lines of two texts side by side in one list: ` ` both, `-` expected and missing, `+` found and not expected.
pub fn compare(expected: &str, found: &str) -> String {
    let (olds, news): (Vec<&str>, Vec<&str>) =
        (expected.lines().collect(), found.lines().collect());
    // The length of the longest common subsequence of what follows each pair of lines.
    let mut common = vec![vec![0_usize; news.len() + 1]; olds.len() + 1];
    for (i, old) in olds.iter().enumerate().rev() {
        for (j, new) in news.iter().enumerate().rev() {
            common[i][j] = if old == new {
                common[i + 1][j + 1] + 1
            } else {
                common[i + 1][j].max(common[i][j + 1])
            };
        }
    }
    let (mut i, mut j, mut out) = (0, 0, String::new());
    while i < olds.len() || j < news.len() {
        let (sign, line) = if i < olds.len() && j < news.len() && olds[i] == news[j] {
            (i, j) = (i + 1, j + 1);
            (' ', news[j - 1])
        } else if i < olds.len() && (j == news.len() || common[i + 1][j] >= common[i][j + 1]) {
            i += 1;
            ('-', olds[i - 1])
        } else {
            j += 1;
            ('+', news[j - 1])
        };
        out.push_str(&format!("    {sign} {line}\n"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_came_and_went_are_told_apart() {
        assert_eq!(
            compare("a\nb\nc\n", "a\nx\nc\nd\n"),
            "      a\n    - b\n    + x\n      c\n    + d\n"
        );
        assert_eq!(compare("", "a"), "    + a\n");
    }
}
