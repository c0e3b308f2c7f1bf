-- a_query_is_stopped_when_its_time_is_over
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT 1 FROM n) SELECT count(*) FROM n;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors;

-- every_statement_of_a_connection_may_have_its_time
WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT 1 FROM n) SELECT count(*) FROM n;
SELECT count(*) FROM authors;
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;

-- a_transaction_that_takes_too_long_is_undone
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT 1 FROM n) SELECT count(*) FROM n;
SELECT count(*) FROM authors;
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4);

-- what_is_done_behind_a_write_that_was_stopped_is_not_done_by_itself
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO log_lines (message, at) WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT 1 FROM n) SELECT 'x', created_at FROM authors, n;
SELECT name FROM authors;
SELECT count(*) FROM authors;
