//! `column in (…)` for lists of ids of any length, as a statement that is prepared once. Diesel's
//! own `eq_any` has a placeholder for each value, so its statement is prepared anew each time.

use super::types::Guid;
use diesel::backend::Backend;
use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{Bool, HasSqlType};

/// Is `column` one of `ids`? With no ids: no.
pub fn any_of<C, I>(column: C, ids: &[I]) -> AnyOf<C, I>
where
    C: Expression<SqlType = Guid>,
    I: Copy,
{
    AnyOf { column, ids: ids.to_vec() }
}

/// See [`any_of`].
#[derive(Debug, Clone)]
pub struct AnyOf<C, I> {
    column: C,
    ids: Vec<I>,
}

/// Lists are filled up to one of few lengths, so that there are few statements.
fn padded(len: usize) -> usize {
    match len {
        0..=4 => 4,
        5..=200 => len.div_ceil(25) * 25,
        _ => len.next_power_of_two(),
    }
}

impl<C, I, DB> QueryFragment<DB> for AnyOf<C, I>
where
    DB: Backend + HasSqlType<Guid>,
    C: QueryFragment<DB>,
    I: ToSql<Guid, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let Some(last) = self.ids.last() else {
            out.push_sql("1 = 0");
            return Ok(());
        };
        self.column.walk_ast(out.reborrow())?;
        for i in 0..padded(self.ids.len()) {
            out.push_sql(if i == 0 { " in (" } else { ", " });
            out.push_bind_param::<Guid, _>(self.ids.get(i).unwrap_or(last))?;
        }
        out.push_sql(")");
        Ok(())
    }
}

impl<C, I> QueryId for AnyOf<C, I> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<C, I> Expression for AnyOf<C, I> {
    type SqlType = Bool;
}
impl<C: AppearsOnTable<T>, I, T> AppearsOnTable<T> for AnyOf<C, I> {}
impl<C: SelectableExpression<T>, I, T> SelectableExpression<T> for AnyOf<C, I> {}
impl<C, I, G> ValidGrouping<G> for AnyOf<C, I> {
    type IsAggregate = is_aggregate::No;
}

#[cfg(test)]
mod tests {
    use super::padded;

    #[test]
    fn few_lengths_and_never_too_short() {
        let lengths: std::collections::BTreeSet<_> = (1..=1000).map(padded).collect();
        assert!(lengths.len() <= 12);
        assert!((1..=1000).all(|len| padded(len) >= len));
    }
}
