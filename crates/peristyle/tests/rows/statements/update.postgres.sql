-- one_row_by_key
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
UPDATE public.authors SET name = $1, updated_at = $2 WHERE authors.id = $3 RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors WHERE authors.id = $1;

-- by_composite_key
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.memberships (author_id, club, since) VALUES ($1, $2, $3);
UPDATE public.memberships SET since = $1 WHERE memberships.author_id = $2 AND memberships.club = $3;
SELECT author_id, club, since FROM public.memberships WHERE memberships.since = $1;

-- to_null
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
UPDATE public.authors SET name = $1, updated_at = $2 WHERE authors.id = $3 RETURNING id, email, name, karma, born, created_at, updated_at;

-- by_filter_with_an_expression
INSERT INTO public.authors (id, email, name, karma, born) VALUES ($1, $2, $3, $4, $5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
UPDATE public.authors SET karma = authors.karma * $1 + $2, updated_at = $3 WHERE authors.karma >= $4 RETURNING id, email, name, karma, born, created_at, updated_at;
UPDATE public.authors SET name = authors.email, updated_at = $1;

-- expressions_see_the_row_as_it_was
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
UPDATE public.authors SET name = authors.email, email = coalesce(authors.name, $1), updated_at = $2 WHERE authors.id = $3 RETURNING id, email, name, karma, born, created_at, updated_at;

-- a_patch_changes_what_it_gives
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
UPDATE public.authors SET name = $1, karma = $2, updated_at = $3 WHERE authors.id = $4 RETURNING id, email, name, karma, born, created_at, updated_at;

-- an_empty_patch_changes_nothing_and_gives_the_row
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
UPDATE public.authors SET id = authors.id WHERE authors.id = $1 RETURNING id, email, name, karma, born, created_at, updated_at;

-- on_update_is_set_at_every_update
INSERT INTO public.authors (id, email, name, born, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id, email, name, karma, born, created_at, updated_at;
UPDATE public.authors SET karma = $1, updated_at = $2 WHERE authors.id = $3 RETURNING id, email, name, karma, born, created_at, updated_at;
UPDATE public.authors SET updated_at = $1 WHERE authors.id = $2 RETURNING id, email, name, karma, born, created_at, updated_at;

-- the_last_value_set_counts
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
UPDATE public.authors SET name = $1, karma = authors.karma + $2, updated_at = $3 WHERE authors.id = $4 AND authors.email = $5 RETURNING id, email, name, karma, born, created_at, updated_at;

-- no_row_is_not_found
UPDATE public.authors SET karma = $1, updated_at = $2 WHERE authors.id = $3;
UPDATE public.authors SET karma = $1, updated_at = $2 WHERE authors.id = $3 RETURNING id, email, name, karma, born, created_at, updated_at;

-- one_of_several_changes_none
INSERT INTO public.authors (id, email, name, karma, born) VALUES ($1, $2, $3, $4, $5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
UPDATE public.authors SET karma = $1, updated_at = $2 RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT count(*) FROM public.authors WHERE authors.karma = $1;

-- a_condition_makes_an_update_safe_against_others
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
UPDATE public.authors SET karma = $1, updated_at = $2 WHERE authors.id = $3 AND authors.karma = $4;
