-- arrays_come_back_as_they_went
INSERT INTO public.shelves (id, words, numbers, genres, seen, keys, blobs, prices) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id, words, numbers, genres, seen, keys, blobs, prices;
SELECT id, words, numbers, genres, seen, keys, blobs, prices FROM public.shelves ORDER BY id;

-- arrays_are_asked_for_what_they_hold
INSERT INTO public.shelves (id, words, numbers, genres, seen, keys, blobs, prices) VALUES ($1, $2, $3, $4, $5, $6, $7, $8), ($9, $10, $11, $12, $13, $14, $15, $16);
SELECT id, words, numbers, genres, seen, keys, blobs, prices FROM public.shelves WHERE (shelves.words IS NOT NULL AND shelves.words @> $1);
SELECT id, words, numbers, genres, seen, keys, blobs, prices FROM public.shelves WHERE NOT (shelves.words IS NOT NULL AND shelves.words @> $1);
SELECT id, words, numbers, genres, seen, keys, blobs, prices FROM public.shelves WHERE (shelves.numbers IS NOT NULL AND shelves.numbers @> $1);
SELECT id, words, numbers, genres, seen, keys, blobs, prices FROM public.shelves WHERE (shelves.genres IS NOT NULL AND shelves.genres @> $1);
SELECT id, words, numbers, genres, seen, keys, blobs, prices FROM public.shelves WHERE shelves.numbers = $1;
UPDATE public.shelves SET words = $1 WHERE shelves.id = $2;

-- an_array_of_several_dimensions_is_an_error_that_names_it
INSERT INTO public.shelves (id, words, numbers, genres, seen, keys, blobs, prices) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
SELECT id, words, numbers, genres, seen, keys, blobs, prices FROM public.shelves;

-- arrays_hold_some_of_many_and_are_counted
INSERT INTO public.shelves (id, words, numbers, genres, seen, keys, blobs, prices) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
SELECT id FROM public.shelves WHERE (shelves.numbers IS NOT NULL AND shelves.numbers @> $1) AND (shelves.numbers IS NOT NULL AND shelves.numbers @> $2);
SELECT id FROM public.shelves WHERE (shelves.numbers IS NOT NULL AND shelves.numbers @> $1) OR (shelves.numbers IS NOT NULL AND shelves.numbers @> $2);
SELECT id FROM public.shelves WHERE (shelves.genres IS NOT NULL AND shelves.genres @> $1) OR (shelves.genres IS NOT NULL AND shelves.genres @> $2);
SELECT id FROM public.shelves WHERE (shelves.words IS NOT NULL AND shelves.words @> $1) AND (shelves.words IS NOT NULL AND shelves.words @> $2);
SELECT id FROM public.shelves WHERE cardinality(shelves.words)::bigint = $1;
SELECT id FROM public.shelves WHERE cardinality(shelves.numbers)::bigint < $1;
