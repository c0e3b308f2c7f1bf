//! From a `mod` to its file, as the Rust reference has it
//! (<https://doc.rust-lang.org/reference/items/modules.html>).

use std::path::{Path, PathBuf};

use peristyle_schema::Diagnostic;
use syn::{Attribute, Expr, ItemMod, Lit, Meta};

use super::{Reader, Source, condition};
use crate::convention::bare;
use crate::error::span_in;

/// The folders in which a file's modules are looked for, where no `mod` has led to the file.
///
/// The file may be a module (`schema.rs`, whose modules are in `schema/`) or the root of a crate, whose modules are its
/// neighbours.
pub(super) fn children_of(path: &Path) -> Vec<PathBuf> {
    let folder = path.parent().unwrap_or(Path::new("")).to_owned();
    match path.file_stem().and_then(|stem| stem.to_str()) {
        Some("mod" | "lib" | "main") | None => vec![folder],
        Some(stem) => vec![folder.join(stem), folder],
    }
}

impl Reader {
    pub(super) fn module(&mut self, item: &ItemMod, source: &Source) {
        if condition::is_for_tests(&item.attrs) {
            return;
        }
        let before = self.count();
        match &item.content {
            Some((_, items)) => {
                let name = item.ident.to_string();
                let children = source.children.iter().map(|folder| folder.join(bare(&name)));
                let nested = Source {
                    name: source.name.clone(),
                    folder: source.folder.clone(),
                    children: children.collect(),
                    inline: true,
                };
                self.items(items, &nested);
            }
            None => self.file_of(item, source),
        }
        if let Some(attribute) = condition::undecided(&item.attrs)
            && self.count() > before
        {
            self.report(&[condition::error(attribute)], source);
        }
    }

    /// How much has been declared so far.
    fn count(&self) -> usize {
        let declared = &self.declarations;
        declared.tables.len()
            + declared.objects.len()
            + declared.views.len()
            + declared.enums.len()
            + declared.newtypes.len()
    }

    fn file_of(&mut self, item: &ItemMod, source: &Source) {
        let at = span_in(item.ident.span(), &source.name);
        if let Some(path) = path_attribute(&item.attrs) {
            let base = match source.children.first() {
                Some(children) if source.inline => children,
                _ => &source.folder,
            };
            let file = base.join(path);
            let children = file.parent().unwrap_or(base).to_owned();
            return self.file(&file, Some(children), Some(at));
        }
        let name = item.ident.to_string();
        let name = bare(&name);
        let mut looked = Vec::new();
        for folder in &source.children {
            let nested = folder.join(name);
            for file in [folder.join(format!("{name}.rs")), nested.join("mod.rs")] {
                if file.is_file() {
                    return self.file(&file, Some(nested), Some(at));
                }
                looked.push(file.display().to_string());
            }
        }
        if condition::undecided(&item.attrs).is_some() {
            // A module for another platform may well be missing here.
            return;
        }
        let help = format!("it is looked for at {}", looked.join(", "));
        let message = format!("the file of `mod {name}` is missing");
        self.diagnostics.push(Diagnostic::error("missing-module", message).at(at).help(help));
    }
}

fn path_attribute(attributes: &[Attribute]) -> Option<String> {
    attributes.iter().find_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("path") => match &pair.value {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => Some(text.value()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    })
}
