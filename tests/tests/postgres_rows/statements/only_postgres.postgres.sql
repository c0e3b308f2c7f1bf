-- types_that_rust_has_not_go_as_text
INSERT INTO public.devices (address, lease, level, small, price, seen, opens) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id, address, lease, level, small, price, seen, opens;
INSERT INTO public.devices (address, lease, level, small, price, seen, opens) VALUES ($1, $2, $3, $4, $5, $6, $7);
SELECT id, address, lease, level, small, price, seen, opens FROM public.devices WHERE devices.address = $1;
SELECT id, address, lease, level, small, price, seen, opens FROM public.devices WHERE devices.address = ANY ($1);

-- numbers_that_a_column_does_not_hold_are_refused_before_they_are_sent
INSERT INTO public.devices (address, lease, level, small, price, seen, opens) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id, address, lease, level, small, price, seen, opens;
SELECT count(*) FROM public.devices WHERE devices.level < $1;

-- what_no_rust_type_holds_is_an_error_that_names_it
SELECT id, address, lease, level, small, price, seen, opens FROM public.devices;
SELECT count(*) FROM public.devices;

-- a_value_that_an_enum_has_not_yet_in_rust
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
SELECT id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length FROM public.books;

-- rules_are_named
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
UPDATE public.authors SET karma = $1, updated_at = $2 WHERE authors.id = $3;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4);

-- a_rule_that_is_checked_at_the_end_ends_the_transaction
INSERT INTO public.employees (name, boss_id) VALUES ($1, $2);
SELECT count(*) FROM public.employees;

-- a_transaction_in_which_a_statement_failed_is_never_committed
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4);
SELECT count(*) FROM public.authors;

-- a_savepoint_lets_a_transaction_go_on_after_an_error
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4);
SELECT count(*) FROM public.authors;

-- serializable_transactions_that_cannot_both_be_are_a_conflict
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors;
INSERT INTO public.authors (id, email, name, karma, born) VALUES ($1, $2, $3, $4, $5);

-- repeatable_reads_see_one_state
SELECT count(*) FROM public.authors;
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;

-- two_transactions_that_wait_for_each_other_are_a_conflict
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
UPDATE public.authors SET karma = $1, updated_at = $2 WHERE authors.id = $3;

-- a_lock_that_is_not_to_be_had_is_busy
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4);

-- statements_are_prepared_anew_when_their_tables_have_changed
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
SELECT id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length FROM public.books WHERE books.genre = $1;
INSERT INTO public.books (author_id, editor_id, title, price, genre, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- a_changed_result_is_prepared_anew_without_help
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors;

-- many_rows_are_written_although_their_table_has_changed
INSERT INTO public.authors (id, email, name, karma, born) SELECT * FROM unnest($1, $2, $3, $4, $5) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.authors (id, email, name, karma, born) SELECT * FROM unnest($1, $2, $3, $4, $5);
SELECT count(*) FROM public.authors;

-- only_so_many_statements_are_kept_prepared
SELECT id, title, price FROM public.expensive_books;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 0;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 1;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 2;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 3;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 4;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 5;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 6;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 7;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 8;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 9;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 10;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 11;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 12;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 13;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 14;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 15;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 16;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 17;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 18;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 19;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 20;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 21;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 22;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 23;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 24;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 25;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 26;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 27;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 28;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 29;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 30;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 31;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 32;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 33;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 34;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 35;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 36;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 37;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 38;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 39;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 40;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 41;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 42;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 43;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 44;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 45;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 46;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 47;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 48;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 49;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 50;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 51;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 52;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 53;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 54;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 55;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 56;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 57;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 58;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 59;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 60;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 61;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 62;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 63;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 64;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 65;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 66;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 67;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 68;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 69;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 70;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 71;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 72;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 73;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 74;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 75;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 76;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 77;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 78;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 79;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 80;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 81;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 82;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 83;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 84;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 85;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 86;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 87;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 88;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 89;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 90;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 91;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 92;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 93;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 94;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 95;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 96;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 97;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 98;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 99;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 100;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 101;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 102;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 103;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 104;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 105;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 106;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 107;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 108;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 109;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 110;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 111;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 112;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 113;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 114;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 115;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 116;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 117;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 118;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 119;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 120;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 121;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 122;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 123;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 124;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 125;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 126;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 127;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 128;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 129;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 130;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 131;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 132;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 133;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 134;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 135;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 136;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 137;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 138;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 139;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 140;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 141;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 142;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 143;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 144;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 145;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 146;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 147;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 148;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 149;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 150;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 151;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 152;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 153;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 154;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 155;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 156;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 157;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 158;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 159;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 160;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 161;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 162;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 163;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 164;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 165;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 166;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 167;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 168;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 169;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 170;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 171;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 172;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 173;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 174;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 175;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 176;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 177;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 178;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 179;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 180;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 181;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 182;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 183;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 184;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 185;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 186;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 187;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 188;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 189;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 190;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 191;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 192;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 193;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 194;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 195;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 196;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 197;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 198;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 199;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 200;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 201;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 202;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 203;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 204;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 205;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 206;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 207;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 208;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 209;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 210;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 211;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 212;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 213;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 214;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 215;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 216;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 217;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 218;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 219;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 220;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 221;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 222;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 223;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 224;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 225;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 226;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 227;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 228;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 229;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 230;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 231;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 232;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 233;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 234;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 235;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 236;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 237;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 238;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 239;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 240;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 241;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 242;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 243;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 244;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 245;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 246;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 247;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 248;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 249;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 250;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 251;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 252;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 253;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 254;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 255;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 256;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 257;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 258;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 259;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 260;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 261;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 262;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 263;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 264;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 265;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 266;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 267;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 268;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 269;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 270;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 271;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 272;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 273;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 274;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 275;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 276;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 277;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 278;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 279;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 280;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 281;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 282;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 283;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 284;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 285;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 286;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 287;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 288;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 289;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 290;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 291;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 292;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 293;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 294;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 295;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 296;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 297;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 298;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 299;

-- nobodys_search_path_decides_which_table_is_meant
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT count(*) FROM public.authors;
UPDATE public.authors SET karma = $1, updated_at = $2 WHERE authors.id = $3 RETURNING id, email, name, karma, born, created_at, updated_at;
DELETE FROM public.authors WHERE authors.karma = $1;

-- tables_of_other_namespaces
INSERT INTO sales."Orders" (amount) VALUES ($1) RETURNING id, amount;
SELECT id, amount FROM sales."Orders" WHERE "Orders".amount > $1;
UPDATE sales."Orders" SET amount = "Orders".amount + $1 WHERE "Orders".id = $2 RETURNING id, amount;
DELETE FROM sales."Orders" WHERE "Orders".id = $1;

-- declared_arrays_and_domains
INSERT INTO public.tagged (id, tags, days) VALUES ($1, $2, $3) RETURNING id, tags, days, grade;
INSERT INTO public.tagged (id, tags, days, grade) VALUES ($1, $2, $3, $4) RETURNING id, tags, days, grade;
SELECT id, tags, days, grade FROM public.tagged WHERE (tagged.tags IS NOT NULL AND tagged.tags @> $1);
SELECT id, tags, days, grade FROM public.tagged WHERE tagged.grade = ANY ($1);
SELECT id, tags, days, grade FROM public.tagged WHERE tagged.tags = $1;
SELECT count(*) FROM public.tagged WHERE (tagged.days IS NOT NULL AND tagged.days @> $1);
UPDATE public.tagged SET grade = $1 WHERE tagged.id = $2;

-- null_documents_hold_nothing
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
SELECT count(*) FROM public.books WHERE ((books.details -> 'awards') IS NOT NULL AND (books.details -> 'awards') @> $1);
SELECT count(*) FROM public.books WHERE NOT ((books.details -> 'awards') IS NOT NULL AND (books.details -> 'awards') @> $1);

-- case_counts_in_like_and_not_in_ilike
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT count(*) FROM public.authors WHERE authors.email LIKE $1;
SELECT count(*) FROM public.authors WHERE authors.email ILIKE $1;
SELECT count(*) FROM public.authors WHERE authors.email NOT ILIKE $1;

-- many_rows_and_much_text_in_one_go
INSERT INTO public.authors (id, email, name, karma, born) SELECT * FROM unnest($1, $2, $3, $4, $5);
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors ORDER BY karma;

-- many_rows_go_as_one_list_for_each_column
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, genre, tags, details, isbn, published, cover) SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length;
SELECT id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length FROM public.books ORDER BY id;
INSERT INTO public.books (author_id, editor_id, title, price, genre, tags, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length;
INSERT INTO public.devices (address, lease, level, small, price, seen, opens) SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7);
SELECT count(*) FROM public.devices WHERE devices.lease IS NULL AND devices.small IS NULL;
SELECT id, address, lease, level, small, price, seen, opens FROM public.devices ORDER BY id DESC LIMIT 1;
INSERT INTO public.authors (id, email, name, born) SELECT * FROM unnest($1, $2, $3, $4);
SELECT count(*) FROM public.authors;

-- a_tree_shows_one_state_of_the_database
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors WHERE authors.name = $1;
SELECT id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length FROM public.books WHERE books.author_id = ANY ($1);

-- a_tree_whose_tables_changed_is_asked_again
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors;
SELECT id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length FROM public.books WHERE books.author_id = ANY ($1);

-- what_cannot_be_copied_leaves_nothing_open
SELECT count(*) FROM public.devices;
SELECT count(*) FROM public.authors;
