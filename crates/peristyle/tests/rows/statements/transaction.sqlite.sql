-- what_is_committed_stays
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors;

-- an_error_undoes_everything
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4);
SELECT count(*) FROM authors;

-- an_error_of_the_application_undoes_too
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT count(*) FROM authors;

-- a_guard_rolls_back_when_it_is_dropped
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4);
SELECT count(*) FROM authors;
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;

-- a_savepoint_undoes_its_own_part
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT count(*) FROM authors;
SELECT name FROM authors ORDER BY name;

-- a_committed_savepoint_goes_with_its_transaction
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT count(*) FROM authors;

-- a_panic_undoes_and_leaves_the_connection_usable
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT count(*) FROM authors;

-- many_rows_inside_a_transaction_take_a_savepoint
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4), … 256 rows;
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4), … 128 rows;
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4), … 8 rows;
SELECT count(*) FROM authors;
