-- Migration: 0002_affiliate_codes
-- Purpose: whoever recommends a member gets the credit: a profile names the code of the recommendation, and points are kept with the user alone
-- Ticket: N/A
-- Reversible: Yes
-- Parent: 0001_create_commons 5bd341f90e845e491ef3d7847fc7f3f2
-- Schema: c54a87e310cb45fc3d200ce82a7ea1c9 -> d7e8d817366037d7f35b1e4a2fd910ef
-- Catalog: c54a87e310cb45fc3d200ce82a7ea1c9 -> d7e8d817366037d7f35b1e4a2fd910ef
-- Rollback: the down part of this file; catalog and rows come back
-- Proven: up, down and up again; 81 rows in 27 tables came back
-- Hash: 302daab023f29edcc3b6ff5008690fd2
-- peristyle:up

-- profiles: column affiliate: jsonb becomes text, documentation
-- every row is written anew for the new type
-- profiles.affiliate: its values are converted by an expression that cannot be turned round; the old values are kept in _peristyle_kept_0002_profiles__affiliate
-- profiles is written anew for the new type; nothing else can read or write it meanwhile
-- profiles: a value that the new type does not take stops the migration
CREATE TABLE _peristyle_kept_0002_profiles__affiliate AS
SELECT id, affiliate AS _peristyle_was, (((affiliate ->> 'code'))::text)::text AS _peristyle_now
FROM profiles;
ALTER TABLE profiles ALTER COLUMN affiliate TYPE text USING (affiliate ->> 'code');
COMMENT ON COLUMN profiles.affiliate IS 'Whose recommendation brought the profile: the code alone; what is due for it is kept with the user.';

-- peristyle:down

-- profiles: column affiliate: text becomes jsonb, documentation
-- its values come back from _peristyle_kept_0002_profiles__affiliate
-- profiles is written anew for the new type; nothing else can read or write it meanwhile
-- profiles: a value that the new type does not take stops the migration
DELETE FROM _peristyle_kept_0002_profiles__affiliate AS _peristyle_kept
USING profiles
WHERE _peristyle_kept.id::text = profiles.id::text AND profiles.affiliate::text IS DISTINCT FROM _peristyle_kept._peristyle_now;
UPDATE profiles
SET affiliate = NULL
WHERE EXISTS (SELECT 1 FROM _peristyle_kept_0002_profiles__affiliate AS _peristyle_kept WHERE _peristyle_kept.id::text = profiles.id::text);
ALTER TABLE profiles ALTER COLUMN affiliate TYPE jsonb USING affiliate::jsonb;
UPDATE profiles
SET affiliate = _peristyle_kept._peristyle_was
FROM _peristyle_kept_0002_profiles__affiliate AS _peristyle_kept
WHERE _peristyle_kept.id::text = profiles.id::text;
DROP TABLE _peristyle_kept_0002_profiles__affiliate;
COMMENT ON COLUMN profiles.affiliate IS NULL;
