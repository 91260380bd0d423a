//! `column in (…)` for lists of any length, as a statement that is prepared once. Diesel's
//! own `eq_any` has a placeholder for each value, so its statement is prepared anew each time.

use diesel::backend::Backend;
use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{Bool, HasSqlType};

/// Is `column` one of `values`? With no values: no.
pub fn any_of<C, V>(column: C, values: &[V]) -> AnyOf<C, V>
where
    C: Expression,
    V: Copy,
{
    AnyOf { column, values: values.to_vec() }
}

/// See [`any_of`].
#[derive(Debug, Clone)]
pub struct AnyOf<C, V> {
    column: C,
    values: Vec<V>,
}

/// Lists are filled up to one of few lengths, so that there are few statements.
fn padded(len: usize) -> usize {
    match len {
        0..=4 => 4,
        5..=200 => len.div_ceil(25) * 25,
        _ => len.next_power_of_two(),
    }
}

impl<C, V, DB> QueryFragment<DB> for AnyOf<C, V>
where
    DB: Backend + HasSqlType<C::SqlType>,
    C: Expression + QueryFragment<DB>,
    V: ToSql<C::SqlType, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let Some(last) = self.values.last() else {
            out.push_sql("1 = 0");
            return Ok(());
        };
        self.column.walk_ast(out.reborrow())?;
        for i in 0..padded(self.values.len()) {
            out.push_sql(if i == 0 { " in (" } else { ", " });
            out.push_bind_param::<C::SqlType, _>(self.values.get(i).unwrap_or(last))?;
        }
        out.push_sql(")");
        Ok(())
    }
}

impl<C, V> QueryId for AnyOf<C, V> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<C, V> Expression for AnyOf<C, V> {
    type SqlType = Bool;
}
impl<C: AppearsOnTable<T>, V, T> AppearsOnTable<T> for AnyOf<C, V> {}
impl<C: SelectableExpression<T>, V, T> SelectableExpression<T> for AnyOf<C, V> {}
impl<C, V, G> ValidGrouping<G> for AnyOf<C, V> {
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
