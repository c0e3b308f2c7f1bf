//! Rules of the house that no lint can say.

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    /// The one file that may call a C interface.
    const EXCEPTED: &str = "crates/peristyle-driver/src/sqlite/statement.rs";

    fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder of the project") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() {
                if name != "target" && !name.starts_with('.') && name != "node_modules" {
                    sources(&path, found);
                }
            } else if name.ends_with(".rs") {
                found.push(path);
            }
        }
    }

    #[test]
    fn only_one_file_allows_unsafe_code() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the project's folder");
        let mut files = Vec::new();
        for folder in ["crates", "systems", "tests", "xtask"] {
            sources(&root.join(folder), &mut files);
        }
        // Written in two pieces, so that this file is not one of them.
        let lint = concat!("(unsafe", "_code");
        let allowing: Vec<String> = files
            .iter()
            .filter(|path| fs::read_to_string(path).is_ok_and(|text| text.contains(lint)))
            .filter_map(|path| Some(path.strip_prefix(root).ok()?.to_string_lossy().into_owned()))
            .collect();
        assert_eq!(allowing, [EXCEPTED]);
    }
}
