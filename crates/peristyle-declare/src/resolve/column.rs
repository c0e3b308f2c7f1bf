//! A column: its type and its default.

use peristyle_schema::{Column, ColumnDefault, Diagnostic, Hint, Literal, Type};

use super::Resolver;
use crate::error::nearest;
use crate::model::{ColumnDecl, DefaultDecl, EnumDecl};
use crate::parse::misfit;

impl<'a> Resolver<'a> {
    pub(super) fn column(&mut self, decl: &'a ColumnDecl) -> Column {
        let data_type = self.column_type(decl);
        let mut column = Column::new(decl.name.clone(), data_type);
        column.was = Hint(decl.was.clone());
        column.doc = decl.doc.clone();
        column.nullable = decl.nullable || decl.nullable_in_database;
        column.default = self.default(decl, &column.data_type);
        column.generated = decl.generated.clone();
        column.collation = decl.collation.clone();
        column.identity = decl.identity;
        column.fill = Hint(decl.fill.clone());
        column.using = Hint(decl.using.clone());
        column.made_by_application = match &decl.default {
            Some(DefaultDecl::Application(value)) => Hint::some(value.word()),
            Some(DefaultDecl::Database(_) | DefaultDecl::Variant(_)) | None => Hint::NONE,
        };
        column.span = decl.span.clone();
        column
    }

    /// The database's part of a default; what the application makes is not the schema's.
    fn default(&mut self, decl: &'a ColumnDecl, data_type: &Type) -> Option<ColumnDefault> {
        let default = decl.default.as_ref()?;
        if let Type::Enum(name) = data_type
            && let Some(enumerated) = self.enum_names.get(name).copied()
        {
            return self.enum_default(decl, default, enumerated);
        }
        if let Some((given, help)) = misfit(default, data_type) {
            let message = format!("{given} is no default of `{}`", decl.rust_type);
            self.report(Diagnostic::error("wrong-value", message).help(help), &decl.span);
            return None;
        }
        match default {
            DefaultDecl::Database(default) => Some(default.clone()),
            DefaultDecl::Application(_) | DefaultDecl::Variant(_) => None,
        }
    }

    fn enum_default(
        &mut self,
        decl: &ColumnDecl,
        default: &DefaultDecl,
        enumerated: &EnumDecl,
    ) -> Option<ColumnDefault> {
        let stored = |text: &str| Some(ColumnDefault::Literal(Literal::Text(text.to_owned())));
        let variants = &enumerated.variants;
        let (message, near) = match default {
            DefaultDecl::Variant(variant) => {
                if let Some(value) = variants.iter().find(|held| held.rust_name == *variant) {
                    return stored(&value.name);
                }
                let known: Vec<&str> = variants.iter().map(|v| v.rust_name.as_str()).collect();
                let near = nearest(variant, &known);
                (format!("`{}` has no variant `{variant}`", enumerated.rust_name), near)
            }
            DefaultDecl::Database(ColumnDefault::Literal(Literal::Text(text))) => {
                if variants.iter().any(|held| held.name.as_str() == text) {
                    return stored(text);
                }
                let known: Vec<&str> = variants.iter().map(|v| v.name.as_str()).collect();
                let near = nearest(text, &known).and_then(|near| {
                    variants.iter().find(|held| held.name == near).map(|v| v.rust_name.as_str())
                });
                (format!("{text:?} is no value of `{}`", enumerated.rust_name), near)
            }
            DefaultDecl::Database(
                default @ (ColumnDefault::Expr(_) | ColumnDefault::Literal(Literal::Null)),
            ) => return Some(default.clone()),
            DefaultDecl::Database(_) | DefaultDecl::Application(_) => {
                (format!("this is no default of `{}`", enumerated.rust_name), None)
            }
        };
        let rust_name = &enumerated.rust_name;
        let help = match near {
            Some(near) => format!("did you mean `{rust_name}::{near}`?"),
            None => format!(
                "write a variant: `default = {rust_name}::{}`",
                variants.first().map_or("…", |v| v.rust_name.as_str())
            ),
        };
        self.report(Diagnostic::error("wrong-value", message).help(help), &decl.span);
        None
    }
}
