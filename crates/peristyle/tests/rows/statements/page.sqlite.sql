-- pages_together_are_the_whole
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY karma, id LIMIT 2;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.karma >= ?1 AND (authors.karma > ?2 OR authors.karma = ?3 AND authors.id > ?4) ORDER BY karma, id LIMIT 2;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY karma;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY karma, id LIMIT 3;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.karma >= ?1 AND (authors.karma > ?2 OR authors.karma = ?3 AND authors.id > ?4) ORDER BY karma, id LIMIT 3;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY karma, id LIMIT 6;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.karma >= ?1 AND (authors.karma > ?2 OR authors.karma = ?3 AND authors.id > ?4) ORDER BY karma, id LIMIT 6;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY karma, id LIMIT 13;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY karma, id LIMIT 101;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY karma DESC, id LIMIT 2;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.karma <= ?1 AND (authors.karma < ?2 OR authors.karma = ?3 AND authors.id > ?4) ORDER BY karma DESC, id LIMIT 2;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY karma DESC;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY karma DESC, id LIMIT 3;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.karma <= ?1 AND (authors.karma < ?2 OR authors.karma = ?3 AND authors.id > ?4) ORDER BY karma DESC, id LIMIT 3;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY karma DESC, id LIMIT 6;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.karma <= ?1 AND (authors.karma < ?2 OR authors.karma = ?3 AND authors.id > ?4) ORDER BY karma DESC, id LIMIT 6;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY karma DESC, id LIMIT 13;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY karma DESC, id LIMIT 101;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY name, id LIMIT 2;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.name IS NOT NULL OR authors.name IS NULL AND authors.id > ?1 ORDER BY name, id LIMIT 2;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.name >= ?1 AND (authors.name > ?2 OR authors.name = ?3 AND authors.id > ?4) ORDER BY name, id LIMIT 2;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY name, id;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY name, id LIMIT 3;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.name IS NOT NULL OR authors.name IS NULL AND authors.id > ?1 ORDER BY name, id LIMIT 3;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.name >= ?1 AND (authors.name > ?2 OR authors.name = ?3 AND authors.id > ?4) ORDER BY name, id LIMIT 3;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY name, id LIMIT 6;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.name IS NOT NULL OR authors.name IS NULL AND authors.id > ?1 ORDER BY name, id LIMIT 6;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.name >= ?1 AND (authors.name > ?2 OR authors.name = ?3 AND authors.id > ?4) ORDER BY name, id LIMIT 6;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY name, id LIMIT 13;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY name, id LIMIT 101;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY name DESC, id LIMIT 2;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.name < ?1 OR authors.name IS NULL OR authors.name = ?2 AND authors.id > ?3 ORDER BY name DESC, id LIMIT 2;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.name IS NULL AND authors.id > ?1 ORDER BY name DESC, id LIMIT 2;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY name DESC, id;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY name DESC, id LIMIT 3;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.name < ?1 OR authors.name IS NULL OR authors.name = ?2 AND authors.id > ?3 ORDER BY name DESC, id LIMIT 3;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.name IS NULL AND authors.id > ?1 ORDER BY name DESC, id LIMIT 3;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY name DESC, id LIMIT 6;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.name < ?1 OR authors.name IS NULL OR authors.name = ?2 AND authors.id > ?3 ORDER BY name DESC, id LIMIT 6;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.name IS NULL AND authors.id > ?1 ORDER BY name DESC, id LIMIT 6;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY name DESC, id LIMIT 13;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY name DESC, id LIMIT 101;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY name DESC, karma, id LIMIT 2;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.name < ?1 OR authors.name IS NULL OR authors.name = ?2 AND (authors.karma > ?3 OR authors.karma = ?4 AND authors.id > ?5) ORDER BY name DESC, karma, id LIMIT 2;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.name IS NULL AND (authors.karma > ?1 OR authors.karma = ?2 AND authors.id > ?3) ORDER BY name DESC, karma, id LIMIT 2;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY name DESC, karma, id;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY name DESC, karma, id LIMIT 3;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.name < ?1 OR authors.name IS NULL OR authors.name = ?2 AND (authors.karma > ?3 OR authors.karma = ?4 AND authors.id > ?5) ORDER BY name DESC, karma, id LIMIT 3;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.name IS NULL AND (authors.karma > ?1 OR authors.karma = ?2 AND authors.id > ?3) ORDER BY name DESC, karma, id LIMIT 3;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY name DESC, karma, id LIMIT 6;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.name < ?1 OR authors.name IS NULL OR authors.name = ?2 AND (authors.karma > ?3 OR authors.karma = ?4 AND authors.id > ?5) ORDER BY name DESC, karma, id LIMIT 6;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.name IS NULL AND (authors.karma > ?1 OR authors.karma = ?2 AND authors.id > ?3) ORDER BY name DESC, karma, id LIMIT 6;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY name DESC, karma, id LIMIT 13;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY name DESC, karma, id LIMIT 101;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY id LIMIT 2;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.id > ?1 ORDER BY id LIMIT 2;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY id;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY id LIMIT 3;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.id > ?1 ORDER BY id LIMIT 3;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY id LIMIT 6;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.id > ?1 ORDER BY id LIMIT 6;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY id LIMIT 13;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY id LIMIT 101;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY created_at DESC, id LIMIT 2;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.created_at <= ?1 AND (authors.created_at < ?2 OR authors.created_at = ?3 AND authors.id > ?4) ORDER BY created_at DESC, id LIMIT 2;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY created_at DESC, id;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY created_at DESC, id LIMIT 3;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.created_at <= ?1 AND (authors.created_at < ?2 OR authors.created_at = ?3 AND authors.id > ?4) ORDER BY created_at DESC, id LIMIT 3;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY created_at DESC, id LIMIT 6;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.created_at <= ?1 AND (authors.created_at < ?2 OR authors.created_at = ?3 AND authors.id > ?4) ORDER BY created_at DESC, id LIMIT 6;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY created_at DESC, id LIMIT 13;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY created_at DESC, id LIMIT 101;

-- the_key_breaks_ties
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 50 rows;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY karma, id LIMIT 8;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.karma >= ?1 AND (authors.karma > ?2 OR authors.karma = ?3 AND authors.id > ?4) ORDER BY karma, id LIMIT 8;

-- pages_and_filters_go_together
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.karma < ?1 OR authors.karma > ?2 ORDER BY karma DESC, id LIMIT 3;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE (authors.karma < ?1 OR authors.karma > ?2) AND authors.karma <= ?3 AND (authors.karma < ?4 OR authors.karma = ?5 AND authors.id > ?6) ORDER BY karma DESC, id LIMIT 3;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.karma < ?1 OR authors.karma > ?2 ORDER BY karma DESC;

-- rows_written_in_between_shift_nothing
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY karma, id LIMIT 6;
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5);
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.karma >= ?1 AND (authors.karma > ?2 OR authors.karma = ?3 AND authors.id > ?4) ORDER BY karma, id LIMIT 6;

-- after_a_row
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.karma >= ?1 AND (authors.karma > ?2 OR authors.karma = ?3 AND authors.id > ?4) ORDER BY karma, id;

-- an_empty_table_is_one_empty_page
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY id LIMIT 11;

-- a_cursor_of_another_order_is_refused
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY karma, id LIMIT 6;
