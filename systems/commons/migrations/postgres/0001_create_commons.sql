-- Migration: 0001_create_commons
-- Purpose: members of the community can sign in, publish and discuss, follow and mentor one another, and be found in the directory
-- Ticket: N/A
-- Reversible: Yes
-- Parent: none
-- Schema: d4fdaf3ef6e7b78dc1a224d36c8f3530 -> c54a87e310cb45fc3d200ce82a7ea1c9
-- Catalog: d4fdaf3ef6e7b78dc1a224d36c8f3530 -> c54a87e310cb45fc3d200ce82a7ea1c9
-- Rollback: the down part of this file; catalog and rows come back
-- Proven: up, down and up again; with 81 rows in 27 new tables
-- Hash: 5bd341f90e845e491ef3d7847fc7f3f2
-- peristyle:up

-- create enum account_type
CREATE TYPE account_type AS ENUM ('personal', 'small_business', 'hybrid', 'other');
COMMENT ON TYPE account_type IS 'What kind of account it is.';

-- create enum article_status
CREATE TYPE article_status AS ENUM ('draft', 'pending_review', 'revision_needed', 'published', 'removed');
COMMENT ON TYPE article_status IS 'Where an article stands.';

-- create enum article_type
CREATE TYPE article_type AS ENUM ('business_update', 'community_commentary');
COMMENT ON TYPE article_type IS 'What an article is.';

-- create enum intake_form_type
CREATE TYPE intake_form_type AS ENUM ('art', 'apparel', 'food', 'goods', 'org', 'services');
COMMENT ON TYPE intake_form_type IS 'What a form is for.';

-- create enum membership_level
CREATE TYPE membership_level AS ENUM ('free', 'basic', 'premium', 'business', 'partner');
COMMENT ON TYPE membership_level IS 'What a member pays for.';

-- create enum notification_activity_type
CREATE TYPE notification_activity_type AS ENUM ('Invite', 'Accept', 'Reject', 'Create', 'Update', 'Delete', 'Announce', 'Like', 'Follow', 'Undo');
COMMENT ON TYPE notification_activity_type IS 'What was done, in the words of the federation.';

-- create enum notification_context
CREATE TYPE notification_context AS ENUM ('coauthor', 'review', 'article', 'mentoring', 'mention', 'follow', 'message', 'system');
COMMENT ON TYPE notification_context IS 'In what connection it was done.';

-- create enum notification_object_type
CREATE TYPE notification_object_type AS ENUM ('article', 'profile', 'session', 'comment');
COMMENT ON TYPE notification_object_type IS 'What it was done to.';

-- create enum session_status
CREATE TYPE session_status AS ENUM ('pending', 'scheduled', 'in_progress', 'completed', 'cancelled', 'declined');
COMMENT ON TYPE session_status IS 'Where a session stands.';

-- create enum session_type
CREATE TYPE session_type AS ENUM ('artistic', 'knowledge_transfer', 'panamia_planning', 'pana_support');
COMMENT ON TYPE session_type IS 'What a session is about.';

-- create enum social_follow_status
CREATE TYPE social_follow_status AS ENUM ('pending', 'accepted', 'rejected');
COMMENT ON TYPE social_follow_status IS 'Whether a follow was answered.';

-- create enum social_recipient_kind
CREATE TYPE social_recipient_kind AS ENUM ('to', 'cc');
COMMENT ON TYPE social_recipient_kind IS 'How somebody is addressed.';

-- create table brevo_contacts
CREATE TABLE brevo_contacts (
    id text NOT NULL,
    email text NOT NULL,
    brevo_id integer NOT NULL,
    list_ids integer[] NOT NULL DEFAULT '{}'::integer[],
    synced_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT brevo_contacts_pkey PRIMARY KEY (id),
    CONSTRAINT brevo_contacts_email_key UNIQUE (email)
);
COMMENT ON TABLE brevo_contacts IS 'What the service that sends our mail knows of an address.';
COMMENT ON COLUMN brevo_contacts.list_ids IS 'The service''s lists that the address is on.';

-- create table contact_submissions
CREATE TABLE contact_submissions (
    id text NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    message text,
    acknowledged boolean NOT NULL DEFAULT false,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT contact_submissions_pkey PRIMARY KEY (id)
);
CREATE INDEX contact_submissions_email_idx ON contact_submissions (email);
CREATE INDEX contact_submissions_created_at_idx ON contact_submissions (created_at);
COMMENT ON TABLE contact_submissions IS 'A message from the contact form.';

-- create table intake_forms
CREATE TABLE intake_forms (
    id text NOT NULL,
    email text NOT NULL,
    form_type intake_form_type NOT NULL,
    name text,
    complete boolean NOT NULL DEFAULT false,
    form_data jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT intake_forms_pkey PRIMARY KEY (id),
    CONSTRAINT intake_forms_email_key UNIQUE (email)
);
CREATE INDEX intake_forms_form_type_idx ON intake_forms (form_type);
CREATE INDEX intake_forms_complete_idx ON intake_forms (complete);
COMMENT ON TABLE intake_forms IS 'A form that somebody fills in before they are listed.';

-- create table interactions
CREATE TABLE interactions (
    id text NOT NULL,
    email text NOT NULL,
    action text,
    affiliate text,
    points integer,
    metadata jsonb,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT interactions_pkey PRIMARY KEY (id)
);
CREATE INDEX interactions_email_idx ON interactions (email);
CREATE INDEX interactions_action_idx ON interactions (action);
CREATE INDEX interactions_created_at_idx ON interactions (created_at);
COMMENT ON TABLE interactions IS 'Something that somebody did and that is counted.';

-- create table newsletter_signups
CREATE TABLE newsletter_signups (
    id text NOT NULL,
    email text NOT NULL,
    name text,
    signup_type text,
    acknowledged boolean NOT NULL DEFAULT false,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT newsletter_signups_pkey PRIMARY KEY (id),
    CONSTRAINT newsletter_signups_email_key UNIQUE (email)
);
CREATE INDEX newsletter_signups_created_at_idx ON newsletter_signups (created_at);
COMMENT ON TABLE newsletter_signups IS 'Somebody who wants the newsletter.';

-- create table o_auth_verifications
CREATE TABLE o_auth_verifications (
    id text NOT NULL,
    email text NOT NULL,
    provider text NOT NULL,
    provider_account_id text NOT NULL,
    verification_token text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    oauth_profile jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT o_auth_verifications_pkey PRIMARY KEY (id),
    CONSTRAINT o_auth_verifications_verification_token_key UNIQUE (verification_token)
);
CREATE INDEX o_auth_verifications_email_idx ON o_auth_verifications (email);
CREATE INDEX o_auth_verifications_expires_at_idx ON o_auth_verifications (expires_at);
CREATE INDEX o_auth_verifications_provider_provider_account_id_idx ON o_auth_verifications (provider, provider_account_id);
COMMENT ON TABLE o_auth_verifications IS 'Somebody signs in through another provider with an address that has an account: they must answer from it first.';

-- create table users
CREATE TABLE users (
    id text NOT NULL,
    email text NOT NULL,
    email_verified timestamp with time zone,
    name text,
    image text,
    screenname text,
    last_screenname_change timestamp with time zone,
    role text NOT NULL DEFAULT 'user'::text,
    account_type account_type NOT NULL DEFAULT 'personal'::account_type,
    locked_at timestamp with time zone,
    alternate_emails text[] NOT NULL DEFAULT '{}'::text[],
    notification_preferences jsonb,
    zip_code text,
    affiliate jsonb,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT users_pkey PRIMARY KEY (id),
    CONSTRAINT users_email_key UNIQUE (email),
    CONSTRAINT users_screenname_key UNIQUE (screenname)
);
COMMENT ON TABLE users IS 'Somebody with an account.';
COMMENT ON COLUMN users.screenname IS 'The name that others see; every name is somebody''s.';
COMMENT ON COLUMN users.locked_at IS 'When the account was locked; a locked account cannot sign in.';
COMMENT ON COLUMN users.alternate_emails IS 'Other addresses of the same person.';
COMMENT ON COLUMN users.affiliate IS 'Who recommended the platform to this user.';

-- create table accounts
CREATE TABLE accounts (
    id text NOT NULL,
    user_id text NOT NULL,
    type text NOT NULL,
    provider text NOT NULL,
    provider_account_id text NOT NULL,
    refresh_token text,
    access_token text,
    expires_at integer,
    token_type text,
    scope text,
    id_token text,
    session_state text,
    CONSTRAINT accounts_pkey PRIMARY KEY (id),
    CONSTRAINT accounts_provider_provider_account_id_key UNIQUE (provider, provider_account_id),
    CONSTRAINT accounts_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX accounts_user_id_idx ON accounts (user_id);
COMMENT ON TABLE accounts IS 'An account at another provider that a user signs in with.';
COMMENT ON COLUMN accounts.user_id IS 'Whose it is. Indexed, because deleting a user looks for it.';
COMMENT ON COLUMN accounts.expires_at IS 'Seconds since 1970, as the provider says it.';

-- create table articles
CREATE TABLE articles (
    id text NOT NULL,
    slug text NOT NULL,
    title text NOT NULL,
    content text NOT NULL,
    excerpt text,
    cover_image text,
    article_type article_type NOT NULL,
    tags text[] NOT NULL DEFAULT '{}'::text[],
    author_id text NOT NULL,
    co_authors jsonb NOT NULL DEFAULT '[]'::jsonb,
    reviewed_by jsonb,
    in_reply_to text,
    status article_status NOT NULL DEFAULT 'draft'::article_status,
    published_at timestamp with time zone,
    removed_at timestamp with time zone,
    removed_by text,
    removal_reason text,
    reading_time integer NOT NULL DEFAULT 1,
    mastodon_post_url text,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT articles_pkey PRIMARY KEY (id),
    CONSTRAINT articles_slug_key UNIQUE (slug),
    CONSTRAINT articles_author_id_fkey FOREIGN KEY (author_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT articles_in_reply_to_fkey FOREIGN KEY (in_reply_to) REFERENCES articles (id) ON DELETE SET NULL,
    CONSTRAINT articles_removed_by_fkey FOREIGN KEY (removed_by) REFERENCES users (id) ON DELETE SET NULL
);
CREATE INDEX articles_in_reply_to_idx ON articles (in_reply_to);
CREATE INDEX articles_author_id_status_idx ON articles (author_id, status);
CREATE INDEX articles_status_published_at_idx ON articles (status, published_at);
COMMENT ON TABLE articles IS 'An article of the community.';
COMMENT ON COLUMN articles.in_reply_to IS 'The article that this one answers; the answer stays when that one goes.';
COMMENT ON COLUMN articles.reading_time IS 'In minutes.';

-- create table email_migrations
CREATE TABLE email_migrations (
    id text NOT NULL,
    user_id text NOT NULL,
    old_email text NOT NULL,
    new_email text NOT NULL,
    migration_token text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT email_migrations_pkey PRIMARY KEY (id),
    CONSTRAINT email_migrations_migration_token_key UNIQUE (migration_token),
    CONSTRAINT email_migrations_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX email_migrations_user_id_idx ON email_migrations (user_id);
CREATE INDEX email_migrations_new_email_idx ON email_migrations (new_email);
CREATE INDEX email_migrations_expires_at_idx ON email_migrations (expires_at);
COMMENT ON TABLE email_migrations IS 'A user moves to another address, once they answer from there.';

-- create table mentor_sessions
CREATE TABLE mentor_sessions (
    id text NOT NULL,
    mentor_email text NOT NULL,
    mentee_email text NOT NULL,
    mentor_user_id text,
    mentee_user_id text,
    session_id text NOT NULL,
    scheduled_at timestamp with time zone NOT NULL,
    duration integer NOT NULL DEFAULT 60,
    topic text NOT NULL,
    session_type session_type NOT NULL,
    status session_status NOT NULL DEFAULT 'pending'::session_status,
    notes text,
    completed_at timestamp with time zone,
    cancelled_at timestamp with time zone,
    cancelled_by text,
    cancel_reason text,
    declined_at timestamp with time zone,
    declined_by text,
    decline_reason text,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT mentor_sessions_pkey PRIMARY KEY (id),
    CONSTRAINT mentor_sessions_session_id_key UNIQUE (session_id),
    CONSTRAINT mentor_sessions_mentor_user_id_fkey FOREIGN KEY (mentor_user_id) REFERENCES users (id) ON DELETE SET NULL,
    CONSTRAINT mentor_sessions_mentee_user_id_fkey FOREIGN KEY (mentee_user_id) REFERENCES users (id) ON DELETE SET NULL
);
CREATE INDEX mentor_sessions_mentor_user_id_idx ON mentor_sessions (mentor_user_id);
CREATE INDEX mentor_sessions_mentee_user_id_idx ON mentor_sessions (mentee_user_id);
CREATE INDEX mentor_sessions_scheduled_at_idx ON mentor_sessions (scheduled_at);
CREATE INDEX mentor_sessions_status_idx ON mentor_sessions (status);
CREATE INDEX mentor_sessions_mentor_email_scheduled_at_idx ON mentor_sessions (mentor_email, scheduled_at);
CREATE INDEX mentor_sessions_mentee_email_scheduled_at_idx ON mentor_sessions (mentee_email, scheduled_at);
COMMENT ON TABLE mentor_sessions IS 'A mentor and a mentee meet. They are known by their addresses, and by their accounts where they have one.';
COMMENT ON COLUMN mentor_sessions.session_id IS 'The name of the room in which they meet.';
COMMENT ON COLUMN mentor_sessions.duration IS 'In minutes.';

-- create table notifications
CREATE TABLE notifications (
    id text NOT NULL,
    type notification_activity_type NOT NULL,
    actor text NOT NULL,
    target text NOT NULL,
    object text,
    context notification_context NOT NULL,
    actor_screenname text,
    actor_name text,
    object_type notification_object_type,
    object_title text,
    object_url text,
    message text,
    read boolean NOT NULL DEFAULT false,
    read_at timestamp with time zone,
    email_sent boolean NOT NULL DEFAULT false,
    email_sent_at timestamp with time zone,
    email_preference_key text,
    expires_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT notifications_pkey PRIMARY KEY (id),
    CONSTRAINT notifications_actor_fkey FOREIGN KEY (actor) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT notifications_target_fkey FOREIGN KEY (target) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX notifications_expires_at_idx ON notifications (expires_at);
CREATE INDEX notifications_target_read_created_at_idx ON notifications (target, read, created_at);
CREATE INDEX notifications_target_context_created_at_idx ON notifications (target, context, created_at);
COMMENT ON TABLE notifications IS 'Somebody is told that somebody did something.';
COMMENT ON COLUMN notifications.actor IS 'Who did it.';
COMMENT ON COLUMN notifications.target IS 'Who is told.';
COMMENT ON COLUMN notifications.object IS 'What it was done to.';

-- create table profiles
CREATE TABLE profiles (
    id text NOT NULL,
    user_id text,
    email text NOT NULL,
    name text NOT NULL,
    phone_number text,
    pronouns text,
    primary_image_id text,
    primary_image_cdn text,
    address_name text,
    address_line1 text,
    address_line2 text,
    address_line3 text,
    address_locality text,
    address_region text,
    address_postal_code text,
    address_country text,
    address_lat numeric(10,7),
    address_lng numeric(10,7),
    address_google_place_id text,
    active boolean NOT NULL DEFAULT false,
    locally_based text,
    membership_level membership_level NOT NULL DEFAULT 'free'::membership_level,
    descriptions jsonb,
    socials jsonb,
    hours jsonb,
    images jsonb,
    categories jsonb,
    counties jsonb,
    locations jsonb,
    geo jsonb,
    mentoring jsonb,
    availability jsonb,
    verification jsonb,
    roles jsonb,
    status jsonb,
    administrative jsonb,
    linked_profiles jsonb,
    whatsapp_community boolean NOT NULL DEFAULT false,
    affiliate jsonb,
    social_eligible boolean NOT NULL DEFAULT true,
    social_eligible_at timestamp with time zone,
    social_ineligible_reason text,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT profiles_pkey PRIMARY KEY (id),
    CONSTRAINT profiles_user_id_key UNIQUE (user_id),
    CONSTRAINT profiles_email_key UNIQUE (email),
    CONSTRAINT profiles_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE SET NULL
);
CREATE INDEX profiles_active_idx ON profiles (active);
COMMENT ON TABLE profiles IS 'A listing in the directory. It may be there before its owner has an account, and stays when the account goes.';
COMMENT ON COLUMN profiles.active IS 'Whether the listing is shown.';
COMMENT ON COLUMN profiles.hours IS 'Opening hours by day of the week.';
COMMENT ON COLUMN profiles.social_eligible IS 'Whether the profile may take part in the federation.';

-- create table screenname_history
CREATE TABLE screenname_history (
    id text NOT NULL,
    screenname text NOT NULL,
    user_id text NOT NULL,
    redirect_to text,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT screenname_history_pkey PRIMARY KEY (id),
    CONSTRAINT screenname_history_screenname_key UNIQUE (screenname),
    CONSTRAINT screenname_history_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX screenname_history_user_id_idx ON screenname_history (user_id);
COMMENT ON TABLE screenname_history IS 'A name that a user had: it leads to them and is nobody else''s.';

-- create table sessions
CREATE TABLE sessions (
    session_token text NOT NULL,
    user_id text NOT NULL,
    expires timestamp with time zone NOT NULL,
    CONSTRAINT sessions_pkey PRIMARY KEY (session_token),
    CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX sessions_user_id_idx ON sessions (user_id);
COMMENT ON TABLE sessions IS 'A user who is signed in. The token is the key: it is all that a request carries.';
COMMENT ON COLUMN sessions.user_id IS 'Whose session it is. Indexed, because deleting a user looks for it.';

-- create table social_actors
CREATE TABLE social_actors (
    id text NOT NULL,
    username text NOT NULL,
    domain text NOT NULL,
    profile_id text,
    uri text NOT NULL,
    inbox_url text NOT NULL,
    outbox_url text NOT NULL,
    followers_url text NOT NULL,
    following_url text NOT NULL,
    shared_inbox_url text,
    public_key text NOT NULL,
    private_key text,
    name text,
    summary text,
    icon_url text,
    header_url text,
    following_count integer NOT NULL DEFAULT 0,
    followers_count integer NOT NULL DEFAULT 0,
    status_count integer NOT NULL DEFAULT 0,
    manually_approves_followers boolean NOT NULL DEFAULT false,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT social_actors_pkey PRIMARY KEY (id),
    CONSTRAINT social_actors_profile_id_key UNIQUE (profile_id),
    CONSTRAINT social_actors_uri_key UNIQUE (uri),
    CONSTRAINT social_actors_username_domain_key UNIQUE (username, domain),
    CONSTRAINT social_actors_profile_id_fkey FOREIGN KEY (profile_id) REFERENCES profiles (id) ON DELETE SET NULL
);
CREATE INDEX social_actors_domain_idx ON social_actors (domain);
COMMENT ON TABLE social_actors IS 'An actor of the federation, ours or another server''s.';
COMMENT ON COLUMN social_actors.profile_id IS 'The profile behind an actor of ours.';
COMMENT ON COLUMN social_actors.private_key IS 'Only actors of ours have one.';

-- create table social_follows
CREATE TABLE social_follows (
    id text NOT NULL,
    actor_id text NOT NULL,
    target_actor_id text NOT NULL,
    uri text,
    status social_follow_status NOT NULL DEFAULT 'pending'::social_follow_status,
    accepted_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT social_follows_pkey PRIMARY KEY (id),
    CONSTRAINT social_follows_uri_key UNIQUE (uri),
    CONSTRAINT social_follows_actor_id_target_actor_id_key UNIQUE (actor_id, target_actor_id),
    CONSTRAINT social_follows_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES social_actors (id) ON DELETE CASCADE,
    CONSTRAINT social_follows_target_actor_id_fkey FOREIGN KEY (target_actor_id) REFERENCES social_actors (id) ON DELETE CASCADE
);
CREATE INDEX social_follows_target_actor_id_idx ON social_follows (target_actor_id);
CREATE INDEX social_follows_status_idx ON social_follows (status);
COMMENT ON TABLE social_follows IS 'An actor follows another.';

-- create table social_statuses
CREATE TABLE social_statuses (
    id text NOT NULL,
    uri text NOT NULL,
    actor_id text NOT NULL,
    article_id text,
    type text NOT NULL DEFAULT 'Note'::text,
    content text,
    content_warning text,
    url text,
    in_reply_to_uri text,
    in_reply_to_id text,
    recipient_to jsonb NOT NULL DEFAULT '[]'::jsonb,
    recipient_cc jsonb NOT NULL DEFAULT '[]'::jsonb,
    published timestamp with time zone,
    is_draft boolean NOT NULL DEFAULT false,
    expires_at timestamp with time zone,
    location jsonb,
    replies_count integer NOT NULL DEFAULT 0,
    likes_count integer NOT NULL DEFAULT 0,
    announces_count integer NOT NULL DEFAULT 0,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT social_statuses_pkey PRIMARY KEY (id),
    CONSTRAINT social_statuses_uri_key UNIQUE (uri),
    CONSTRAINT social_statuses_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES social_actors (id) ON DELETE CASCADE,
    CONSTRAINT social_statuses_article_id_fkey FOREIGN KEY (article_id) REFERENCES articles (id) ON DELETE SET NULL,
    CONSTRAINT social_statuses_in_reply_to_id_fkey FOREIGN KEY (in_reply_to_id) REFERENCES social_statuses (id) ON DELETE SET NULL
);
CREATE INDEX social_statuses_article_id_idx ON social_statuses (article_id);
CREATE INDEX social_statuses_in_reply_to_uri_idx ON social_statuses (in_reply_to_uri);
CREATE INDEX social_statuses_in_reply_to_id_idx ON social_statuses (in_reply_to_id);
CREATE INDEX social_statuses_actor_id_published_idx ON social_statuses (actor_id, published);
COMMENT ON TABLE social_statuses IS 'Something that an actor said.';
COMMENT ON COLUMN social_statuses.in_reply_to_uri IS 'What it answers, by its address: it may never have reached us.';
COMMENT ON COLUMN social_statuses.in_reply_to_id IS 'What it answers, where that is here.';

-- create table article_announcements
CREATE TABLE article_announcements (
    id text NOT NULL,
    article_id text NOT NULL,
    author_id text NOT NULL,
    actor_id text,
    content text NOT NULL,
    status_id text,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT article_announcements_pkey PRIMARY KEY (id),
    CONSTRAINT article_announcements_status_id_key UNIQUE (status_id),
    CONSTRAINT article_announcements_article_id_author_id_key UNIQUE (article_id, author_id),
    CONSTRAINT article_announcements_article_id_fkey FOREIGN KEY (article_id) REFERENCES articles (id) ON DELETE CASCADE,
    CONSTRAINT article_announcements_author_id_fkey FOREIGN KEY (author_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT article_announcements_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES social_actors (id) ON DELETE SET NULL,
    CONSTRAINT article_announcements_status_id_fkey FOREIGN KEY (status_id) REFERENCES social_statuses (id) ON DELETE SET NULL
);
COMMENT ON TABLE article_announcements IS 'An article told to the federation, once by each of its authors.';

-- create table social_attachments
CREATE TABLE social_attachments (
    id text NOT NULL,
    status_id text NOT NULL,
    type text NOT NULL,
    media_type text,
    url text NOT NULL,
    preview_url text,
    remote_url text,
    name text,
    description text,
    blurhash text,
    width integer,
    height integer,
    peaks jsonb,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT social_attachments_pkey PRIMARY KEY (id),
    CONSTRAINT social_attachments_status_id_fkey FOREIGN KEY (status_id) REFERENCES social_statuses (id) ON DELETE CASCADE
);
CREATE INDEX social_attachments_status_id_idx ON social_attachments (status_id);
COMMENT ON TABLE social_attachments IS 'A picture, a film or a sound that belongs to a status.';
COMMENT ON COLUMN social_attachments.peaks IS 'The loudness of a sound over its length, from 0 to 1.';

-- create table social_likes
CREATE TABLE social_likes (
    id text NOT NULL,
    actor_id text NOT NULL,
    status_id text NOT NULL,
    uri text,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT social_likes_pkey PRIMARY KEY (id),
    CONSTRAINT social_likes_uri_key UNIQUE (uri),
    CONSTRAINT social_likes_actor_id_status_id_key UNIQUE (actor_id, status_id),
    CONSTRAINT social_likes_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES social_actors (id) ON DELETE CASCADE,
    CONSTRAINT social_likes_status_id_fkey FOREIGN KEY (status_id) REFERENCES social_statuses (id) ON DELETE CASCADE
);
CREATE INDEX social_likes_status_id_idx ON social_likes (status_id);
COMMENT ON TABLE social_likes IS 'An actor likes a status.';

-- create table social_recipients
CREATE TABLE social_recipients (
    id text NOT NULL,
    status_id text NOT NULL,
    actor_uri text NOT NULL,
    kind social_recipient_kind NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT social_recipients_pkey PRIMARY KEY (id),
    CONSTRAINT social_recipients_status_id_actor_uri_kind_key UNIQUE (status_id, actor_uri, kind),
    CONSTRAINT social_recipients_status_id_fkey FOREIGN KEY (status_id) REFERENCES social_statuses (id) ON DELETE CASCADE
);
CREATE INDEX social_recipients_actor_uri_idx ON social_recipients (actor_uri);
COMMENT ON TABLE social_recipients IS 'To whom a status is addressed.';

-- create table social_tags
CREATE TABLE social_tags (
    id text NOT NULL,
    status_id text NOT NULL,
    type text NOT NULL,
    name text NOT NULL,
    href text,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT social_tags_pkey PRIMARY KEY (id),
    CONSTRAINT social_tags_status_id_fkey FOREIGN KEY (status_id) REFERENCES social_statuses (id) ON DELETE CASCADE
);
CREATE INDEX social_tags_status_id_idx ON social_tags (status_id);
CREATE INDEX social_tags_type_name_idx ON social_tags (type, name);
COMMENT ON TABLE social_tags IS 'A word that a status is found by, or somebody whom it names.';

-- create table user_follows
CREATE TABLE user_follows (
    id text NOT NULL,
    follower_id text NOT NULL,
    following_id text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT user_follows_pkey PRIMARY KEY (id),
    CONSTRAINT user_follows_follower_id_following_id_key UNIQUE (follower_id, following_id),
    CONSTRAINT user_follows_follower_id_fkey FOREIGN KEY (follower_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT user_follows_following_id_fkey FOREIGN KEY (following_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX user_follows_following_id_idx ON user_follows (following_id);
COMMENT ON TABLE user_follows IS 'A user follows another on the platform.';

-- create table user_lists
CREATE TABLE user_lists (
    id text NOT NULL,
    owner_id text NOT NULL,
    name text NOT NULL,
    description text,
    is_public boolean NOT NULL DEFAULT false,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT user_lists_pkey PRIMARY KEY (id),
    CONSTRAINT user_lists_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX user_lists_owner_id_idx ON user_lists (owner_id);
COMMENT ON TABLE user_lists IS 'A list of users that a user keeps.';

-- create table user_list_members
CREATE TABLE user_list_members (
    id text NOT NULL,
    list_id text NOT NULL,
    user_id text NOT NULL,
    added_at timestamp with time zone NOT NULL,
    CONSTRAINT user_list_members_pkey PRIMARY KEY (id),
    CONSTRAINT user_list_members_list_id_user_id_key UNIQUE (list_id, user_id),
    CONSTRAINT user_list_members_list_id_fkey FOREIGN KEY (list_id) REFERENCES user_lists (id) ON DELETE CASCADE,
    CONSTRAINT user_list_members_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX user_list_members_user_id_idx ON user_list_members (user_id);
COMMENT ON TABLE user_list_members IS 'A user on a list.';

-- create table verification_tokens
CREATE TABLE verification_tokens (
    identifier text NOT NULL,
    token text NOT NULL,
    expires timestamp with time zone NOT NULL,
    CONSTRAINT verification_tokens_pkey PRIMARY KEY (identifier, token),
    CONSTRAINT verification_tokens_token_key UNIQUE (token)
);
COMMENT ON TABLE verification_tokens IS 'A token that was sent to an address, to be brought back once.';

-- peristyle:down

-- drop table verification_tokens
-- verification_tokens is dropped with all rows that came into it since
DROP TABLE verification_tokens;

-- drop table user_list_members
-- user_list_members is dropped with all rows that came into it since
DROP TABLE user_list_members;

-- drop table user_lists
-- user_lists is dropped with all rows that came into it since
DROP TABLE user_lists;

-- drop table user_follows
-- user_follows is dropped with all rows that came into it since
DROP TABLE user_follows;

-- drop table social_tags
-- social_tags is dropped with all rows that came into it since
DROP TABLE social_tags;

-- drop table social_recipients
-- social_recipients is dropped with all rows that came into it since
DROP TABLE social_recipients;

-- drop table social_likes
-- social_likes is dropped with all rows that came into it since
DROP TABLE social_likes;

-- drop table social_attachments
-- social_attachments is dropped with all rows that came into it since
DROP TABLE social_attachments;

-- drop table article_announcements
-- article_announcements is dropped with all rows that came into it since
DROP TABLE article_announcements;

-- drop table social_statuses
-- social_statuses is dropped with all rows that came into it since
DROP TABLE social_statuses;

-- drop table social_follows
-- social_follows is dropped with all rows that came into it since
DROP TABLE social_follows;

-- drop table social_actors
-- social_actors is dropped with all rows that came into it since
DROP TABLE social_actors;

-- drop table sessions
-- sessions is dropped with all rows that came into it since
DROP TABLE sessions;

-- drop table screenname_history
-- screenname_history is dropped with all rows that came into it since
DROP TABLE screenname_history;

-- drop table profiles
-- profiles is dropped with all rows that came into it since
DROP TABLE profiles;

-- drop table notifications
-- notifications is dropped with all rows that came into it since
DROP TABLE notifications;

-- drop table mentor_sessions
-- mentor_sessions is dropped with all rows that came into it since
DROP TABLE mentor_sessions;

-- drop table email_migrations
-- email_migrations is dropped with all rows that came into it since
DROP TABLE email_migrations;

-- drop table articles
-- articles is dropped with all rows that came into it since
DROP TABLE articles;

-- drop table accounts
-- accounts is dropped with all rows that came into it since
DROP TABLE accounts;

-- drop table users
-- users is dropped with all rows that came into it since
DROP TABLE users;

-- drop table o_auth_verifications
-- o_auth_verifications is dropped with all rows that came into it since
DROP TABLE o_auth_verifications;

-- drop table newsletter_signups
-- newsletter_signups is dropped with all rows that came into it since
DROP TABLE newsletter_signups;

-- drop table interactions
-- interactions is dropped with all rows that came into it since
DROP TABLE interactions;

-- drop table intake_forms
-- intake_forms is dropped with all rows that came into it since
DROP TABLE intake_forms;

-- drop table contact_submissions
-- contact_submissions is dropped with all rows that came into it since
DROP TABLE contact_submissions;

-- drop table brevo_contacts
-- brevo_contacts is dropped with all rows that came into it since
DROP TABLE brevo_contacts;

-- drop enum account_type
DROP TYPE account_type;

-- drop enum article_status
DROP TYPE article_status;

-- drop enum article_type
DROP TYPE article_type;

-- drop enum intake_form_type
DROP TYPE intake_form_type;

-- drop enum membership_level
DROP TYPE membership_level;

-- drop enum notification_activity_type
DROP TYPE notification_activity_type;

-- drop enum notification_context
DROP TYPE notification_context;

-- drop enum notification_object_type
DROP TYPE notification_object_type;

-- drop enum session_status
DROP TYPE session_status;

-- drop enum session_type
DROP TYPE session_type;

-- drop enum social_follow_status
DROP TYPE social_follow_status;

-- drop enum social_recipient_kind
DROP TYPE social_recipient_kind;
