//! What `peristyle explain` knows: topics, and every diagnostic's code.

mod codes;
mod shapes;

use crate::exit;
use crate::suggest::nearest;

pub use codes::CODES;

/// Something that can be explained besides a code.
pub struct Topic {
    /// Its name.
    pub name: &'static str,
    /// What it is about, in a line.
    pub about: &'static str,
    text: fn() -> String,
}

/// The topics, in the order in which they are listed.
pub const TOPICS: [Topic; 4] = [
    Topic {
        name: "config",
        about: "peristyle.toml, every key",
        text: || include_str!("config.txt").to_owned(),
    },
    Topic { name: "exit-codes", about: "how a run can end", text: exit_codes },
    Topic { name: "json", about: "the answers of --json", text: json },
    Topic {
        name: "sources",
        about: "what `diff` and `inspect` can read",
        text: || include_str!("sources.txt").to_owned(),
    },
];

/// The explanation of a topic, of a diagnostic's code or of an exit code; or else the nearest name there is.
pub fn explain(name: &str) -> Result<String, Option<&'static str>> {
    if let Some(topic) = TOPICS.iter().find(|topic| topic.name == name) {
        return Ok((topic.text)());
    }
    if let Some(code) = CODES.iter().find(|code| code.name == name) {
        return Ok(format!("{}\n\n{}\n\n{}\n", code.name, code.what, code.next));
    }
    if let Some(exit) =
        exit::Exit::ALL.iter().find(|exit| exit.code().to_string() == name || exit.name() == name)
    {
        return Ok(format!("exit code {} ({}): {}\n", exit.code(), exit.name(), exit.meaning()));
    }
    let names = TOPICS.iter().map(|topic| topic.name).chain(CODES.iter().map(|code| code.name));
    Err(nearest(name, names))
}

fn exit_codes() -> String {
    format!("How a run of peristyle can end:\n\n{}", exit::table())
}

/// What all answers have in common, and the published schema of each.
fn json() -> String {
    let mut text = include_str!("json.txt").to_owned();
    for (name, schema) in shapes::SHAPES {
        text.push_str(&format!("\n--- {name}.schema.json\n{schema}"));
    }
    text
}
