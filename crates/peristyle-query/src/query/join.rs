//! More than one table.

use super::Query;
use crate::expr::{Condition, Tokens};
use crate::scope::{Entire, Filtered, Grow, Link, Scope};
use crate::source::SourceRef;
use crate::statement::{Join, JoinKind};
use crate::{Source, scoped};

/// A query of whole rows that reads `S`.
type Rows<S> = Query<<S as Scope>::Rows, S>;

/// What a query reads that reads `B` too.
type Inner<S, B> = <S as Grow<B>>::Inner;
type Left<S, B> = <S as Grow<B>>::Left;
type Right<S, B> = <S as Grow<B>>::Right;
type Full<S, B> = <S as Grow<B>>::Full;

macro_rules! joins {
    ($($doc:literal $link:ident $doc_on:literal $on:ident $kind:ident;)+) => {
        /// Joins come before what is selected: each gives whole rows of everything that is read.
        impl<Out, S: Filtered> Query<Out, S> {
            $(
                #[doc = $doc]
                pub fn $link<L, J>(self, link: L) -> Rows<$kind<S, L::Table>>
                where
                    L: Link<S, J>,
                    S: Entire<Out> + Grow<L::Table>,
                {
                    self.joined::<L::Table, _>(JoinKind::$kind, link.condition())
                }

                #[doc = $doc_on]
                pub fn $on<B: Source, J>(
                    self,
                    on: impl Condition<$kind<S, B>, J>,
                ) -> Rows<$kind<S, B>>
                where
                    S: Entire<Out> + Grow<B>,
                {
                    self.joined::<B, _>(JoinKind::$kind, on.into_tokens())
                }
            )+
        }
    };
}

joins! {
    "With the rows of another table that belong to them by a reference: `User::all().join(Post::AUTHOR)` gives `(User, Post)`. A row to which none belongs is left out."
    join
    "With the rows of another table that fulfil a condition: `.join_on::<Post, _>(Post::AUTHOR_ID.eq(User::ID))`."
    join_on Inner;
    "With the rows of another table that belong to them by a reference, or with none: `User::all().left_join(Post::AUTHOR)` gives `(User, Option<Post>)`."
    left_join
    "With the rows of another table that fulfil a condition, or with none."
    left_join_on Left;
    "All rows of another table, with those that belong to them by a reference, or with none."
    right_join
    "All rows of another table, with those that fulfil a condition, or with none."
    right_join_on Right;
    "All rows of both, side by side where they belong together by a reference."
    full_join
    "All rows of both, side by side where they fulfil a condition."
    full_join_on Full;
}

impl<Out, S: Filtered> Query<Out, S> {
    fn joined<B: Source, Of: Scope>(mut self, kind: JoinKind, on: Tokens) -> Rows<Of> {
        let Tokens { nodes, binds } = on;
        let joins = &mut self.select.clauses().joins;
        let at = joins.len();
        joins.push(Join { kind, source: SourceRef(B::SOURCE), on: nodes });
        let others = self.others();
        others.joins.push(binds);
        others.scopes.extend(scoped::pending::<B>(Some(at)));
        self.of_other_types()
    }
}
