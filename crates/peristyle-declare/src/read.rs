//! Reading sources: which files, which structs in them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use peristyle_schema::{Diagnostic, Hint, Span};
use syn::spanned::Spanned;
use syn::{Attribute, Expr, Item, ItemMod, Lit, Meta};

use crate::error::{Error, span_in};
use crate::model::{Declarations, ObjectDecl};
use crate::parse::{parse_enum, parse_newtype, parse_table, parse_view};

/// Reads the declarations of a file and of every module it leads to, or of a folder.
///
/// Of a folder, `schema.rs`, `lib.rs` or `main.rs` is the start, the first that is there; without one, every `.rs` file in it is read. Nothing
/// is compiled. What only a compiler could see (a struct that a macro writes, an `include!`) is an error that shows the
/// way out.
pub fn read_path(path: &Path) -> Result<Declarations, Vec<Diagnostic>> {
    let mut reader = Reader::default();
    if path.is_dir() {
        reader.folder(path);
    } else {
        reader.file(path, &children_of(path), None);
    }
    if reader.diagnostics.is_empty() { Ok(reader.declarations) } else { Err(reader.diagnostics) }
}

/// The folder in which a file's modules are looked for.
fn children_of(path: &Path) -> PathBuf {
    let folder = path.parent().unwrap_or(Path::new(""));
    match path.file_stem().and_then(|stem| stem.to_str()) {
        Some("mod" | "lib" | "main") | None => folder.to_owned(),
        Some(stem) => {
            // A file given by itself may stand for a crate's root, whose modules are its neighbours.
            let nested = folder.join(stem);
            if nested.is_dir() { nested } else { folder.to_owned() }
        }
    }
}

#[derive(Default)]
struct Reader {
    declarations: Declarations,
    diagnostics: Vec<Diagnostic>,
    seen: BTreeSet<PathBuf>,
}

/// The file that is being read.
struct Source<'a> {
    name: Arc<str>,
    path: &'a Path,
}

impl Reader {
    fn folder(&mut self, folder: &Path) {
        for name in ["schema.rs", "lib.rs", "main.rs"] {
            let start = folder.join(name);
            if start.is_file() {
                return self.file(&start, &children_of(&start), None);
            }
        }
        let mut files = Vec::new();
        match fs::read_dir(folder) {
            Ok(entries) => {
                for entry in entries.flatten() {
                    let path = entry.path();
                    if path.extension().is_some_and(|extension| extension == "rs") {
                        files.push(path);
                    }
                }
            }
            Err(error) => self.diagnostics.push(unreadable(folder, &error)),
        }
        files.sort();
        if files.is_empty() && self.diagnostics.is_empty() {
            self.diagnostics.push(
                Diagnostic::error(
                    "no-declarations",
                    format!("{} holds no Rust file", folder.display()),
                )
                .help("name the file that holds the declarations: `--schema src/schema.rs`"),
            );
        }
        for file in files {
            self.file(&file, &children_of(&file), None);
        }
    }

    /// Reads a file; `from` is the `mod` that led to it.
    fn file(&mut self, path: &Path, children: &Path, from: Option<Span>) {
        let known = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        if !self.seen.insert(known) {
            return;
        }
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) => {
                self.diagnostics.push(unreadable(path, &error).at(from));
                return;
            }
        };
        let source = Source { name: Arc::from(path.to_string_lossy().as_ref()), path };
        match syn::parse_file(&text) {
            Ok(file) => self.items(&file.items, &source, children),
            Err(error) => self.diagnostics.push(Error::from(error).to_diagnostic(&source.name)),
        }
    }

    fn items(&mut self, items: &[Item], source: &Source<'_>, children: &Path) {
        for item in items {
            match item {
                Item::Struct(item) => self.structure(item, source),
                Item::Enum(item) if derives(&item.attrs, "Enum") => {
                    match parse_enum(item, Some(&source.name)) {
                        Ok(read) => self.declarations.enums.push(read),
                        Err(errors) => self.errors(&errors, source),
                    }
                }
                Item::Mod(item) => self.module(item, source, children),
                Item::Macro(item) => self.macro_call(item, source),
                _ => {}
            }
        }
    }

    fn structure(&mut self, item: &syn::ItemStruct, source: &Source<'_>) {
        let file = Some(&source.name);
        if derives(&item.attrs, "Table") {
            match parse_table(item, file) {
                Ok(read) => self.declarations.tables.push(read),
                Err(errors) => self.errors(&errors, source),
            }
        } else if derives(&item.attrs, "View") {
            match parse_view(item, file) {
                Ok(read) => self.declarations.views.push(read),
                Err(errors) => self.errors(&errors, source),
            }
        } else if derives(&item.attrs, "Newtype") {
            match parse_newtype(item, file) {
                Ok(read) => self.declarations.newtypes.push(read),
                Err(errors) => self.errors(&errors, source),
            }
        }
    }

    fn module(&mut self, item: &ItemMod, source: &Source<'_>, children: &Path) {
        if item.attrs.iter().any(is_cfg_test) {
            return;
        }
        let name = item.ident.to_string();
        let name = name.strip_prefix("r#").unwrap_or(&name);
        if let Some((_, items)) = &item.content {
            return self.items(items, source, &children.join(name));
        }
        let at = span_in(item.ident.span(), &source.name);
        if let Some(path) = path_attribute(&item.attrs) {
            let folder = source.path.parent().unwrap_or(Path::new(""));
            let file = folder.join(path);
            let nested = file.parent().unwrap_or(folder).to_owned();
            return self.file(&file, &nested, Some(at));
        }
        let flat = children.join(format!("{name}.rs"));
        let nested = children.join(name);
        if flat.is_file() {
            self.file(&flat, &nested, Some(at));
        } else if nested.join("mod.rs").is_file() {
            self.file(&nested.join("mod.rs"), &nested, Some(at));
        } else {
            self.diagnostics.push(
                Diagnostic::error("missing-module", format!("the file of `mod {name}` is missing"))
                    .at(at)
                    .help(format!(
                        "it is looked for at {} and {}",
                        flat.display(),
                        nested.join("mod.rs").display()
                    )),
            );
        }
    }

    /// A macro is opaque: one that speaks of our derives hides a declaration.
    fn macro_call(&mut self, item: &syn::ItemMacro, source: &Source<'_>) {
        let at = span_in(item.mac.path.span(), &source.name);
        if item.mac.path.is_ident("include") {
            self.diagnostics.push(
                Diagnostic::error("hidden-declaration", "what `include!` brings cannot be seen")
                    .at(at)
                    .help("use `mod`, with `#[path = \"…\"]` if the file lies elsewhere"),
            );
            return;
        }
        if item.mac.path.segments.last().is_some_and(|segment| segment.ident == "object") {
            match item.mac.parse_body::<syn::LitStr>() {
                Ok(sql) => self.declarations.objects.push(ObjectDecl {
                    sql: sql.value(),
                    span: Hint::some(span_in(sql.span(), &source.name)),
                }),
                Err(error) => self.diagnostics.push(
                    Error::new("wrong-value", error.span(), "`object!` takes one text")
                        .help("write `peristyle::object!(\"CREATE …\");`")
                        .to_diagnostic(&source.name),
                ),
            }
            return;
        }
        let tokens = item.mac.tokens.to_string();
        let hidden = ["Table", "View", "Enum", "Newtype"].iter().any(|derive| {
            tokens.split("derive").skip(1).any(|rest| {
                rest.split(')').next().is_some_and(|list| {
                    list.split(|c: char| !c.is_alphanumeric()).any(|word| word == *derive)
                })
            })
        });
        if hidden {
            self.diagnostics.push(
                Diagnostic::error(
                    "hidden-declaration",
                    "a declaration inside a macro cannot be seen without compiling",
                )
                .at(at)
                .help("write the struct out; `peristyle` reads sources, it does not expand them"),
            );
        }
    }

    fn errors(&mut self, errors: &[Error], source: &Source<'_>) {
        self.diagnostics.extend(errors.iter().map(|error| error.to_diagnostic(&source.name)));
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> Diagnostic {
    Diagnostic::error("unreadable-file", format!("{} cannot be read: {error}", path.display()))
}

/// Whether `#[derive(…)]` names this derive, by the last word of its path.
fn derives(attributes: &[Attribute], derive: &str) -> bool {
    attributes.iter().filter(|attribute| attribute.path().is_ident("derive")).any(|attribute| {
        attribute
            .parse_args_with(
                syn::punctuated::Punctuated::<syn::Path, syn::Token![,]>::parse_terminated,
            )
            .is_ok_and(|paths| {
                paths.iter().any(|path| path.segments.last().is_some_and(|s| s.ident == derive))
            })
    })
}

fn is_cfg_test(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg")
        && attribute.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("test"))
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
