//! The items of a file: those with our derives are declarations.

use syn::{Attribute, Fields, Item, ItemEnum, ItemStruct};

use super::derive::{self, Derive};
use super::{Reader, Source, condition};
use crate::error::Error;
use crate::parse::{parse_enum, parse_newtype, parse_table, parse_view, wrong_item};

impl Reader {
    pub(super) fn items(&mut self, items: &[Item], source: &Source) {
        for item in items {
            match item {
                Item::Struct(item) => self.structure(item, source),
                Item::Enum(item) => self.enumeration(item, source),
                Item::Mod(item) => self.module(item, source),
                Item::Macro(item) => self.macro_call(item, source),
                Item::Use(item) => self.import(item, source),
                _ => {}
            }
        }
    }

    fn structure(&mut self, item: &ItemStruct, source: &Source) {
        let Some(derive) = self.declares(&item.attrs, source) else { return };
        let fields = match &item.fields {
            Fields::Named(fields) => Some(&fields.named),
            Fields::Unnamed(_) | Fields::Unit => None,
        };
        for field in fields.into_iter().flatten() {
            if let Some(attribute) = condition::undecided(&field.attrs) {
                self.report(&[condition::error(attribute)], source);
            }
        }
        let file = Some(&source.name);
        let declared = &mut self.declarations;
        let read = match derive {
            Derive::Table => parse_table(item, file).map(|read| declared.tables.push(read)),
            Derive::View => parse_view(item, file).map(|read| declared.views.push(read)),
            Derive::Newtype => parse_newtype(item, file).map(|read| declared.newtypes.push(read)),
            Derive::Enum => Err(vec![wrong_item(&item.ident, derive.name())]),
        };
        self.checked(read, source);
    }

    fn enumeration(&mut self, item: &ItemEnum, source: &Source) {
        let Some(derive) = self.declares(&item.attrs, source) else { return };
        let read = match derive {
            Derive::Enum => {
                parse_enum(item, Some(&source.name)).map(|read| self.declarations.enums.push(read))
            }
            Derive::Table | Derive::View | Derive::Newtype => {
                Err(vec![wrong_item(&item.ident, derive.name())])
            }
        };
        self.checked(read, source);
    }

    /// The derive that makes an item a declaration; a condition that cannot be decided is reported.
    fn declares(&mut self, attributes: &[Attribute], source: &Source) -> Option<Derive> {
        if condition::is_for_tests(attributes) {
            return None;
        }
        if let Some(attribute) = condition::derives(attributes) {
            self.report(&[condition::error(attribute)], source);
            return None;
        }
        let derive = derive::of(attributes)?;
        if let Some(attribute) = condition::undecided(attributes) {
            self.report(&[condition::error(attribute)], source);
        }
        Some(derive)
    }

    fn checked(&mut self, read: Result<(), Vec<Error>>, source: &Source) {
        if let Err(errors) = read {
            self.report(&errors, source);
        }
    }
}
