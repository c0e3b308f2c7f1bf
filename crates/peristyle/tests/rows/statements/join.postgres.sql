-- a_parent_with_its_children
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
SELECT authors.id, authors.email, authors.name, authors.karma, authors.born, authors.created_at, authors.updated_at, books.id, books.author_id, books.editor_id, books.title, books.price, books.genre, books.tags, books.details, books.isbn, books.published, books.cover, books.rating, books.in_print, books.title_length FROM public.authors JOIN public.books ON books.author_id = authors.id ORDER BY books.title;

-- a_reference_is_followed_in_both_directions
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
SELECT authors.id, authors.email, authors.name, authors.karma, authors.born, authors.created_at, authors.updated_at, books.id, books.author_id, books.editor_id, books.title, books.price, books.genre, books.tags, books.details, books.isbn, books.published, books.cover, books.rating, books.in_print, books.title_length FROM public.authors JOIN public.books ON books.author_id = authors.id WHERE authors.id = $1;
SELECT books.id, books.author_id, books.editor_id, books.title, books.price, books.genre, books.tags, books.details, books.isbn, books.published, books.cover, books.rating, books.in_print, books.title_length, authors.id, authors.email, authors.name, authors.karma, authors.born, authors.created_at, authors.updated_at FROM public.books JOIN public.authors ON books.author_id = authors.id WHERE authors.id = $1;

-- a_left_join_gives_none_where_there_is_no_row
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
SELECT authors.id, authors.email, authors.name, authors.karma, authors.born, authors.created_at, authors.updated_at, books.id, books.author_id, books.editor_id, books.title, books.price, books.genre, books.tags, books.details, books.isbn, books.published, books.cover, books.rating, books.in_print, books.title_length FROM public.authors LEFT JOIN public.books ON books.author_id = authors.id ORDER BY authors.email;
SELECT count(*) FROM public.authors LEFT JOIN public.books ON books.author_id = authors.id WHERE books.id IS NULL;
SELECT EXISTS (SELECT 1 FROM public.authors LEFT JOIN public.books ON books.author_id = authors.id WHERE books.id IS NULL);

-- columns_of_a_left_join_are_nullable
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
SELECT authors.email, upper(books.title), length(books.title)::bigint FROM public.authors LEFT JOIN public.books ON books.author_id = authors.id ORDER BY authors.email, books.title NULLS FIRST;

-- a_right_join_and_a_full_join
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
SELECT books.id, books.author_id, books.editor_id, books.title, books.price, books.genre, books.tags, books.details, books.isbn, books.published, books.cover, books.rating, books.in_print, books.title_length, authors.id, authors.email, authors.name, authors.karma, authors.born, authors.created_at, authors.updated_at FROM public.books RIGHT JOIN public.authors ON books.author_id = authors.id AND books.author_id <> $1 WHERE books.title <> $2;
SELECT books.id, books.author_id, books.editor_id, books.title, books.price, books.genre, books.tags, books.details, books.isbn, books.published, books.cover, books.rating, books.in_print, books.title_length, authors.id, authors.email, authors.name, authors.karma, authors.born, authors.created_at, authors.updated_at FROM public.books RIGHT JOIN public.authors ON books.author_id = authors.id;
SELECT authors.id, authors.email, authors.name, authors.karma, authors.born, authors.created_at, authors.updated_at, memberships.author_id, memberships.club, memberships.since FROM public.authors FULL JOIN public.memberships ON memberships.author_id = authors.id;

-- the_same_table_twice
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
SELECT authors.id, books.title, "Editor".id FROM public.books JOIN public.authors ON books.author_id = authors.id JOIN public.authors AS "Editor" ON books.editor_id = "Editor".id;

-- a_table_with_itself
INSERT INTO public.employees (name, boss_id) VALUES ($1, $2) RETURNING id, name, boss_id;
SELECT employees.name, "Boss".name FROM public.employees LEFT JOIN public.employees AS "Boss" ON employees.boss_id = "Boss".id ORDER BY employees.name;

-- three_tables
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
INSERT INTO public.memberships (author_id, club, since) VALUES ($1, $2, $3);
SELECT authors.id, authors.email, authors.name, authors.karma, authors.born, authors.created_at, authors.updated_at, books.id, books.author_id, books.editor_id, books.title, books.price, books.genre, books.tags, books.details, books.isbn, books.published, books.cover, books.rating, books.in_print, books.title_length, memberships.author_id, memberships.club, memberships.since FROM public.authors JOIN public.books ON books.author_id = authors.id LEFT JOIN public.memberships ON memberships.author_id = authors.id WHERE books.price > $1 ORDER BY books.price;

-- conditions_on_two_tables_in_one
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
SELECT books.title FROM public.authors JOIN public.books ON books.author_id = authors.id WHERE (authors.name = $1 OR starts_with(books.title, $2::text)) AND books.title <> authors.email ORDER BY books.title;

-- a_condition_of_one_table_in_a_query_of_two
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
SELECT count(*) FROM public.authors WHERE authors.name IS NOT NULL AND authors.karma >= $1;
SELECT count(*) FROM public.authors JOIN public.books ON books.author_id = authors.id WHERE authors.name IS NOT NULL AND authors.karma >= $1;

-- whole_rows_beside_columns
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
SELECT authors.id, authors.email, authors.name, authors.karma, authors.born, authors.created_at, authors.updated_at, books.title, books.id, books.author_id, books.editor_id, books.title, books.price, books.genre, books.tags, books.details, books.isbn, books.published, books.cover, books.rating, books.in_print, books.title_length FROM public.authors LEFT JOIN public.books ON books.author_id = authors.id ORDER BY authors.email DESC LIMIT 2;

-- a_view_is_joined
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
SELECT books.id, books.author_id, books.editor_id, books.title, books.price, books.genre, books.tags, books.details, books.isbn, books.published, books.cover, books.rating, books.in_print, books.title_length, expensive_books.id, expensive_books.title, expensive_books.price FROM public.books JOIN public.expensive_books ON expensive_books.id = books.id;
