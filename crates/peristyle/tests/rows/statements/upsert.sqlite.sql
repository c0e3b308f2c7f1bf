-- a_new_row_is_inserted
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (email) DO UPDATE SET name = excluded.name, updated_at = excluded.updated_at RETURNING id, email, name, karma, born, created_at, updated_at;

-- an_existing_row_takes_what_is_given_and_keeps_its_key
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (email) DO UPDATE SET name = excluded.name, updated_at = excluded.updated_at RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT count(*) FROM authors;

-- what_the_insert_leaves_out_is_kept
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (email) DO UPDATE SET karma = excluded.karma, updated_at = excluded.updated_at RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO tokens (id, secret, opens, level, weight) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id, secret, opens, level, weight;
INSERT INTO tokens (id, secret, opens, level, weight) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (id) DO UPDATE SET opens = excluded.opens, level = excluded.level, weight = excluded.weight RETURNING id, secret, opens, level, weight;

-- rows_that_leave_out_different_columns_go_together
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (email) DO UPDATE SET karma = excluded.karma, updated_at = excluded.updated_at RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (email) DO UPDATE SET name = excluded.name, updated_at = excluded.updated_at RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (email) DO UPDATE SET updated_at = excluded.updated_at RETURNING id, email, name, karma, born, created_at, updated_at;

-- a_column_is_made_null_by_naming_it
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (email) DO UPDATE SET name = excluded.name, updated_at = excluded.updated_at RETURNING id, email, name, karma, born, created_at, updated_at;

-- only_some_columns
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (email) DO UPDATE SET karma = excluded.karma, updated_at = excluded.updated_at RETURNING id, email, name, karma, born, created_at, updated_at;

-- on_update_is_set
INSERT INTO authors (id, email, name, born, updated_at) VALUES (?1, ?2, ?3, ?4, ?5);
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (email) DO UPDATE SET karma = excluded.karma, updated_at = excluded.updated_at RETURNING id, email, name, karma, born, created_at, updated_at;

-- an_existing_row_is_kept_and_given_back
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (email) DO NOTHING RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.email = ?1;
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (email) DO NOTHING;
SELECT count(*) FROM authors;

-- another_unique_key_still_refuses
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (email) DO NOTHING;

-- on_the_primary_key
INSERT INTO "order" ("key", type, "group") VALUES (?1, ?2, ?3);
INSERT INTO "order" ("key", type, "group") VALUES (?1, ?2, ?3) ON CONFLICT ("key") DO UPDATE SET type = excluded.type RETURNING "key", type, "group", "select";

-- on_a_composite_key
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (author_id, title) DO UPDATE SET price = excluded.price RETURNING id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length;

-- on_a_partial_key
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover, in_print) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (isbn) WHERE in_print DO NOTHING;
SELECT count(*) FROM books;

-- many_rows_of_which_some_exist
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 12 rows ON CONFLICT (email) DO NOTHING;
SELECT count(*) FROM authors WHERE authors.karma = ?1;
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 12 rows ON CONFLICT (email) DO UPDATE SET karma = excluded.karma, updated_at = excluded.updated_at RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT count(*) FROM authors;

-- an_expression_over_the_row_that_is_there_and_the_new_one
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (email) DO UPDATE SET karma = authors.karma + excluded.karma, name = ?6, updated_at = excluded.updated_at RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (email) DO UPDATE SET karma = authors.karma * ?6 + ?7, updated_at = excluded.updated_at RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (email) DO UPDATE SET karma = authors.karma * ?5 + ?6, updated_at = excluded.updated_at RETURNING id, email, name, karma, born, created_at, updated_at;
