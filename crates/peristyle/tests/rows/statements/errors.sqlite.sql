-- unique_names_the_constraint_and_its_columns
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;

-- a_composite_unique_key_names_its_columns
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

-- a_primary_key_and_a_partial_key_are_named
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4);
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

-- a_check_is_named
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

-- a_missing_value_names_table_and_column
INSERT INTO log_lines (message, at) VALUES (?1, ?2);

-- a_null_where_none_is_expected
SELECT message, at FROM log_lines;
