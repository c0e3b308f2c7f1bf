-- one_row_comes_back_whole
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors WHERE authors.id = $1;

-- the_application_makes_a_cuid2_key
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;

-- a_given_key_is_kept
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;

-- the_database_makes_defaults
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length;

-- the_database_numbers_and_computes
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length;

-- the_application_makes_uuids_and_times
INSERT INTO public.tokens (id, secret, opens, level, weight) VALUES ($1, $2, $3, $4, $5) RETURNING id, secret, opens, level, weight;
INSERT INTO public.log_lines (message, at) VALUES ($1, $2) RETURNING message, at;

-- a_nullable_column_with_a_default_has_three_states
INSERT INTO public."order" (key, type, "group") VALUES ($1, $2, $3) RETURNING key, type, "group", "select";
INSERT INTO public."order" (key, type, "group", "select") VALUES ($1, $2, $3, $4) RETURNING key, type, "group", "select";

-- many_rows_come_back_in_their_order
INSERT INTO public.authors (id, email, name, karma, born) SELECT * FROM unnest($1, $2, $3, $4, $5) RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT count(*) FROM public.authors;

-- rows_that_leave_out_different_columns_go_together
INSERT INTO public.authors (id, email, name, karma, born) VALUES ($1, $2, $3, $4, $5) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4), ($5, $6, $7, $8) RETURNING id, email, name, karma, born, created_at, updated_at;

-- many_rows_are_all_or_none
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.authors (id, email, name, born) SELECT * FROM unnest($1, $2, $3, $4);
SELECT count(*) FROM public.authors;

-- run_says_how_many
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4);
INSERT INTO public.authors (id, email, name, born) SELECT * FROM unnest($1, $2, $3, $4);

-- a_table_without_key_takes_rows
INSERT INTO public.log_lines (message, at) VALUES ($1, $2), … 3 rows RETURNING message, at;

-- a_missing_parent_is_a_typed_error
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length;

-- rows_that_a_query_gives
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
INSERT INTO public.books (author_id, title, price) SELECT author_id, (books.title || $1), books.price * $2 FROM public.books WHERE books.price > $3 RETURNING id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length;
INSERT INTO public.books (author_id, title, price) SELECT author_id, upper(books.title), price FROM public.books WHERE books.title = $1;
SELECT count(*) FROM public.books;

-- a_row_with_rows_that_belong_to_it
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8), ($9, $10, $11, $12, $13, $14, $15, $16) RETURNING id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length;
SELECT count(*) FROM public.authors;

-- many_rows_are_copied_as_they_are_made
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors ORDER BY created_at;
SELECT EXISTS (SELECT 1 FROM public.authors WHERE authors.email = $1 AND authors.born IS NOT NULL);

-- rows_that_are_copied_are_all_or_none
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors;
SELECT count(*) FROM public.authors;

-- every_kind_of_column_is_copied
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, in_print) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length;
SELECT id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length FROM public.books WHERE books.title = $1;
SELECT count(*) FROM public.tokens WHERE tokens.weight = $1;
