
diesel::joinable!(items_@N@ -> items_@P@ (parent_id));
diesel::allow_tables_to_appear_in_same_query!(items_@N@, items_@P@);

pub fn join(door: &mut PgConnection, least: i64) -> QueryResult<Vec<(Item@N@, Item@P@)>> {
    items_@N@::table
        .inner_join(items_@P@::table)
        .filter(items_@P@::amount.ge(least))
        .order(items_@N@::id)
        .select((Item@N@::as_select(), Item@P@::as_select()))
        .load(door)
}
