-- every_type_comes_back_as_it_went
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, genre, details, isbn, published, cover, rating, in_print) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) RETURNING id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length;

-- times_and_small_numbers
INSERT INTO tokens (id, secret, opens, level, weight) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id, secret, opens, level, weight;
SELECT id, secret, opens, level, weight FROM tokens WHERE tokens.secret = ?1;

-- instants_are_kept_to_the_microsecond
INSERT INTO log_lines (message, at) VALUES (?1, ?2) RETURNING message, at;

-- instants_sort_as_text_and_as_time
INSERT INTO log_lines (message, at) VALUES (?1, ?2);
SELECT message, at FROM log_lines ORDER BY at;

-- numbers_at_their_ends
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.karma IN (SELECT value FROM json_each(?1));

-- text_of_a_megabyte
INSERT INTO log_lines (message, at) VALUES (?1, ?2) RETURNING message, at;
