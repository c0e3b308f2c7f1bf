//! How values are converted when a column's type changes, and which values would change their meaning.

use peristyle_schema::{Column, EnumValue, Name, Pair, Type};

use super::super::quote::quote;
use super::super::writer;

mod rules;

pub(super) use rules::Faith;
use rules::{Kind, kind, rule};

/// A conversion for one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Conversion {
    /// The converted value, over the column's own name.
    pub(super) value: String,
    /// Conditions that are true for values that must not be converted, each with what is wrong with them.
    pub(super) strays: Vec<(String, String)>,
    /// How faithful it is.
    pub(super) faith: Faith,
}

/// How a column's values become those of its new type; `None` where only a `using` can say it.
pub(super) fn conversion(columns: Pair<&Column>) -> Option<Conversion> {
    let kinds = columns.map(|column| kind(&column.data_type));
    let name = quote(&columns.new.name);
    let mut conversion = if kinds.is_same() || kinds.new == Kind::Any {
        Conversion { value: name.clone(), strays: Vec::new(), faith: Faith::Exact }
    } else {
        let rule = rule(kinds)?;
        let strays = match rule.stray {
            "" => Vec::new(),
            stray => vec![(stray.replace("$c", &name), rule.says.to_owned())],
        };
        Conversion { value: rule.value.replace("$c", &name), strays, faith: rule.faith }
    };
    value_lists(columns, &name, &mut conversion);
    precision(columns, &name, &mut conversion);
    Some(conversion)
}

/// The values that live on under another text: those whose former text one of the two lists tells.
pub(super) fn renamed_values(old: &[EnumValue], new: &[EnumValue]) -> Vec<Pair<Name>> {
    let holds = |list: &[EnumValue], name: &Name| list.iter().any(|value| value.name == *name);
    let mut renames: Vec<Pair<Name>> = Vec::new();
    let forward = new
        .iter()
        .filter_map(|value| value.was.get().map(|was| Pair::new(was.clone(), value.name.clone())));
    let backward = old
        .iter()
        .filter_map(|value| value.was.get().map(|was| Pair::new(value.name.clone(), was.clone())));
    for names in forward.chain(backward) {
        let lives_on = holds(old, &names.old)
            && holds(new, &names.new)
            && !holds(new, &names.old)
            && !holds(old, &names.new);
        let taken = renames.iter().any(|held| held.old == names.old || held.new == names.new);
        if lives_on && !taken {
            renames.push(names);
        }
    }
    renames
}

/// Renames values, and shows those that the new list does not hold.
fn value_lists(columns: Pair<&Column>, name: &str, conversion: &mut Conversion) {
    let Type::Values(new) = &columns.new.data_type else { return };
    let old: &[EnumValue] = match &columns.old.data_type {
        Type::Values(old) => old,
        _ => &[],
    };
    let renames = renamed_values(old, new);
    if !renames.is_empty() {
        let arms: Vec<String> = renames
            .iter()
            .map(|names| {
                format!("WHEN {} THEN {}", writer::text(&names.old), writer::text(&names.new))
            })
            .collect();
        conversion.value = format!("CASE {name} {} ELSE {name} END", arms.join(" "));
    }
    let gone = old.is_empty()
        || old.iter().any(|value| {
            !new.iter().any(|held| held.name == value.name)
                && !renames.iter().any(|names| names.old == value.name)
        });
    if gone {
        let stray = format!("{} NOT IN ({})", conversion.value, writer::value_list(new));
        conversion.strays.push((stray, "is not one of the new values".to_owned()));
    }
}

/// Shows numbers that have more digits than the new type holds.
fn precision(columns: Pair<&Column>, name: &str, conversion: &mut Conversion) {
    let Type::Numeric(Some(new)) = &columns.new.data_type else { return };
    let fits = match &columns.old.data_type {
        Type::Numeric(Some(old)) => {
            old.scale <= new.scale
                && i32::from(old.precision) - i32::from(old.scale)
                    <= i32::from(new.precision) - i32::from(new.scale)
        }
        _ => false,
    };
    if fits {
        return;
    }
    let value = if conversion.value == name { name.to_owned() } else { conversion.value.clone() };
    let whole = (i32::from(new.precision) - i32::from(new.scale)).clamp(0, 18);
    let limit = 10_i64.pow(u32::try_from(whole).unwrap_or(0));
    let scale = new.scale.max(0);
    conversion.strays.push((
        format!("abs({value}) >= {limit} OR round({value}, {scale}) <> {value}"),
        format!("has more digits than {} holds", writer::type_words(&columns.new.data_type)),
    ));
}

/// Which values of this type a `STRICT` table will not take, though another may hold them.
pub(super) fn not_strict(data_type: &Type, value: &str) -> Option<String> {
    let condition = match kind(data_type) {
        Kind::Integer | Kind::Boolean => format!("typeof({value}) <> 'integer'"),
        Kind::Real | Kind::Numeric => format!("typeof({value}) NOT IN ('integer', 'real')"),
        Kind::Bytes => format!("typeof({value}) <> 'blob'"),
        Kind::Any | Kind::Loose => return None,
        Kind::Text | Kind::Date | Kind::Time | Kind::Timestamp | Kind::TimestampTz | Kind::Json => {
            format!("typeof({value}) = 'blob'")
        }
    };
    Some(condition)
}
