//! What a migration file says of itself, in comments at its top.

use peristyle_schema::{Fingerprint, Pair};
use peristyle_sql::Reversible;

use super::MigrationId;

/// What `generate` writes for a purpose that somebody must still tell.
pub(crate) const PURPOSE_WANTED: &str = "TODO: why, in business terms";
/// What `generate` writes for a ticket that somebody must still name.
pub(crate) const TICKET_WANTED: &str = "TODO: the ticket's id, or N/A";

/// What a migration file says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The name it was written under.
    pub migration: MigrationId,
    /// What it is for.
    pub purpose: String,
    /// Which ticket it belongs to.
    pub ticket: String,
    /// The file before it.
    pub parent: Option<Parent>,
    /// What was proven of it; a file that nobody has proven has none.
    pub seal: Option<Seal>,
    /// Further lines, by key, that somebody has added.
    pub extra: Vec<(String, String)>,
}

/// A line of a header as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderLine {
    /// What stands before the colon.
    pub key: String,
    /// What stands behind it.
    pub value: String,
    /// The line of the file, counted from 1.
    pub line: u32,
}

/// The lines of a header, of the lines of a file above its statements.
pub(super) fn header_lines<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<HeaderLine> {
    (1..)
        .zip(lines)
        .filter_map(|(line, text)| {
            let (key, value) = entry(text)?;
            Some(HeaderLine { key: key.to_owned(), value: value.to_owned(), line })
        })
        .collect()
}

/// The file that a migration follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parent {
    /// Its name.
    pub id: MigrationId,
    /// Its checksum.
    pub checksum: Fingerprint,
}

/// What was proven of a migration file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// Whether its way back brings everything back.
    pub reversible: Reversible,
    /// The fingerprints of the schemas that it leads between.
    pub schema: Pair<Fingerprint>,
    /// The fingerprints of the catalogs before and after it on the server of the proof, where a server has words of its own.
    pub catalog: Option<Pair<Fingerprint>>,
    /// What was proven, in words.
    pub proven: String,
    /// The checksum of the file.
    pub hash: Fingerprint,
}

/// What stands in the place of what a proof would say.
const UNPROVEN: &str = "not proven yet";

/// The keys that every header has.
const KEYS: [&str; 10] = [
    "Migration",
    "Purpose",
    "Ticket",
    "Reversible",
    "Parent",
    "Schema",
    "Catalog",
    "Rollback",
    "Proven",
    HASH,
];

/// The line above the statements forward.
pub(super) const UP: &str = "-- peristyle:up";
/// The line above the statements back.
pub(super) const DOWN: &str = "-- peristyle:down";
/// The key of the line that is not part of the checksum, because it holds it.
pub(super) const HASH: &str = "Hash";

/// The key and value of a header's line.
pub(super) fn entry(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.strip_prefix("-- ")?.split_once(':')?;
    let plain = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphabetic());
    plain.then(|| (key, value.trim()))
}

/// The key of the line that names an application which keeps a history of its own beside another's; the first file has it.
pub(crate) const APPLICATION: &str = "Application";

impl Header {
    /// The application whose history this is, where it has a name.
    pub(crate) fn application(&self) -> Option<&str> {
        let mut extra = self.extra.iter();
        extra.find_map(|(key, value)| (key == APPLICATION).then_some(value.as_str()))
    }

    /// Reads the lines above [`UP`].
    pub(super) fn read<'a>(lines: impl Iterator<Item = &'a str>) -> Result<Self, String> {
        let mut found: Vec<(&str, &str)> = Vec::new();
        for line in lines {
            if let Some((key, value)) = entry(line) {
                if found.iter().any(|(held, _)| *held == key) {
                    return Err(format!("`{key}` stands twice in its header"));
                }
                found.push((key, value));
            }
        }
        let get = |key: &str| {
            let held = found.iter().find(|(held, _)| *held == key).map(|(_, value)| *value);
            held.ok_or_else(|| format!("`{key}` is missing in its header"))
        };
        let migration =
            get("Migration")?.parse().map_err(|_| "`Migration` in its header is not a name")?;
        let parent = match get("Parent")? {
            "none" => None,
            text => Some(parent(text).ok_or("`Parent` in its header is not a name and a hash")?),
        };
        let seal = match get(HASH)? {
            UNPROVEN => None,
            hash => Some(Seal {
                reversible: reversible(get("Reversible")?)
                    .ok_or("`Reversible` in its header is not Yes, Partial or No")?,
                schema: schema(get("Schema")?)
                    .ok_or("`Schema` in its header is not two fingerprints")?,
                catalog: match get("Catalog") {
                    Ok(text) => Some(
                        schema(text).ok_or("`Catalog` in its header is not two fingerprints")?,
                    ),
                    Err(_) => None,
                },
                proven: get("Proven")?.to_owned(),
                hash: hash.parse().map_err(|_| "`Hash` in its header is not a hash")?,
            }),
        };
        Ok(Self {
            migration,
            // Whether these must be there is a project's own rule; that they were not taken out, the hash tells.
            purpose: get("Purpose").unwrap_or_default().to_owned(),
            ticket: get("Ticket").unwrap_or_default().to_owned(),
            parent,
            seal,
            extra: found
                .iter()
                .filter(|(key, _)| !KEYS.contains(key))
                .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
                .collect(),
        })
    }

    /// The lines of this header, but for the hash.
    pub(super) fn lines(&self) -> Vec<(&str, String)> {
        let parent = self.parent.as_ref().map_or_else(
            || "none".to_owned(),
            |parent| format!("{} {}", parent.id, parent.checksum),
        );
        let mut lines = vec![
            ("Migration", self.migration.to_string()),
            ("Purpose", one_line(&self.purpose)),
            ("Ticket", one_line(&self.ticket)),
        ];
        lines.extend(self.extra.iter().map(|(key, value)| (key.as_str(), one_line(value))));
        lines.extend(seal_lines(self.seal.as_ref(), parent));
        lines
    }
}

/// The lines that depend on a proof; the parent's stands among them.
fn seal_lines(seal: Option<&Seal>, parent: String) -> Vec<(&'static str, String)> {
    let Some(seal) = seal else {
        let unproven = || UNPROVEN.to_owned();
        return vec![
            ("Reversible", unproven()),
            ("Parent", parent),
            ("Schema", unproven()),
            ("Rollback", unproven()),
            ("Proven", unproven()),
        ];
    };
    let (word, rollback) = match seal.reversible {
        Reversible::Yes => ("Yes", "the down part of this file; catalog and rows come back"),
        Reversible::Partial => {
            ("Partial", "the down part of this file; the catalog comes back, some values do not")
        }
        Reversible::No => ("No", "none; restore a backup"),
    };
    let pair = |pair: &Pair<Fingerprint>| format!("{} -> {}", pair.old, pair.new);
    let mut lines =
        vec![("Reversible", word.to_owned()), ("Parent", parent), ("Schema", pair(&seal.schema))];
    lines.extend(seal.catalog.as_ref().map(|catalog| ("Catalog", pair(catalog))));
    lines.extend([("Rollback", rollback.to_owned()), ("Proven", one_line(&seal.proven))]);
    lines
}

/// The line that holds the hash.
pub(super) fn hash_line(header: &Header) -> String {
    let hash =
        header.seal.as_ref().map_or_else(|| UNPROVEN.to_owned(), |seal| seal.hash.to_string());
    format!("-- {HASH}: {hash}")
}

/// A header's value is one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn parent(text: &str) -> Option<Parent> {
    let (id, checksum) = text.split_once(' ')?;
    Some(Parent { id: id.parse().ok()?, checksum: checksum.trim().parse().ok()? })
}

fn schema(text: &str) -> Option<Pair<Fingerprint>> {
    let (old, new) = text.split_once(" -> ")?;
    Some(Pair::new(old.trim().parse().ok()?, new.trim().parse().ok()?))
}

/// Reads the word that a header or a history row holds.
pub(crate) fn reversible(text: &str) -> Option<Reversible> {
    match text {
        "Yes" => Some(Reversible::Yes),
        "Partial" => Some(Reversible::Partial),
        "No" => Some(Reversible::No),
        _ => None,
    }
}

/// The word that a header or a history row holds.
pub(crate) fn reversible_word(reversible: Reversible) -> &'static str {
    match reversible {
        Reversible::Yes => "Yes",
        Reversible::Partial => "Partial",
        Reversible::No => "No",
    }
}
