-- get_by_key
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.id = ?1;

-- get_by_composite_key
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO memberships (author_id, club, since) VALUES (?1, ?2, ?3) RETURNING author_id, club, since;
SELECT author_id, club, since FROM memberships WHERE memberships.author_id = ?1 AND memberships.club = ?2;
SELECT EXISTS (SELECT 1 FROM memberships WHERE memberships.author_id = ?1 AND memberships.club = ?2);

-- a_key_that_is_not_there
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.id = ?1;
SELECT count(*) FROM authors WHERE authors.id = ?1;

-- one_of_several_is_too_many
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.karma < ?1;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.karma < ?1 ORDER BY karma DESC LIMIT 1;

-- order_limit_and_offset
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY karma DESC LIMIT 3;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY karma LIMIT 9223372036854775807 OFFSET 10;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY karma LIMIT 2 OFFSET 4;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors LIMIT 0;

-- several_orders_count_one_after_the_other
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY name DESC, karma DESC;

-- count_and_exists
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT count(*) FROM authors;
SELECT count(*) FROM authors WHERE authors.name IS NULL;
SELECT count(*) FROM (SELECT 1 FROM authors LIMIT 5) AS counted;
SELECT count(*) FROM (SELECT 1 FROM authors LIMIT 9223372036854775807 OFFSET 10) AS counted;
SELECT EXISTS (SELECT 1 FROM authors WHERE authors.karma = ?1);

-- a_query_keeps_its_type_whatever_is_added
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT count(*) FROM authors;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.name = ?1;
SELECT count(*) FROM authors WHERE authors.karma >= ?1;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.karma >= ?1 ORDER BY karma DESC LIMIT 1;

-- a_query_can_be_run_again
SELECT count(*) FROM authors WHERE authors.karma >= ?1;
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;

-- some_columns
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT karma, name FROM authors WHERE authors.karma <= ?1 ORDER BY karma;
SELECT email FROM authors WHERE authors.karma = ?1;

-- a_view_is_read_like_a_table
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8), … 4 rows;
SELECT id, title, price FROM expensive_books ORDER BY price DESC;
SELECT count(*) FROM expensive_books WHERE expensive_books.price < ?1;

-- names_that_are_keywords
INSERT INTO "order" ("key", type, "group") VALUES (?1, ?2, ?3) RETURNING "key", type, "group", "select";
SELECT "key", type, "group", "select" FROM "order" WHERE "order"."key" = ?1 AND "order".type = ?2 AND "order"."group" = ?3 ORDER BY "select" DESC;
UPDATE "order" SET "group" = ?1 WHERE "order"."key" = ?2 RETURNING "key", type, "group", "select";
DELETE FROM "order" WHERE "order"."key" = ?1;
