//! What reading cannot see: macros, includes and derives under another name.

use peristyle_schema::{Hint, Name};
use syn::parse::{Parse, ParseStream};
use syn::{Ident, ItemMacro, ItemUse, LitStr, Token, UseTree};

use super::derive::{self, Derive};
use super::{Reader, Source};
use crate::error::{Error, span_in};
use crate::model::ObjectDecl;
use crate::parse::DIALECTS;

/// The inside of `object!(postgres, "CREATE …", doc = "…")`.
struct Object {
    dialect: Option<Ident>,
    sql: LitStr,
    doc: Option<LitStr>,
}

impl Parse for Object {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut dialect = None;
        if input.peek(Ident) {
            let word: Ident = input.parse()?;
            if !DIALECTS.iter().any(|known| word == known) {
                return Err(syn::Error::new(word.span(), "no dialect"));
            }
            input.parse::<Token![,]>()?;
            dialect = Some(word);
        }
        let sql = input.parse()?;
        let mut doc = None;
        if input.peek(Token![,]) && !input.peek2(syn::parse::End) {
            input.parse::<Token![,]>()?;
            let word: Ident = input.parse()?;
            if word != "doc" {
                return Err(syn::Error::new(word.span(), "no option"));
            }
            input.parse::<Token![=]>()?;
            doc = Some(input.parse()?);
        }
        if input.peek(Token![,]) {
            input.parse::<Token![,]>()?;
        }
        Ok(Self { dialect, sql, doc })
    }
}

impl Reader {
    /// A macro is opaque: one that speaks of our derives hides a declaration.
    pub(super) fn macro_call(&mut self, item: &ItemMacro, source: &Source) {
        let at = item.ident.as_ref().map_or_else(
            || item.mac.path.segments.last().map(|segment| segment.ident.span()),
            |name| Some(name.span()),
        );
        let Some(at) = at else { return };
        if item.mac.path.is_ident("include") {
            let error = Error::new("hidden-declaration", at, "what `include!` brings is not read")
                .help("use `mod`, with `#[path = \"…\"]` if the file lies elsewhere; or name the file that holds the declarations");
            return self.report(&[error], source);
        }
        if item.mac.path.segments.last().is_some_and(|segment| segment.ident == "object") {
            return self.object(item, source);
        }
        if let Some(derive) = derive::hidden_in(item.mac.tokens.clone()) {
            let message = format!("a macro hides a `#[derive({})]`", derive.name());
            let error = Error::new("hidden-declaration", at, message)
                .help("write the item out: sources are read here, and macros are not expanded");
            self.report(&[error], source);
        }
    }

    /// Reads `peristyle::object!("CREATE …")`. A macro of that name in another path is another's.
    fn object(&mut self, item: &ItemMacro, source: &Source) {
        let segments = &item.mac.path.segments;
        if segments.len() > 1 && segments[0].ident != "peristyle" {
            return;
        }
        match item.mac.parse_body::<Object>() {
            Ok(Object { sql, dialect, doc }) => self.declarations.objects.push(ObjectDecl {
                sql: sql.value(),
                doc: doc.map(|doc| doc.value()),
                dialect: dialect.map(|word| Name::new(word.to_string())),
                span: Hint::some(span_in(sql.span(), &source.name)),
            }),
            Err(error) => {
                let error = Error::new("wrong-value", error.span(), "`object!` takes one text")
                    .help("write `peristyle::object!(\"CREATE …\");`, or `object!(postgres, \"CREATE …\");` for one database alone");
                self.report(&[error], source);
            }
        }
    }

    /// A derive of ours imported under another name would not be recognised.
    pub(super) fn import(&mut self, item: &ItemUse, source: &Source) {
        if let UseTree::Path(path) = &item.tree
            && path.ident == "peristyle"
        {
            self.renames(&path.tree, source);
        }
    }

    fn renames(&mut self, tree: &UseTree, source: &Source) {
        match tree {
            UseTree::Path(path) => self.renames(&path.tree, source),
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.renames(tree, source);
                }
            }
            UseTree::Rename(rename) => {
                if Derive::named(&rename.ident.to_string()).is_some() && rename.rename != "_" {
                    let message = format!("`{}` is imported as `{}`", rename.ident, rename.rename);
                    let error = Error::new("hidden-declaration", rename.rename.span(), message)
                        .help(format!(
                            "import it by its own name, or write `#[derive(peristyle::{})]`: derives are recognised by their names",
                            rename.ident
                        ));
                    self.report(&[error], source);
                }
            }
            UseTree::Name(_) | UseTree::Glob(_) => {}
        }
    }
}
