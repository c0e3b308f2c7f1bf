-- children_of_each_row
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
INSERT INTO public.memberships (author_id, club, since) VALUES ($1, $2, $3);
INSERT INTO public.fees (author_id, club, amount) VALUES ($1, $2, $3);
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors ORDER BY email;
SELECT id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length FROM public.books WHERE books.author_id = ANY ($1);

-- a_parent_is_there_if_the_reference_is_required
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
INSERT INTO public.memberships (author_id, club, since) VALUES ($1, $2, $3);
INSERT INTO public.fees (author_id, club, amount) VALUES ($1, $2, $3);
SELECT id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length FROM public.books ORDER BY title;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors WHERE authors.id = ANY ($1);

-- filter_order_and_limit_for_each_parent
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
INSERT INTO public.memberships (author_id, club, since) VALUES ($1, $2, $3);
INSERT INTO public.fees (author_id, club, amount) VALUES ($1, $2, $3);
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors ORDER BY email;
SELECT c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14 FROM (SELECT id AS c1, author_id AS c2, editor_id AS c3, title AS c4, price AS c5, genre AS c6, tags AS c7, details AS c8, isbn AS c9, published AS c10, cover AS c11, rating AS c12, in_print AS c13, title_length AS c14, row_number() OVER (PARTITION BY books.author_id ORDER BY price DESC) AS nth, row_number() OVER (ORDER BY price DESC) AS place FROM public.books WHERE books.author_id = ANY ($1)) AS firsts WHERE nth <= 1 ORDER BY place;
SELECT c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14 FROM (SELECT id AS c1, author_id AS c2, editor_id AS c3, title AS c4, price AS c5, genre AS c6, tags AS c7, details AS c8, isbn AS c9, published AS c10, cover AS c11, rating AS c12, in_print AS c13, title_length AS c14, row_number() OVER (PARTITION BY books.author_id ORDER BY title) AS nth, row_number() OVER (ORDER BY title) AS place FROM public.books WHERE books.price < $1 AND books.title <> $2 AND books.author_id = ANY ($3)) AS firsts WHERE nth <= 5 ORDER BY place;

-- relations_of_relations
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
INSERT INTO public.memberships (author_id, club, since) VALUES ($1, $2, $3);
INSERT INTO public.fees (author_id, club, amount) VALUES ($1, $2, $3);
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors WHERE authors.id = $1;
SELECT author_id, club, since FROM public.memberships WHERE memberships.author_id = ANY ($1) ORDER BY club DESC;
SELECT id, author_id, club, amount FROM public.fees WHERE (fees.author_id, fees.club) IN (SELECT author_id, club FROM public.memberships WHERE memberships.author_id = ANY ($1));
SELECT id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length FROM public.books WHERE books.author_id = ANY ($1) ORDER BY title;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors WHERE authors.id IN (SELECT editor_id FROM public.books WHERE books.author_id = ANY ($1));

-- one_row_with_what_belongs_to_it
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
INSERT INTO public.memberships (author_id, club, since) VALUES ($1, $2, $3);
INSERT INTO public.fees (author_id, club, amount) VALUES ($1, $2, $3);
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors WHERE authors.id = $1;
SELECT id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length FROM public.books WHERE books.author_id IN (SELECT id FROM public.authors WHERE authors.id = $1);
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors ORDER BY email DESC LIMIT 1;
SELECT id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length FROM public.books WHERE books.author_id = ANY ($1);

-- a_table_that_references_itself
INSERT INTO public.employees (name, boss_id) VALUES ($1, $2) RETURNING id, name, boss_id;
SELECT id, name, boss_id FROM public.employees ORDER BY name;
SELECT id, name, boss_id FROM public.employees WHERE employees.boss_id = ANY ($1);
SELECT id, name, boss_id FROM public.employees WHERE employees.id = ANY ($1);

-- many_to_many
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
INSERT INTO public.memberships (author_id, club, since) VALUES ($1, $2, $3);
INSERT INTO public.fees (author_id, club, amount) VALUES ($1, $2, $3);
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors WHERE authors.id = $1;
SELECT id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length FROM public.books WHERE books.author_id = ANY ($1) ORDER BY title;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors WHERE authors.id IN (SELECT editor_id FROM public.books WHERE books.author_id = ANY ($1));

-- a_single_child
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
INSERT INTO public.memberships (author_id, club, since) VALUES ($1, $2, $3);
INSERT INTO public.fees (author_id, club, amount) VALUES ($1, $2, $3);
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors WHERE authors.id = $1;
SELECT id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length FROM public.books WHERE books.author_id = ANY ($1);
SELECT id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length FROM public.books WHERE books.author_id IN (SELECT id FROM public.authors WHERE authors.id = $1);

-- counted_and_asked_for_without_loading
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
INSERT INTO public.memberships (author_id, club, since) VALUES ($1, $2, $3);
INSERT INTO public.fees (author_id, club, amount) VALUES ($1, $2, $3);
SELECT id, email, name, karma, born, created_at, updated_at, (SELECT count(*) FROM public.books WHERE books.author_id = authors.id) FROM public.authors ORDER BY (SELECT count(*) FROM public.books WHERE books.author_id = authors.id) DESC NULLS LAST;
SELECT email FROM public.authors WHERE NOT EXISTS (SELECT 1 FROM public.books WHERE books.author_id = authors.id);
SELECT count(*) FROM public.authors WHERE EXISTS (SELECT 1 FROM public.books WHERE books.author_id = authors.id);
SELECT email FROM public.authors WHERE EXISTS (SELECT 1 FROM public.books WHERE books.author_id = authors.id AND books.price > $1);
SELECT count(*) FROM public.authors WHERE (SELECT count(*) FROM public.books WHERE books.author_id = authors.id) > $1;

-- no_rows_have_nothing
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors;

-- rows_that_reference_others_of_their_own_table_are_asked_for
INSERT INTO public.employees (name, boss_id) VALUES ($1, $2) RETURNING id, name, boss_id;
INSERT INTO public.employees (name, boss_id) VALUES ($1, $2);
SELECT name FROM public.employees WHERE EXISTS (SELECT 1 FROM public.employees AS "Referencing" WHERE "Referencing".boss_id = employees.id) ORDER BY name;
SELECT name FROM public.employees WHERE NOT EXISTS (SELECT 1 FROM public.employees AS "Referencing" WHERE "Referencing".boss_id = employees.id) ORDER BY name;
SELECT (SELECT count(*) FROM public.employees AS "Referencing" WHERE "Referencing".boss_id = employees.id) FROM public.employees ORDER BY name;
SELECT name FROM public.employees WHERE EXISTS (SELECT 1 FROM public.employees AS "Report" WHERE "Report".boss_id = employees.id AND "Report".name = $1) ORDER BY name;
