//! What a field's Rust type is.

use peristyle_schema::Type;
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{GenericArgument, PathArguments};

use crate::error::Error;
use crate::model::Kind;

/// A field's type, taken apart.
pub(super) struct RustType {
    pub nullable: bool,
    pub kind: Kind,
    /// The type as written, without `Option`.
    pub text: String,
}

pub(super) fn read(ty: &syn::Type) -> Result<RustType, Error> {
    let (name, arguments) = last_segment(ty)?;
    if name == "Option" {
        let inner = only_argument(ty, "Option", &arguments)?;
        let read = read(inner)?;
        if read.nullable {
            return Err(Error::new(
                "unsupported-type",
                ty.span(),
                "a column is null or not: `Option<Option<…>>` has no place in a table",
            )
            .help("use one `Option`"));
        }
        return Ok(RustType { nullable: true, ..read });
    }
    Ok(RustType { nullable: false, kind: kind(ty, &name, &arguments)?, text: text(ty) })
}

/// A type's text, the same whether the compiler or the command line reads it: a space stands between two words and
/// behind a comma, nowhere else.
pub(super) fn text(ty: &syn::Type) -> String {
    // Most types are one word.
    if let syn::Type::Path(path) = ty
        && path.qself.is_none()
        && let Some(word) = path.path.get_ident()
    {
        return word.to_string();
    }
    let mut out = String::new();
    write_tokens(ty.to_token_stream(), &mut out);
    out
}

fn write_tokens(tokens: TokenStream, out: &mut String) {
    for token in tokens {
        match token {
            TokenTree::Punct(punct) => {
                out.push(punct.as_char());
                if punct.as_char() == ',' {
                    out.push(' ');
                }
            }
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::None => ("", ""),
                };
                out.push_str(open);
                write_tokens(group.stream(), out);
                out.push_str(close);
            }
            word => {
                if out.ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                    out.push(' ');
                }
                out.push_str(&word.to_string());
            }
        }
    }
}

fn kind(ty: &syn::Type, name: &str, arguments: &[&syn::Type]) -> Result<Kind, Error> {
    let plain = match name {
        "bool" => Type::Boolean,
        "i16" => Type::SmallInt,
        "i32" => Type::Integer,
        "i64" => Type::BigInt,
        "f32" => Type::Real,
        "f64" => Type::Double,
        "String" | "Cuid2" => Type::Text,
        "Bytes" => Type::Bytes,
        "Uuid" => Type::Uuid,
        "Decimal" => Type::Numeric(None),
        "Date" => Type::Date,
        "Time" => Type::Time,
        "DateTime" => Type::Timestamp,
        "Timestamp" => Type::TimestampTz,
        "Vec" => return vec(ty, arguments),
        "Json" => return Ok(Kind::Json(text(only_argument(ty, "Json", arguments)?))),
        "Id" => {
            let target = only_argument(ty, "Id", arguments)?;
            return Ok(Kind::Id(last_segment(target)?.0));
        }
        _ => {
            if let Some(instead) = instead_of(name) {
                return Err(unsupported(ty, instead));
            }
            if !arguments.is_empty() {
                return Err(unsupported(ty, "wrap it in `Json<…>` to store it as a document"));
            }
            return Ok(Kind::Named(name.to_owned()));
        }
    };
    match arguments {
        [] => Ok(Kind::Plain(plain)),
        // The type of another crate (chrono's) that has the name of ours.
        _ if name == "DateTime" => Err(unsupported(ty, "use `Timestamp`, an instant in time")),
        _ => Err(unsupported(ty, &format!("`{name}` takes no type in angle brackets"))),
    }
}

fn vec(ty: &syn::Type, arguments: &[&syn::Type]) -> Result<Kind, Error> {
    let of = only_argument(ty, "Vec", arguments)?;
    if text(of) == "u8" {
        return Ok(Kind::Plain(Type::Bytes));
    }
    let (name, arguments) = last_segment(of)?;
    match name.as_str() {
        "Option" => {
            Err(unsupported(ty, "take the `Option` away: the items of a list are never null here"))
        }
        "Vec" => Err(unsupported(ty, "use `Json<Vec<…>>` for a list of lists")),
        _ => match kind(of, &name, &arguments)? {
            Kind::Plain(of) => Ok(Kind::Plain(Type::Array(Box::new(of)))),
            Kind::Named(name) => Ok(Kind::List(name)),
            Kind::Id(target) => Ok(Kind::Ids(target)),
            Kind::Json(_) | Kind::List(_) | Kind::Ids(_) => Err(unsupported(
                ty,
                "use `Json<Vec<…>>` for a list, or a table of its own for the items",
            )),
        },
    }
}

/// What to use for a type that many would try first.
fn instead_of(name: &str) -> Option<&'static str> {
    Some(match name {
        "i8" | "u8" => "use `i16`",
        "u16" => "use `i32`",
        "u32" | "usize" | "isize" | "u64" | "i128" | "u128" => {
            "use `i64`: no database here has unsigned or wider integers"
        }
        "char" | "str" => "use `String`",
        "HashMap" | "BTreeMap" | "HashSet" | "BTreeSet" | "Value" => {
            "wrap it in `Json<…>` to store it as a document"
        }
        "NaiveDate" => "use `Date`",
        "NaiveTime" => "use `Time`",
        "NaiveDateTime" | "PrimitiveDateTime" => "use `DateTime`, a date and time without zone",
        "SystemTime" | "OffsetDateTime" | "Zoned" | "Instant" => {
            "use `Timestamp`, an instant in time"
        }
        "Duration" | "Span" => "use `i64` and say the unit in the column's name",
        "PathBuf" | "Path" => "use `String`",
        "Box" | "Rc" | "Arc" | "Cow" => "use the type inside it",
        _ => return None,
    })
}

fn unsupported(ty: &syn::Type, help: &str) -> Error {
    Error::new("unsupported-type", ty.span(), format!("`{}` is not a column's type", text(ty)))
        .help(help)
}

/// The last word of a type's path and its type arguments.
fn last_segment(ty: &syn::Type) -> Result<(String, Vec<&syn::Type>), Error> {
    let syn::Type::Path(path) = ty else {
        return Err(match ty {
            syn::Type::Reference(_) => {
                unsupported(ty, "a row owns its values: use `String`, `Vec<u8>` or `Json<…>`")
            }
            syn::Type::Tuple(_) | syn::Type::Array(_) | syn::Type::Slice(_) => {
                unsupported(ty, "wrap it in `Json<…>` to store it as a document")
            }
            _ => unsupported(ty, "docs/declarations.md lists the types a column can have"),
        });
    };
    let Some(segment) = path.path.segments.last() else {
        return Err(unsupported(ty, "docs/declarations.md lists the types a column can have"));
    };
    let arguments = match &segment.arguments {
        PathArguments::AngleBracketed(list) => list
            .args
            .iter()
            .filter_map(|argument| match argument {
                GenericArgument::Type(ty) => Some(ty),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    };
    Ok((segment.ident.to_string(), arguments))
}

fn only_argument<'a>(
    ty: &syn::Type,
    name: &str,
    arguments: &[&'a syn::Type],
) -> Result<&'a syn::Type, Error> {
    match arguments {
        [only] => Ok(only),
        _ => Err(Error::new(
            "unsupported-type",
            ty.span(),
            format!("`{name}` takes one type: `{name}<…>`"),
        )),
    }
}
