//! How queries are run.

use super::{All, One, Optional, Query, work};
use crate::door::Door;
use crate::scope::Scope;
use crate::statement::{Projection, Shape, Statement};
use crate::{Connection, Row};

impl<Out, S: Scope> Query<Out, S> {
    /// The SQL that the query runs, with places for its values.
    pub fn sql(&self, connection: &Connection) -> String {
        connection.engine.sql(&self.clone().into_statement().shape)
    }

    /// How the database would run it, a line for each step.
    pub fn explain<D: Door>(self, door: D) -> D::Outcome<Vec<String>> {
        let Statement { shape, binds } = self.into_statement();
        let statement = Statement { shape: Shape::Explain(Box::new(shape)), binds };
        door.perform(work::Explain(statement))
    }

    /// The number of rows.
    pub fn count<D: Door>(mut self, door: D) -> D::Outcome<u64> {
        let nested = self.select.is_shaped().then(|| Box::new(self.select.projection.clone()));
        if nested.is_none() {
            self.forget_projection();
        }
        self.select.projection = Projection::Count(nested);
        self.forget_order();
        door.perform(work::Count(self.into_statement()))
    }

    /// Whether there is a row.
    pub fn exists<D: Door>(mut self, door: D) -> D::Outcome<bool> {
        let nested = self.select.is_shaped().then(|| Box::new(self.select.projection.clone()));
        if nested.is_none() {
            self.forget_projection();
        }
        self.select.projection = Projection::Exists(nested);
        self.forget_order();
        door.perform(work::Exists(self.into_statement()))
    }

    /// What the rows are sorted by does not matter for how many they are, unless they begin behind one of them.
    fn forget_order(&mut self) {
        if self.start.is_none() {
            self.select.order.clear();
            if let Some(others) = &mut self.others {
                others.order.clear();
            }
        }
    }

    fn forget_projection(&mut self) {
        if let Some(others) = &mut self.others {
            others.projection.clear();
        }
    }
}

impl<Out: Row + Send + 'static, S: Scope> Query<Out, S> {
    /// All rows.
    #[inline]
    pub fn all<D: Door>(self, door: D) -> D::Outcome<Vec<Out>> {
        door.perform(All::<Out>::new(self.into_statement()))
    }

    /// The one row there is: [`Error::NotFound`](crate::Error::NotFound) if there is none,
    /// [`Error::TooMany`](crate::Error::TooMany) if there are more.
    #[inline]
    pub fn one<D: Door>(self, door: D) -> D::Outcome<Out> {
        door.perform(One::<Out>::new(self.into_statement()))
    }

    /// The one row there is, if there is one: [`Error::TooMany`](crate::Error::TooMany) if there are more.
    #[inline]
    pub fn optional<D: Door>(self, door: D) -> D::Outcome<Option<Out>> {
        door.perform(Optional::<Out>::new(self.into_statement()))
    }

    /// The first row, if there is one.
    pub fn first<D: Door>(mut self, door: D) -> D::Outcome<Option<Out>> {
        self.select.limit = Some(1);
        door.perform(Optional::<Out>::new(self.into_statement()))
    }
}
