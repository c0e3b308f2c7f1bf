//! Whether what the attributes of a field say agrees with its type and with itself.

use peristyle_schema::{ColumnDefault, Literal, Precision, Type};
use proc_macro2::Span;
use syn::spanned::Spanned;

use super::column::{ParsedField, Reader};
use super::default::{is_time, misfit};
use super::reference;
use crate::convention::bare;
use crate::error::Error;
use crate::model::{ApplicationValue, DefaultDecl, Kind};
use crate::resolve::{UNKNOWN_KEY_HELP, unknown_key};

/// The column, once all of its attributes are read.
pub(super) fn finish(mut reader: Reader<'_>) -> ParsedField {
    reader.null_key();
    reader.generated();
    reader.digits();
    reader.numbering();
    reader.default();
    reader.updates();
    reader.reference();
    reader.former_name();
    reader.parsed
}

impl Reader<'_> {
    fn contradiction(&mut self, at: Span, message: impl Into<String>, help: &str) {
        self.errors.push(Error::new("contradiction", at, message).help(help));
    }

    /// The type that the column has by itself; none where another declaration decides.
    fn known_type(&self) -> Option<Type> {
        let column = &self.parsed.column;
        match (&column.data_type, &column.kind) {
            (Some(data_type), _) => Some(data_type.clone()),
            (None, Kind::Plain(data_type)) => Some(data_type.clone()),
            (None, Kind::Json(_)) => Some(Type::Json),
            (None, Kind::Id(_) | Kind::Named(_) | Kind::List(_) | Kind::Ids(_)) => None,
        }
    }

    /// Whether the field is the struct's key, and of the struct's own `Id`.
    fn is_own_key(&self) -> bool {
        let column = &self.parsed.column;
        let is_key = self.parsed.key.is_some()
            || self.fields.key.as_deref().is_some_and(|key| bare(key) == bare(&column.field));
        is_key && matches!(&column.kind, Kind::Id(target) if target == self.fields.owner)
    }

    fn null_key(&mut self) {
        if self.parsed.key.is_some() && self.parsed.column.nullable {
            self.contradiction(
                self.field.ty.span(),
                "a key cannot be null",
                "take the `Option` away",
            );
        }
    }

    fn generated(&mut self) {
        let stored = self.stored;
        match (&mut self.parsed.column.generated, stored) {
            (Some(generated), stored) => {
                generated.stored = stored.is_some_and(|(stored, _)| stored)
            }
            (None, Some((_, at))) if self.generated.is_none() => self.contradiction(
                at,
                "`stored` and `virtual` belong to a generated column",
                "write `generated = \"…\", stored`",
            ),
            (None, _) => {}
        }
        let Some(at) = self.generated else { return };
        let taken = [
            ("a default", self.default.is_some()),
            ("a number from the database", self.auto.is_some()),
            ("a value at each update", self.on_update.is_some()),
        ];
        for (what, _) in taken.iter().filter(|(_, taken)| *taken) {
            self.contradiction(
                at,
                format!("a generated column cannot have {what}: its value is always computed"),
                "take one of the two away",
            );
        }
    }

    fn digits(&mut self) {
        let (precision, scale) = (self.precision, self.scale);
        let Some((_, at)) = precision.map(|(_, at)| ((), at)).or(scale.map(|(_, at)| ((), at)))
        else {
            return;
        };
        match precision {
            None => self.contradiction(
                at,
                "`scale` needs `precision`",
                "write `precision = 10, scale = 2`: ten digits, two of them after the point",
            ),
            Some((precision, _)) => {
                let scale = scale.map(|(scale, _)| scale).unwrap_or_default();
                self.parsed.column.precision = Some(Precision { precision, scale });
            }
        }
        if self.parsed.column.data_type.is_some() {
            self.contradiction(
                at,
                "`precision` and `type` both state the type",
                "write the digits in the type: `type = \"numeric(10, 2)\"`",
            );
        } else if self.known_type().is_some_and(|t| !matches!(t, Type::Numeric(_))) {
            let message = format!(
                "`precision` belongs to a `Decimal`, not to `{}`",
                self.parsed.column.rust_type
            );
            self.contradiction(at, message, "use the type `Decimal`, or take `precision` away");
        }
    }

    fn numbering(&mut self) {
        let Some(at) = self.auto else { return };
        if self.default.is_some() {
            self.contradiction(
                at,
                "a column that the database numbers cannot have a default",
                "take one of the two away",
            );
        }
        let is_number =
            |t: &Type| matches!(t, Type::SmallInt | Type::Integer | Type::BigInt | Type::Native(_));
        if self.known_type().is_some_and(|known| !is_number(&known)) {
            let message = format!(
                "the database numbers a column with integers, and `{}` is none",
                self.parsed.column.rust_type
            );
            self.contradiction(at, message, "use `i64`, or `Id<…>`");
        }
    }

    fn default(&mut self) {
        let Some((at, path)) = self.default.take() else { return self.key_of_nothing() };
        let column = &self.parsed.column;
        let Some(default) = &column.default else { return };
        let rust_type = column.rust_type.clone();
        if let (Kind::Named(named), DefaultDecl::Variant(variant)) = (&column.kind, default) {
            if let [.., owner, _] = path.as_slice()
                && owner != named
            {
                let message = format!("the field is a `{named}`, and `{owner}::{variant}` is none");
                let help = format!("write a variant of `{named}`");
                self.errors.push(Error::new("wrong-value", at, message).help(help));
            }
            return;
        }
        if *default == DefaultDecl::Database(ColumnDefault::Literal(Literal::Null))
            && !column.nullable
        {
            let help = format!("use `Option<{rust_type}>`");
            self.contradiction(at, "a column that cannot be null has no default `null`", &help);
            return;
        }
        let own_key = self.is_own_key();
        let data_type = match self.known_type() {
            Some(data_type) => data_type,
            None if own_key => return self.key_default(at),
            None => return,
        };
        if let Some((given, help)) = misfit(default, &data_type) {
            let message = format!("{given} is no default of `{rust_type}`");
            self.errors.push(Error::new("wrong-value", at, message).help(help));
        }
    }

    /// The key of the struct's own `Id` is what its default is, so a default that is no key says nothing.
    fn key_default(&mut self, at: Span) {
        let is_key = match &self.parsed.column.default {
            Some(DefaultDecl::Application(value)) => *value != ApplicationValue::Now,
            Some(DefaultDecl::Database(ColumnDefault::Uuid4 | ColumnDefault::Uuid7)) | None => true,
            Some(DefaultDecl::Database(ColumnDefault::Expr(_))) => true,
            Some(DefaultDecl::Database(_) | DefaultDecl::Variant(_)) => false,
        };
        if !is_key {
            self.errors.push(
                Error::new("wrong-value", at, "every row needs a key of its own")
                    .help("write `default = cuid2`, `default = uuid7` or `auto`"),
            );
        }
    }

    fn key_of_nothing(&mut self) {
        let column = &self.parsed.column;
        if self.is_own_key() && column.own_key_type().is_none() && self.auto.is_none() {
            let message = unknown_key(self.fields.owner, &column.field);
            let at = self.parsed.key.unwrap_or_else(|| self.field.span());
            self.errors.push(Error::new("unknown-key-type", at, message).help(UNKNOWN_KEY_HELP));
        }
    }

    fn updates(&mut self) {
        if let (Some(at), Some(known)) = (self.on_update, self.known_type())
            && self.parsed.column.on_update.is_some()
            && !is_time(&known)
        {
            let message = format!("`now` is no value of `{}`", self.parsed.column.rust_type);
            self.errors.push(
                Error::new("wrong-value", at, message)
                    .help("use the type `Timestamp`, `DateTime`, `Date` or `Time`"),
            );
        }
    }

    fn reference(&mut self) {
        let no_reference = self.no_reference;
        let Kind::Id(target) = &self.parsed.column.kind else {
            if let Some(at) = no_reference
                && self.parsed.column.reference.is_none()
                && at.start() != self.field.ty.span().start()
            {
                self.contradiction(
                    at,
                    "`no_reference` belongs to a field of type `Id<…>`",
                    "take it away: a field of another type references nothing by itself",
                );
            }
            return;
        };
        let own_key = self.is_own_key();
        let target = target.clone();
        let column = &mut self.parsed.column;
        match (&column.reference, no_reference) {
            (Some(_), Some(at)) => self.contradiction(
                at,
                "`no_reference` and `#[references]` contradict each other",
                "take one of the two away",
            ),
            (None, None) if !own_key => {
                let mut reference = reference::plain(Some(target));
                reference.span = column.type_span.clone();
                column.reference = Some(reference);
            }
            _ => {}
        }
    }

    fn former_name(&mut self) {
        let column = &self.parsed.column;
        if column.was.as_ref() == Some(&column.name) {
            let message =
                format!("`{}` was called so already: `was` is the former name", column.name);
            let at = self.field.ident.as_ref().map_or_else(Span::call_site, syn::Ident::span);
            self.contradiction(at, message, "write the name it had, or take `was` away");
        }
    }
}
