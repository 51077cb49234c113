--
-- PostgreSQL database dump
--

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: identity; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA identity;

--
-- Name: private; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA private;

--
-- Name: public; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA public;

--
-- Name: SCHEMA public; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON SCHEMA public IS 'standard public schema';

--
-- Name: password_changed(); Type: FUNCTION; Schema: identity; Owner: -
--

CREATE FUNCTION identity.password_changed() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  delete from public.calendar_feeds where person_id = new.user_id;
  delete from public.oauth_attempts where person_id = new.user_id;
  delete from private.confirmations c using private.addresses a
    where c.person_id = new.user_id and a.person_id = c.person_id and c.email <> a.email;
  delete from identity.verification where value = new.user_id::text;
  return new;
end
$$;

--
-- Name: person_signed_up(); Type: FUNCTION; Schema: identity; Owner: -
--

CREATE FUNCTION identity.person_signed_up() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  insert into public.people (id, name, role, time_zone, language)
  values (new.id, new.name, new.role, new.time_zone, new.language);
  insert into private.addresses (person_id, email) values (new.id, new.email);
  return new;
end
$$;

--
-- Name: booking_time_in_bounds(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.booking_time_in_bounds() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  if new.starts_at < '2000-01-01Z' or new.starts_at >= '3000-01-01Z' then
    raise check_violation using message = 'starts_at: must be between the years 2000 and 2999';
  end if;
  return new;
end
$$;

--
-- Name: connection_changed(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.connection_changed() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  happened text;
begin
  if tg_op = 'INSERT' or new.grant_id <> old.grant_id then
    happened := 'connected';
  elsif new.connection_status <> old.connection_status then
    happened := case new.connection_status
      when 'needs_reconnect' then 'lost'
      when 'disconnected' then 'disconnected'
      else 'reconnected' end;
  elsif new.connected_at <> old.connected_at then
    happened := 'reconnected';
  else
    return null;
  end if;
  insert into public.connection_events (tutor_id, kind, provider, account_email, at)
    values (new.tutor_id, happened, new.provider, new.account_email, new.updated_at);
  return null;
end
$$;

--
-- Name: lesson_time_in_bounds(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.lesson_time_in_bounds() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  if new.scheduled_start_at < '2000-01-01Z' or new.scheduled_start_at >= '3000-01-01Z' then
    raise check_violation using message = 'scheduled_start_at: must be between the years 2000 and 2999';
  end if;
  -- An old lesson that lasts longer can be moved, too.
  if tg_op = 'UPDATE' and new.scheduled_end_at - new.scheduled_start_at
                        = old.scheduled_end_at - old.scheduled_start_at then
    return new;
  end if;
  if new.scheduled_end_at not between new.scheduled_start_at + interval '1 minute'
                              and new.scheduled_start_at + interval '24 hours' then
    raise check_violation using message = 'scheduled_end_at: must be between a minute and a day after scheduled_start_at';
  end if;
  return new;
end
$$;

--
-- Name: look_at_tutor(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.look_at_tutor() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  insert into private.tutors_to_look_at (tutor_id) values (new.tutor_id);
  return null;
end
$$;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: account; Type: TABLE; Schema: identity; Owner: -
--

CREATE TABLE identity.account (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid NOT NULL,
    account_id text NOT NULL,
    provider_id text NOT NULL,
    access_token text,
    refresh_token text,
    id_token text,
    access_token_expires_at timestamp with time zone,
    refresh_token_expires_at timestamp with time zone,
    scope text,
    password text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

--
-- Name: session; Type: TABLE; Schema: identity; Owner: -
--

CREATE TABLE identity.session (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid NOT NULL,
    token text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    ip_address text,
    user_agent text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

--
-- Name: user; Type: TABLE; Schema: identity; Owner: -
--

CREATE TABLE identity."user" (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    email_verified boolean DEFAULT false NOT NULL,
    image text,
    role text NOT NULL,
    time_zone text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    language text DEFAULT 'en'::text NOT NULL,
    CONSTRAINT user_name_check CHECK (((length(btrim(name)) >= 1) AND (length(btrim(name)) <= 120))),
    CONSTRAINT user_role_check CHECK ((role = ANY (ARRAY['tutor'::text, 'student'::text])))
);

--
-- Name: verification; Type: TABLE; Schema: identity; Owner: -
--

CREATE TABLE identity.verification (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    identifier text NOT NULL,
    value text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

--
-- Name: addresses; Type: TABLE; Schema: private; Owner: -
--

CREATE TABLE private.addresses (
    person_id uuid NOT NULL,
    email text NOT NULL
);

--
-- Name: answer_links; Type: TABLE; Schema: private; Owner: -
--

CREATE TABLE private.answer_links (
    token_hash text NOT NULL,
    mailbox_hash text NOT NULL,
    ask_id uuid,
    mail_id uuid,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT answer_links_mailbox_hash_check CHECK ((length(mailbox_hash) = 43)),
    CONSTRAINT answer_links_token_hash_check CHECK ((length(token_hash) = 43))
);

--
-- Name: asks; Type: TABLE; Schema: private; Owner: -
--

CREATE TABLE private.asks (
    id uuid NOT NULL,
    kind text NOT NULL,
    asker_id uuid NOT NULL,
    email text,
    mailbox text,
    tried_at timestamp with time zone NOT NULL,
    asked_at timestamp with time zone,
    answer text,
    answered_at timestamp with time zone,
    ended_at timestamp with time zone,
    student_id uuid,
    CONSTRAINT asks_about_check CHECK (((kind = 'guardian'::text) = (student_id IS NULL))),
    CONSTRAINT asks_answer_check CHECK ((answer = ANY (ARRAY['yes'::text, 'no'::text]))),
    CONSTRAINT asks_check CHECK (((answer IS NULL) = (answered_at IS NULL))),
    CONSTRAINT asks_check1 CHECK (((ended_at IS NULL) = (email IS NOT NULL))),
    CONSTRAINT asks_check2 CHECK (((email IS NULL) = (mailbox IS NULL))),
    CONSTRAINT asks_kind_check CHECK ((kind = ANY (ARRAY['guardian'::text, 'student'::text, 'tutors_guardian'::text])))
);

--
-- Name: canary; Type: TABLE; Schema: private; Owner: -
--

CREATE TABLE private.canary (
    singleton boolean DEFAULT true NOT NULL,
    sealed text NOT NULL,
    written_at timestamp with time zone NOT NULL,
    CONSTRAINT canary_singleton_check CHECK (singleton)
);

--
-- Name: confirmations; Type: TABLE; Schema: private; Owner: -
--

CREATE TABLE private.confirmations (
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    email text NOT NULL,
    token_hash text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone
);

--
-- Name: duties; Type: TABLE; Schema: private; Owner: -
--

CREATE TABLE private.duties (
    duty text NOT NULL,
    holder uuid,
    held_until timestamp with time zone
);

--
-- Name: installation_keys; Type: TABLE; Schema: private; Owner: -
--

CREATE TABLE private.installation_keys (
    name text NOT NULL,
    sealed text NOT NULL,
    CONSTRAINT installation_keys_name_check CHECK ((name = ANY (ARRAY['mailboxes'::text, 'doors'::text])))
);

--
-- Name: link_versions; Type: TABLE; Schema: private; Owner: -
--

CREATE TABLE private.link_versions (
    person_id uuid NOT NULL,
    slot smallint NOT NULL,
    version integer NOT NULL,
    raised_at timestamp with time zone NOT NULL,
    CONSTRAINT link_versions_slot_check CHECK (((slot >= 0) AND (slot <= 31))),
    CONSTRAINT link_versions_version_check CHECK ((version > 1))
);

--
-- Name: mail_lessons; Type: TABLE; Schema: private; Owner: -
--

CREATE TABLE private.mail_lessons (
    mail_id uuid NOT NULL,
    session_id uuid NOT NULL,
    revision integer NOT NULL,
    from_provider text,
    to_provider text,
    former_start timestamp with time zone,
    CONSTRAINT mail_lessons_from_provider_check CHECK ((from_provider = ANY (ARRAY['google_meet'::text, 'zoom'::text]))),
    CONSTRAINT mail_lessons_to_provider_check CHECK ((to_provider = ANY (ARRAY['google_meet'::text, 'zoom'::text])))
);

--
-- Name: mail_texts; Type: TABLE; Schema: private; Owner: -
--

CREATE TABLE private.mail_texts (
    mail_id uuid NOT NULL,
    to_email text NOT NULL,
    to_name text,
    subject text NOT NULL,
    text_body text,
    html_body text,
    calendar_body text,
    unsubscribe_url text,
    about_email text,
    CONSTRAINT mail_texts_are_whole_or_erased CHECK ((((text_body IS NULL) = (html_body IS NULL)) AND ((text_body IS NOT NULL) OR ((to_name IS NULL) AND (calendar_body IS NULL)))))
);

--
-- Name: mailboxes; Type: TABLE; Schema: private; Owner: -
--

CREATE TABLE private.mailboxes (
    mailbox_hash text NOT NULL,
    yes_at timestamp with time zone,
    never_at timestamp with time zone,
    lifted_at timestamp with time zone,
    CONSTRAINT mailboxes_check CHECK (((lifted_at IS NULL) OR (never_at IS NOT NULL))),
    CONSTRAINT mailboxes_mailbox_hash_check CHECK ((length(mailbox_hash) = 43))
);

--
-- Name: meeting_passcodes; Type: TABLE; Schema: private; Owner: -
--

CREATE TABLE private.meeting_passcodes (
    meeting_id uuid NOT NULL,
    sealed text NOT NULL
);

--
-- Name: outage_tutors; Type: TABLE; Schema: private; Owner: -
--

CREATE TABLE private.outage_tutors (
    outage_id uuid NOT NULL,
    tutor_id uuid NOT NULL,
    lessons integer NOT NULL,
    first_start timestamp with time zone NOT NULL,
    looked_at timestamp with time zone,
    told_at timestamp with time zone,
    mail_id uuid,
    over_told_at timestamp with time zone,
    CONSTRAINT outage_tutors_lessons_check CHECK ((lessons > 0))
);

--
-- Name: outages; Type: TABLE; Schema: private; Owner: -
--

CREATE TABLE private.outages (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    provider text NOT NULL,
    since timestamp with time zone NOT NULL,
    declared_at timestamp with time zone NOT NULL,
    declared_by uuid,
    told_from timestamp with time zone NOT NULL,
    over_at timestamp with time zone,
    CONSTRAINT outages_provider_check CHECK ((provider = ANY (ARRAY['google_meet'::text, 'zoom'::text])))
);

--
-- Name: questions; Type: TABLE; Schema: private; Owner: -
--

CREATE TABLE private.questions (
    id uuid NOT NULL,
    mailbox_hash text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    CONSTRAINT questions_mailbox_hash_check CHECK ((length(mailbox_hash) = 43))
);

--
-- Name: refusals_told; Type: TABLE; Schema: private; Owner: -
--

CREATE TABLE private.refusals_told (
    email text NOT NULL,
    tutor_id uuid NOT NULL
);

--
-- Name: refused_addresses; Type: TABLE; Schema: private; Owner: -
--

CREATE TABLE private.refused_addresses (
    email text NOT NULL,
    detail text NOT NULL,
    refused_at timestamp with time zone NOT NULL
);

--
-- Name: silences; Type: TABLE; Schema: private; Owner: -
--

CREATE TABLE private.silences (
    provider text NOT NULL,
    since timestamp with time zone NOT NULL,
    looks integer NOT NULL,
    CONSTRAINT silences_provider_check CHECK ((provider = ANY (ARRAY['google_meet'::text, 'zoom'::text])))
);

--
-- Name: tutors_to_look_at; Type: TABLE; Schema: private; Owner: -
--

CREATE TABLE private.tutors_to_look_at (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    tutor_id uuid NOT NULL
);

--
-- Name: bookings; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.bookings (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    tutor_id uuid NOT NULL,
    student_id uuid NOT NULL,
    subject text NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    duration_minutes integer NOT NULL,
    time_zone text NOT NULL,
    repeat_weekly integer DEFAULT 1 NOT NULL,
    status text DEFAULT 'requested'::text NOT NULL,
    decided_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    starts_local text,
    utc_offset integer,
    origin text DEFAULT 'student'::text NOT NULL,
    CONSTRAINT bookings_check CHECK ((tutor_id <> student_id)),
    CONSTRAINT bookings_check1 CHECK (((starts_local IS NULL) = (utc_offset IS NULL))),
    CONSTRAINT bookings_duration_minutes_check CHECK (((duration_minutes >= 5) AND (duration_minutes <= 480))),
    CONSTRAINT bookings_origin_check CHECK ((origin = ANY (ARRAY['student'::text, 'tutor'::text, 'import'::text, 'page'::text]))),
    CONSTRAINT bookings_repeat_weekly_check CHECK (((repeat_weekly >= 1) AND (repeat_weekly <= 52))),
    CONSTRAINT bookings_starts_local_check CHECK ((starts_local ~ '^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{3})?)?$'::text)),
    CONSTRAINT bookings_status_check CHECK ((status = ANY (ARRAY['requested'::text, 'accepted'::text, 'declined'::text, 'cancelled'::text]))),
    CONSTRAINT bookings_subject_check CHECK (((length(btrim(subject)) >= 1) AND (length(btrim(subject)) <= 200))),
    CONSTRAINT bookings_utc_offset_check CHECK (((utc_offset >= '-1440'::integer) AND (utc_offset <= 1440)))
);

--
-- Name: calendar_feeds; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.calendar_feeds (
    person_id uuid NOT NULL,
    token_hash text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT calendar_feeds_token_hash_check CHECK ((length(token_hash) = 43))
);

--
-- Name: change_requests; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.change_requests (
    id uuid NOT NULL,
    session_id uuid NOT NULL,
    tutor_id uuid NOT NULL,
    student_id uuid NOT NULL,
    as_guardian boolean DEFAULT false NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    starts_local text NOT NULL,
    utc_offset integer NOT NULL,
    time_zone text NOT NULL,
    message text,
    status text DEFAULT 'open'::text NOT NULL,
    answer text,
    created_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    CONSTRAINT change_requests_answer_check CHECK (((length(answer) >= 1) AND (length(answer) <= 500))),
    CONSTRAINT change_requests_check CHECK (((status = 'open'::text) = (decided_at IS NULL))),
    CONSTRAINT change_requests_check1 CHECK (((answer IS NULL) OR (status = 'declined'::text))),
    CONSTRAINT change_requests_message_check CHECK (((length(message) >= 1) AND (length(message) <= 500))),
    CONSTRAINT change_requests_status_check CHECK ((status = ANY (ARRAY['open'::text, 'accepted'::text, 'declined'::text, 'withdrawn'::text, 'closed'::text])))
);

--
-- Name: connection_events; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.connection_events (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    tutor_id uuid NOT NULL,
    kind text NOT NULL,
    provider text NOT NULL,
    account_email text,
    checked integer,
    repaired integer,
    at timestamp with time zone NOT NULL,
    CONSTRAINT connection_events_check CHECK (((kind = 'checked'::text) = ((checked IS NOT NULL) AND (repaired IS NOT NULL)))),
    CONSTRAINT connection_events_checked_check CHECK ((checked >= 0)),
    CONSTRAINT connection_events_kind_check CHECK ((kind = ANY (ARRAY['connected'::text, 'reconnected'::text, 'lost'::text, 'disconnected'::text, 'checked'::text]))),
    CONSTRAINT connection_events_provider_check CHECK ((provider = ANY (ARRAY['google_meet'::text, 'zoom'::text]))),
    CONSTRAINT connection_events_repaired_check CHECK ((repaired >= 0))
);

--
-- Name: installation; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.installation (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    singleton boolean DEFAULT true NOT NULL,
    uid_host text,
    CONSTRAINT installation_singleton_check CHECK (singleton),
    CONSTRAINT installation_uid_host_check CHECK ((uid_host ~ '^[^@\s]+$'::text))
);

--
-- Name: lesson_messages; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.lesson_messages (
    id uuid NOT NULL,
    booking_id uuid NOT NULL,
    session_id uuid,
    person_id uuid NOT NULL,
    said_with text NOT NULL,
    text text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT lesson_messages_said_with_check CHECK ((said_with = ANY (ARRAY['request'::text, 'decline'::text, 'cancel'::text, 'reschedule'::text]))),
    CONSTRAINT lesson_messages_text_check CHECK (((length(text) >= 1) AND (length(text) <= 500)))
);

--
-- Name: limited_uses; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.limited_uses (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    rule text NOT NULL,
    whose text NOT NULL,
    used_at timestamp with time zone NOT NULL,
    counts_until timestamp with time zone NOT NULL,
    CONSTRAINT limited_uses_whose_check CHECK ((length(whose) = 43))
);

--
-- Name: mail_preferences; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.mail_preferences (
    person_id uuid NOT NULL,
    remind_day boolean NOT NULL,
    remind_hour boolean NOT NULL,
    room_news boolean NOT NULL,
    updated_at timestamp with time zone NOT NULL
);

--
-- Name: mails; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.mails (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    status text DEFAULT 'queued'::text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    next_attempt_at timestamp with time zone NOT NULL,
    error_detail text,
    created_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    calendar_method text,
    person_id uuid,
    about text,
    booking_id uuid,
    valid_until timestamp with time zone,
    lease_until timestamp with time zone,
    error_code text,
    about_provider text,
    about_trouble text,
    change_request_id uuid,
    CONSTRAINT asked_mails_name_their_request CHECK (((COALESCE(about, ''::text) <> ALL (ARRAY['asked'::text, 'time_declined'::text])) OR (change_request_id IS NOT NULL))),
    CONSTRAINT dropped_mails_say_why CHECK (((status <> 'dropped'::text) OR (error_code IS NOT NULL))),
    CONSTRAINT mails_about_check CHECK ((about = ANY (ARRAY['reminder'::text, 'rooms'::text, 'room_left'::text, 'rescheduled'::text, 'zone_agreed'::text, 'zone_instant'::text, 'accepted'::text, 'called_off'::text, 'requested'::text, 'confirmation'::text, 'reconnect'::text, 'operator'::text, 'refused'::text, 'link'::text, 'asked'::text, 'time_declined'::text, 'outage'::text, 'outage_over'::text]))),
    CONSTRAINT mails_about_provider_check CHECK ((about_provider = ANY (ARRAY['google_meet'::text, 'zoom'::text]))),
    CONSTRAINT mails_about_trouble_check CHECK ((about_trouble = ANY (ARRAY['client_refused'::text, 'api_disabled'::text, 'unreachable'::text]))),
    CONSTRAINT mails_calendar_method_check CHECK ((calendar_method = ANY (ARRAY['PUBLISH'::text, 'REQUEST'::text, 'CANCEL'::text]))),
    CONSTRAINT mails_check CHECK (((status = 'sent'::text) = (sent_at IS NOT NULL))),
    CONSTRAINT mails_error_code_check CHECK ((error_code = ANY (ARRAY['address'::text, 'content'::text, 'server'::text, 'away'::text, 'later'::text, 'slow'::text, 'stopped'::text, 'unknown'::text, 'cancelled'::text, 'moved'::text, 'over'::text, 'superseded'::text, 'decided'::text, 'answered'::text, 'mended'::text, 'unwanted'::text]))),
    CONSTRAINT mails_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'sent'::text, 'failed'::text, 'dropped'::text]))),
    CONSTRAINT operator_mails_name_their_trouble CHECK (((about IS DISTINCT FROM 'operator'::text) OR ((about_provider IS NOT NULL) AND (about_trouble IS NOT NULL)))),
    CONSTRAINT outage_mails_name_their_provider CHECK (((COALESCE(about, ''::text) <> ALL (ARRAY['outage'::text, 'outage_over'::text])) OR (about_provider IS NOT NULL))),
    CONSTRAINT requests_name_their_booking CHECK (((about IS DISTINCT FROM 'requested'::text) OR (booking_id IS NOT NULL)))
);

--
-- Name: meetings; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.meetings (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    tutor_id uuid NOT NULL,
    session_id uuid NOT NULL,
    origin text DEFAULT 'segue'::text NOT NULL,
    provider text NOT NULL,
    grant_id uuid,
    generation integer NOT NULL,
    revision integer NOT NULL,
    key text NOT NULL,
    state text NOT NULL,
    title text NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    duration_minutes integer NOT NULL,
    external_id text,
    join_url text,
    attempts integer DEFAULT 0 NOT NULL,
    lookups integer DEFAULT 0 NOT NULL,
    outcome_unknown boolean DEFAULT false NOT NULL,
    lease_until timestamp with time zone,
    next_attempt_at timestamp with time zone,
    error_code text,
    error_detail text,
    delete_after timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    live_at timestamp with time zone,
    superseded_at timestamp with time zone,
    closed_at timestamp with time zone,
    updated_at timestamp with time zone NOT NULL,
    orphan_scan_at timestamp with time zone,
    orphan_scans integer DEFAULT 0 NOT NULL,
    check_at timestamp with time zone,
    answered_title text,
    answered_starts_at timestamp with time zone,
    repaired_title text,
    repaired_starts_at timestamp with time zone,
    repaired_at timestamp with time zone,
    repairs integer DEFAULT 0 NOT NULL,
    link_varies boolean DEFAULT false NOT NULL,
    unclear_revision integer,
    unclear_at timestamp with time zone,
    unclear_writes integer DEFAULT 0 NOT NULL,
    check_tries integer DEFAULT 0 NOT NULL,
    refused_since timestamp with time zone,
    lookup_place text,
    orphan_scan_place text,
    silent_writes integer DEFAULT 0 NOT NULL,
    CONSTRAINT manual_meetings_are_never_called_for CHECK (((origin = 'segue'::text) OR (state = ANY (ARRAY['live'::text, 'ended'::text])))),
    CONSTRAINT meetings_check CHECK (((grant_id IS NULL) = (origin = 'manual'::text))),
    CONSTRAINT meetings_check1 CHECK (((state <> 'live'::text) OR ((external_id IS NOT NULL) AND (join_url IS NOT NULL) AND (live_at IS NOT NULL)))),
    CONSTRAINT meetings_check2 CHECK (((state <> ALL (ARRAY['superseded'::text, 'deleting'::text])) OR (superseded_at IS NOT NULL))),
    CONSTRAINT meetings_check3 CHECK (((state <> 'deleting'::text) OR (external_id IS NOT NULL))),
    CONSTRAINT meetings_check4 CHECK (((state = ANY (ARRAY['deleted'::text, 'lost'::text, 'ended'::text, 'abandoned'::text, 'stranded'::text])) = (closed_at IS NOT NULL))),
    CONSTRAINT meetings_check_tries_check CHECK ((check_tries >= 0)),
    CONSTRAINT meetings_duration_minutes_check CHECK ((duration_minutes > 0)),
    CONSTRAINT meetings_key_check CHECK ((key ~ '^[a-v0-9]{26}$'::text)),
    CONSTRAINT meetings_origin_check CHECK ((origin = ANY (ARRAY['segue'::text, 'manual'::text]))),
    CONSTRAINT meetings_provider_check CHECK ((provider = ANY (ARRAY['google_meet'::text, 'zoom'::text]))),
    CONSTRAINT meetings_repairs_check CHECK ((repairs >= 0)),
    CONSTRAINT meetings_silent_writes_check CHECK ((silent_writes >= 0)),
    CONSTRAINT meetings_state_check CHECK ((state = ANY (ARRAY['intended'::text, 'live'::text, 'superseded'::text, 'deleting'::text, 'deleted'::text, 'lost'::text, 'ended'::text, 'abandoned'::text, 'stranded'::text]))),
    CONSTRAINT meetings_unclear_writes_check CHECK ((unclear_writes >= 0))
);

--
-- Name: migration_sessions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.migration_sessions (
    migration_id uuid NOT NULL,
    session_id uuid NOT NULL,
    tutor_id uuid NOT NULL,
    "position" integer NOT NULL,
    state text DEFAULT 'pending'::text NOT NULL,
    from_meeting_id uuid,
    to_meeting_id uuid,
    attempts integer DEFAULT 0 NOT NULL,
    next_attempt_at timestamp with time zone,
    error_code text,
    error_detail text,
    started_at timestamp with time zone,
    finished_at timestamp with time zone,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT migration_sessions_check CHECK (((state <> 'moved'::text) OR (to_meeting_id IS NOT NULL))),
    CONSTRAINT migration_sessions_check1 CHECK (((state <> 'failed'::text) OR (error_code IS NOT NULL))),
    CONSTRAINT migration_sessions_check2 CHECK (((state = ANY (ARRAY['moved'::text, 'failed'::text, 'skipped'::text, 'superseded'::text])) = (finished_at IS NOT NULL))),
    CONSTRAINT migration_sessions_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'moving'::text, 'moved'::text, 'failed'::text, 'skipped'::text, 'deferred'::text, 'superseded'::text])))
);

--
-- Name: migrations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.migrations (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    tutor_id uuid NOT NULL,
    generation integer NOT NULL,
    kind text NOT NULL,
    status text DEFAULT 'running'::text NOT NULL,
    from_provider text,
    to_provider text NOT NULL,
    from_grant_id uuid,
    to_grant_id uuid NOT NULL,
    of_migration_id uuid,
    created_by uuid NOT NULL,
    total integer NOT NULL,
    waiting_until timestamp with time zone,
    settled_at timestamp with time zone,
    undo_until timestamp with time zone,
    finished_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT migrations_check CHECK (((status = 'waiting'::text) = (waiting_until IS NOT NULL))),
    CONSTRAINT migrations_check1 CHECK (((status = ANY (ARRAY['completed'::text, 'completed_with_failures'::text, 'superseded'::text])) = (finished_at IS NOT NULL))),
    CONSTRAINT migrations_check2 CHECK (((settled_at IS NULL) = (undo_until IS NULL))),
    CONSTRAINT migrations_from_provider_check CHECK ((from_provider = ANY (ARRAY['google_meet'::text, 'zoom'::text]))),
    CONSTRAINT migrations_kind_check CHECK ((kind = ANY (ARRAY['switch'::text, 'refresh'::text, 'undo'::text, 'retry'::text]))),
    CONSTRAINT migrations_status_check CHECK ((status = ANY (ARRAY['running'::text, 'completed'::text, 'completed_with_failures'::text, 'waiting'::text, 'superseded'::text]))),
    CONSTRAINT migrations_to_provider_check CHECK ((to_provider = ANY (ARRAY['google_meet'::text, 'zoom'::text])))
);

--
-- Name: notes; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.notes (
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    session_id uuid NOT NULL,
    kind text NOT NULL,
    from_provider text,
    to_provider text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone,
    CONSTRAINT notes_from_provider_check CHECK ((from_provider = ANY (ARRAY['google_meet'::text, 'zoom'::text]))),
    CONSTRAINT notes_kind_check CHECK ((kind = ANY (ARRAY['moved'::text, 'left'::text]))),
    CONSTRAINT notes_to_provider_check CHECK ((to_provider = ANY (ARRAY['google_meet'::text, 'zoom'::text])))
);

--
-- Name: oauth_attempts; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.oauth_attempts (
    state_hash text NOT NULL,
    person_id uuid NOT NULL,
    browser_session_id uuid NOT NULL,
    provider text NOT NULL,
    code_verifier_encrypted text,
    expires_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    used_at timestamp with time zone,
    outcome jsonb,
    CONSTRAINT oauth_attempts_check CHECK (((code_verifier_encrypted IS NULL) = (used_at IS NOT NULL))),
    CONSTRAINT oauth_attempts_check1 CHECK (((outcome IS NULL) OR (used_at IS NOT NULL))),
    CONSTRAINT oauth_attempts_provider_check CHECK ((provider = ANY (ARRAY['google_meet'::text, 'zoom'::text])))
);

--
-- Name: operator_troubles; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.operator_troubles (
    provider text NOT NULL,
    kind text NOT NULL,
    detail text,
    help_url text,
    first_seen timestamp with time zone NOT NULL,
    last_seen timestamp with time zone NOT NULL,
    told_at timestamp with time zone,
    resolved_at timestamp with time zone,
    CONSTRAINT operator_troubles_kind_check CHECK ((kind = ANY (ARRAY['client_refused'::text, 'api_disabled'::text, 'unreachable'::text]))),
    CONSTRAINT operator_troubles_provider_check CHECK ((provider = ANY (ARRAY['google_meet'::text, 'zoom'::text])))
);

--
-- Name: people; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.people (
    id uuid NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    time_zone text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    language text DEFAULT 'en'::text NOT NULL,
    confirmed_at timestamp with time zone,
    signed_up_unasked boolean DEFAULT false NOT NULL,
    has_account boolean DEFAULT true NOT NULL,
    cancel_until_hours integer DEFAULT 0 NOT NULL,
    clock_hours smallint DEFAULT 24 NOT NULL,
    CONSTRAINT people_cancel_until_hours_check CHECK (((cancel_until_hours >= 0) AND (cancel_until_hours <= 168))),
    CONSTRAINT people_clock_hours_check CHECK ((clock_hours = ANY (ARRAY[12, 24]))),
    CONSTRAINT people_language_check CHECK ((language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$'::text)),
    CONSTRAINT people_name_check CHECK (((length(btrim(name)) >= 1) AND (length(btrim(name)) <= 120))),
    CONSTRAINT people_role_check CHECK ((role = ANY (ARRAY['tutor'::text, 'student'::text, 'admin'::text])))
);

--
-- Name: provider_budgets; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.provider_budgets (
    key text NOT NULL,
    paced_until timestamp with time zone,
    day date,
    taken integer DEFAULT 0 NOT NULL,
    CONSTRAINT provider_budgets_taken_check CHECK ((taken >= 0))
);

--
-- Name: provider_circuits; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.provider_circuits (
    provider text NOT NULL,
    failures integer DEFAULT 0 NOT NULL,
    failed_by uuid,
    open_until timestamp with time zone,
    probe_until timestamp with time zone,
    operation text DEFAULT 'all'::text NOT NULL,
    CONSTRAINT provider_circuits_check CHECK (((probe_until IS NULL) OR (open_until IS NOT NULL))),
    CONSTRAINT provider_circuits_provider_check CHECK ((provider = ANY (ARRAY['google_meet'::text, 'zoom'::text])))
);

--
-- Name: provider_licences; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.provider_licences (
    provider text NOT NULL,
    account_user_id text NOT NULL,
    licence text NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT provider_licences_licence_check CHECK ((licence = ANY (ARRAY['basic'::text, 'licensed'::text]))),
    CONSTRAINT provider_licences_provider_check CHECK ((provider = ANY (ARRAY['google_meet'::text, 'zoom'::text])))
);

--
-- Name: provider_plans; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.provider_plans (
    provider text NOT NULL,
    organisation_id text NOT NULL,
    plan text NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT provider_plans_provider_check CHECK ((provider = ANY (ARRAY['google_meet'::text, 'zoom'::text])))
);

--
-- Name: reminders; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.reminders (
    session_id uuid NOT NULL,
    kind text NOT NULL,
    revision integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT reminders_kind_check CHECK ((kind = ANY (ARRAY['day'::text, 'hour'::text])))
);

--
-- Name: retired_video_provider_connections; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.retired_video_provider_connections (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    tutor_id uuid NOT NULL,
    provider text NOT NULL,
    connection_status text NOT NULL,
    grant_id uuid NOT NULL,
    account_user_id text NOT NULL,
    account_email text NOT NULL,
    account_name text,
    account_organisation_id text,
    scopes text[] NOT NULL,
    access_token_encrypted text,
    refresh_token_encrypted text,
    access_token_expires_at timestamp with time zone,
    refresh_lease_id uuid,
    refresh_lease_until timestamp with time zone,
    refresh_failures integer DEFAULT 0 NOT NULL,
    refresh_next_at timestamp with time zone,
    refresh_error text,
    error_code text,
    error_detail text,
    connected_at timestamp with time zone NOT NULL,
    retired_at timestamp with time zone NOT NULL,
    erased_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    revocation_until timestamp with time zone,
    revocation_failures integer DEFAULT 0 NOT NULL,
    revocation_next_at timestamp with time zone,
    refresh_refusals integer DEFAULT 0 NOT NULL,
    refresh_refused_since timestamp with time zone,
    access_refused_since timestamp with time zone,
    refresh_failed_since timestamp with time zone,
    CONSTRAINT retired_video_provider_connections_check CHECK (((access_token_encrypted IS NULL) = (erased_at IS NOT NULL))),
    CONSTRAINT retired_video_provider_connections_check1 CHECK (((refresh_token_encrypted IS NULL) = (erased_at IS NOT NULL))),
    CONSTRAINT retired_video_provider_connections_connection_status_check CHECK ((connection_status = ANY (ARRAY['connected'::text, 'needs_reconnect'::text, 'disconnected'::text]))),
    CONSTRAINT retired_video_provider_connections_provider_check CHECK ((provider = ANY (ARRAY['google_meet'::text, 'zoom'::text])))
);

--
-- Name: session_joins; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.session_joins (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    session_id uuid NOT NULL,
    person_id uuid NOT NULL,
    meeting_id uuid NOT NULL,
    joined_at timestamp with time zone NOT NULL,
    notified_at timestamp with time zone,
    as_guardian boolean DEFAULT false NOT NULL
);

--
-- Name: sessions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.sessions (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    booking_id uuid NOT NULL,
    tutor_id uuid NOT NULL,
    student_id uuid NOT NULL,
    title text NOT NULL,
    scheduled_start_at timestamp with time zone NOT NULL,
    scheduled_end_at timestamp with time zone NOT NULL,
    duration_minutes integer GENERATED ALWAYS AS (((EXTRACT(epoch FROM (scheduled_end_at - scheduled_start_at)) / (60)::numeric))::integer) STORED NOT NULL,
    status text DEFAULT 'SCHEDULED'::text NOT NULL,
    revision integer DEFAULT 1 NOT NULL,
    provider text,
    meeting_external_id text,
    join_url text,
    meeting_created_at timestamp with time zone,
    meeting_id uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    calendar_sequence integer DEFAULT 0 NOT NULL,
    student_notified_provider text,
    tutor_notified_provider text,
    rescheduled_at timestamp with time zone,
    starts_local text,
    utc_offset integer,
    time_zone text,
    CONSTRAINT sessions_calendar_sequence_check CHECK ((calendar_sequence >= 0)),
    CONSTRAINT sessions_check CHECK ((scheduled_end_at > scheduled_start_at)),
    CONSTRAINT sessions_check1 CHECK ((((starts_local IS NULL) = (utc_offset IS NULL)) AND ((starts_local IS NULL) = (time_zone IS NULL)))),
    CONSTRAINT sessions_provider_check CHECK ((provider = ANY (ARRAY['google_meet'::text, 'zoom'::text]))),
    CONSTRAINT sessions_starts_local_check CHECK ((starts_local ~ '^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{3})?)?$'::text)),
    CONSTRAINT sessions_status_check CHECK ((status = ANY (ARRAY['SCHEDULED'::text, 'JOIN_OPEN'::text, 'COMPLETED'::text, 'CANCELLED'::text, 'NO_SHOW'::text]))),
    CONSTRAINT sessions_student_notified_provider_check CHECK ((student_notified_provider = ANY (ARRAY['google_meet'::text, 'zoom'::text]))),
    CONSTRAINT sessions_title_check CHECK (((length(btrim(title)) >= 1) AND (length(btrim(title)) <= 300))),
    CONSTRAINT sessions_tutor_notified_provider_check CHECK ((tutor_notified_provider = ANY (ARRAY['google_meet'::text, 'zoom'::text]))),
    CONSTRAINT sessions_utc_offset_check CHECK (((utc_offset >= '-1440'::integer) AND (utc_offset <= 1440)))
);

--
-- Name: tutor_students; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.tutor_students (
    tutor_id uuid NOT NULL,
    student_id uuid NOT NULL,
    name text NOT NULL,
    time_zone text NOT NULL,
    language text NOT NULL,
    note text,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    guardian_links integer DEFAULT 1 NOT NULL,
    guardian_links_raised_at timestamp with time zone,
    former_id uuid,
    CONSTRAINT tutor_students_check CHECK ((tutor_id <> student_id)),
    CONSTRAINT tutor_students_guardian_links_check CHECK ((guardian_links > 0)),
    CONSTRAINT tutor_students_language_check CHECK ((language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$'::text)),
    CONSTRAINT tutor_students_name_check CHECK (((length(btrim(name)) >= 1) AND (length(btrim(name)) <= 120))),
    CONSTRAINT tutor_students_note_check CHECK (((length(note) >= 1) AND (length(note) <= 2000)))
);

--
-- Name: tutor_video_provider_connections; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.tutor_video_provider_connections (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    tutor_id uuid NOT NULL,
    provider text NOT NULL,
    connection_status text DEFAULT 'connected'::text NOT NULL,
    generation integer DEFAULT 1 NOT NULL,
    grant_id uuid NOT NULL,
    account_user_id text NOT NULL,
    account_email text NOT NULL,
    account_name text,
    account_organisation_id text,
    scopes text[] NOT NULL,
    access_token_encrypted text CONSTRAINT tutor_video_provider_connection_access_token_encrypted_not_null NOT NULL,
    refresh_token_encrypted text CONSTRAINT tutor_video_provider_connectio_refresh_token_encrypted_not_null NOT NULL,
    access_token_expires_at timestamp with time zone CONSTRAINT tutor_video_provider_connectio_access_token_expires_at_not_null NOT NULL,
    refresh_lease_id uuid,
    refresh_lease_until timestamp with time zone,
    refresh_failures integer DEFAULT 0 NOT NULL,
    refresh_next_at timestamp with time zone,
    refresh_error text,
    error_code text,
    error_detail text,
    connected_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    refresh_refusals integer DEFAULT 0 NOT NULL,
    refresh_refused_since timestamp with time zone,
    access_refused_since timestamp with time zone,
    refresh_failed_since timestamp with time zone,
    CONSTRAINT tutor_video_provider_connections_connection_status_check CHECK ((connection_status = ANY (ARRAY['connected'::text, 'needs_reconnect'::text, 'disconnected'::text]))),
    CONSTRAINT tutor_video_provider_connections_provider_check CHECK ((provider = ANY (ARRAY['google_meet'::text, 'zoom'::text])))
);

--
-- Name: account account_pkey; Type: CONSTRAINT; Schema: identity; Owner: -
--

ALTER TABLE ONLY identity.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (id);

--
-- Name: session session_pkey; Type: CONSTRAINT; Schema: identity; Owner: -
--

ALTER TABLE ONLY identity.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (id);

--
-- Name: session session_token_key; Type: CONSTRAINT; Schema: identity; Owner: -
--

ALTER TABLE ONLY identity.session
    ADD CONSTRAINT session_token_key UNIQUE (token);

--
-- Name: user user_email_key; Type: CONSTRAINT; Schema: identity; Owner: -
--

ALTER TABLE ONLY identity."user"
    ADD CONSTRAINT user_email_key UNIQUE (email);

--
-- Name: user user_pkey; Type: CONSTRAINT; Schema: identity; Owner: -
--

ALTER TABLE ONLY identity."user"
    ADD CONSTRAINT user_pkey PRIMARY KEY (id);

--
-- Name: verification verification_pkey; Type: CONSTRAINT; Schema: identity; Owner: -
--

ALTER TABLE ONLY identity.verification
    ADD CONSTRAINT verification_pkey PRIMARY KEY (id);

--
-- Name: addresses addresses_email_key; Type: CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.addresses
    ADD CONSTRAINT addresses_email_key UNIQUE (email);

--
-- Name: addresses addresses_pkey; Type: CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.addresses
    ADD CONSTRAINT addresses_pkey PRIMARY KEY (person_id);

--
-- Name: answer_links answer_links_pkey; Type: CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.answer_links
    ADD CONSTRAINT answer_links_pkey PRIMARY KEY (token_hash);

--
-- Name: asks asks_pkey; Type: CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.asks
    ADD CONSTRAINT asks_pkey PRIMARY KEY (id);

--
-- Name: canary canary_pkey; Type: CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.canary
    ADD CONSTRAINT canary_pkey PRIMARY KEY (singleton);

--
-- Name: confirmations confirmations_pkey; Type: CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.confirmations
    ADD CONSTRAINT confirmations_pkey PRIMARY KEY (id);

--
-- Name: confirmations confirmations_token_hash_key; Type: CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.confirmations
    ADD CONSTRAINT confirmations_token_hash_key UNIQUE (token_hash);

--
-- Name: duties duties_pkey; Type: CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.duties
    ADD CONSTRAINT duties_pkey PRIMARY KEY (duty);

--
-- Name: installation_keys installation_keys_pkey; Type: CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.installation_keys
    ADD CONSTRAINT installation_keys_pkey PRIMARY KEY (name);

--
-- Name: link_versions link_versions_pkey; Type: CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.link_versions
    ADD CONSTRAINT link_versions_pkey PRIMARY KEY (person_id, slot);

--
-- Name: mail_lessons mail_lessons_pkey; Type: CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.mail_lessons
    ADD CONSTRAINT mail_lessons_pkey PRIMARY KEY (mail_id, session_id);

--
-- Name: mail_texts mail_texts_pkey; Type: CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.mail_texts
    ADD CONSTRAINT mail_texts_pkey PRIMARY KEY (mail_id);

--
-- Name: mailboxes mailboxes_pkey; Type: CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.mailboxes
    ADD CONSTRAINT mailboxes_pkey PRIMARY KEY (mailbox_hash);

--
-- Name: meeting_passcodes meeting_passcodes_pkey; Type: CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.meeting_passcodes
    ADD CONSTRAINT meeting_passcodes_pkey PRIMARY KEY (meeting_id);

--
-- Name: outage_tutors outage_tutors_pkey; Type: CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.outage_tutors
    ADD CONSTRAINT outage_tutors_pkey PRIMARY KEY (outage_id, tutor_id);

--
-- Name: outages outages_pkey; Type: CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.outages
    ADD CONSTRAINT outages_pkey PRIMARY KEY (id);

--
-- Name: questions questions_pkey; Type: CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.questions
    ADD CONSTRAINT questions_pkey PRIMARY KEY (id);

--
-- Name: refusals_told refusals_told_pkey; Type: CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.refusals_told
    ADD CONSTRAINT refusals_told_pkey PRIMARY KEY (email, tutor_id);

--
-- Name: refused_addresses refused_addresses_pkey; Type: CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.refused_addresses
    ADD CONSTRAINT refused_addresses_pkey PRIMARY KEY (email);

--
-- Name: silences silences_pkey; Type: CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.silences
    ADD CONSTRAINT silences_pkey PRIMARY KEY (provider);

--
-- Name: tutors_to_look_at tutors_to_look_at_pkey; Type: CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.tutors_to_look_at
    ADD CONSTRAINT tutors_to_look_at_pkey PRIMARY KEY (id);

--
-- Name: bookings bookings_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bookings
    ADD CONSTRAINT bookings_pkey PRIMARY KEY (id);

--
-- Name: calendar_feeds calendar_feeds_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calendar_feeds
    ADD CONSTRAINT calendar_feeds_pkey PRIMARY KEY (person_id);

--
-- Name: calendar_feeds calendar_feeds_token_hash_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calendar_feeds
    ADD CONSTRAINT calendar_feeds_token_hash_key UNIQUE (token_hash);

--
-- Name: change_requests change_requests_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.change_requests
    ADD CONSTRAINT change_requests_pkey PRIMARY KEY (id);

--
-- Name: connection_events connection_events_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.connection_events
    ADD CONSTRAINT connection_events_pkey PRIMARY KEY (id);

--
-- Name: installation installation_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.installation
    ADD CONSTRAINT installation_pkey PRIMARY KEY (id);

--
-- Name: installation installation_singleton_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.installation
    ADD CONSTRAINT installation_singleton_key UNIQUE (singleton);

--
-- Name: lesson_messages lesson_messages_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.lesson_messages
    ADD CONSTRAINT lesson_messages_pkey PRIMARY KEY (id);

--
-- Name: limited_uses limited_uses_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.limited_uses
    ADD CONSTRAINT limited_uses_pkey PRIMARY KEY (id);

--
-- Name: mail_preferences mail_preferences_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mail_preferences
    ADD CONSTRAINT mail_preferences_pkey PRIMARY KEY (person_id);

--
-- Name: mails mails_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mails
    ADD CONSTRAINT mails_pkey PRIMARY KEY (id);

--
-- Name: meetings meetings_key_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.meetings
    ADD CONSTRAINT meetings_key_key UNIQUE (key);

--
-- Name: meetings meetings_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.meetings
    ADD CONSTRAINT meetings_pkey PRIMARY KEY (id);

--
-- Name: migration_sessions migration_sessions_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.migration_sessions
    ADD CONSTRAINT migration_sessions_pkey PRIMARY KEY (migration_id, session_id);

--
-- Name: migrations migrations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.migrations
    ADD CONSTRAINT migrations_pkey PRIMARY KEY (id);

--
-- Name: migrations migrations_tutor_id_generation_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.migrations
    ADD CONSTRAINT migrations_tutor_id_generation_key UNIQUE (tutor_id, generation);

--
-- Name: notes notes_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.notes
    ADD CONSTRAINT notes_pkey PRIMARY KEY (id);

--
-- Name: oauth_attempts oauth_attempts_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.oauth_attempts
    ADD CONSTRAINT oauth_attempts_pkey PRIMARY KEY (state_hash);

--
-- Name: operator_troubles operator_troubles_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.operator_troubles
    ADD CONSTRAINT operator_troubles_pkey PRIMARY KEY (provider, kind);

--
-- Name: people people_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_pkey PRIMARY KEY (id);

--
-- Name: provider_budgets provider_budgets_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.provider_budgets
    ADD CONSTRAINT provider_budgets_pkey PRIMARY KEY (key);

--
-- Name: provider_circuits provider_circuits_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.provider_circuits
    ADD CONSTRAINT provider_circuits_pkey PRIMARY KEY (provider, operation);

--
-- Name: provider_licences provider_licences_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.provider_licences
    ADD CONSTRAINT provider_licences_pkey PRIMARY KEY (provider, account_user_id);

--
-- Name: provider_plans provider_plans_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.provider_plans
    ADD CONSTRAINT provider_plans_pkey PRIMARY KEY (provider, organisation_id);

--
-- Name: reminders reminders_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.reminders
    ADD CONSTRAINT reminders_pkey PRIMARY KEY (session_id, kind, revision);

--
-- Name: retired_video_provider_connections retired_video_provider_connec_tutor_id_provider_account_use_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.retired_video_provider_connections
    ADD CONSTRAINT retired_video_provider_connec_tutor_id_provider_account_use_key UNIQUE (tutor_id, provider, account_user_id);

--
-- Name: retired_video_provider_connections retired_video_provider_connections_grant_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.retired_video_provider_connections
    ADD CONSTRAINT retired_video_provider_connections_grant_id_key UNIQUE (grant_id);

--
-- Name: retired_video_provider_connections retired_video_provider_connections_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.retired_video_provider_connections
    ADD CONSTRAINT retired_video_provider_connections_pkey PRIMARY KEY (id);

--
-- Name: session_joins session_joins_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.session_joins
    ADD CONSTRAINT session_joins_pkey PRIMARY KEY (id);

--
-- Name: sessions sessions_do_not_overlap; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_do_not_overlap EXCLUDE USING gist (tutor_id WITH =, tstzrange(scheduled_start_at, scheduled_end_at) WITH &&) WHERE ((status = ANY (ARRAY['SCHEDULED'::text, 'JOIN_OPEN'::text])));

--
-- Name: sessions sessions_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);

--
-- Name: tutor_students tutor_students_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tutor_students
    ADD CONSTRAINT tutor_students_pkey PRIMARY KEY (tutor_id, student_id);

--
-- Name: tutor_video_provider_connections tutor_video_provider_connections_grant_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tutor_video_provider_connections
    ADD CONSTRAINT tutor_video_provider_connections_grant_id_key UNIQUE (grant_id);

--
-- Name: tutor_video_provider_connections tutor_video_provider_connections_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tutor_video_provider_connections
    ADD CONSTRAINT tutor_video_provider_connections_pkey PRIMARY KEY (id);

--
-- Name: tutor_video_provider_connections tutor_video_provider_connections_tutor_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tutor_video_provider_connections
    ADD CONSTRAINT tutor_video_provider_connections_tutor_id_key UNIQUE (tutor_id);

--
-- Name: account_user; Type: INDEX; Schema: identity; Owner: -
--

CREATE INDEX account_user ON identity.account USING btree (user_id);

--
-- Name: sign_in_user; Type: INDEX; Schema: identity; Owner: -
--

CREATE INDEX sign_in_user ON identity.session USING btree (user_id);

--
-- Name: verification_identifier; Type: INDEX; Schema: identity; Owner: -
--

CREATE INDEX verification_identifier ON identity.verification USING btree (identifier);

--
-- Name: asks_about_student; Type: INDEX; Schema: private; Owner: -
--

CREATE INDEX asks_about_student ON private.asks USING btree (student_id) WHERE (student_id IS NOT NULL);

--
-- Name: asks_of_asker; Type: INDEX; Schema: private; Owner: -
--

CREATE INDEX asks_of_asker ON private.asks USING btree (asker_id);

--
-- Name: asks_of_mailbox; Type: INDEX; Schema: private; Owner: -
--

CREATE INDEX asks_of_mailbox ON private.asks USING btree (mailbox) WHERE (ended_at IS NULL);

--
-- Name: confirmations_person; Type: INDEX; Schema: private; Owner: -
--

CREATE INDEX confirmations_person ON private.confirmations USING btree (person_id);

--
-- Name: links_in_mail; Type: INDEX; Schema: private; Owner: -
--

CREATE INDEX links_in_mail ON private.answer_links USING btree (mail_id);

--
-- Name: links_of_ask; Type: INDEX; Schema: private; Owner: -
--

CREATE INDEX links_of_ask ON private.answer_links USING btree (ask_id);

--
-- Name: links_to_mailbox; Type: INDEX; Schema: private; Owner: -
--

CREATE INDEX links_to_mailbox ON private.answer_links USING btree (mailbox_hash);

--
-- Name: mail_lessons_of_session; Type: INDEX; Schema: private; Owner: -
--

CREATE INDEX mail_lessons_of_session ON private.mail_lessons USING btree (session_id);

--
-- Name: mail_texts_to; Type: INDEX; Schema: private; Owner: -
--

CREATE INDEX mail_texts_to ON private.mail_texts USING btree (to_email);

--
-- Name: mail_texts_whole; Type: INDEX; Schema: private; Owner: -
--

CREATE INDEX mail_texts_whole ON private.mail_texts USING btree (mail_id) WHERE (text_body IS NOT NULL);

--
-- Name: one_ask_of_a_kind; Type: INDEX; Schema: private; Owner: -
--

CREATE UNIQUE INDEX one_ask_of_a_kind ON private.asks USING btree (asker_id, kind, student_id) NULLS NOT DISTINCT WHERE (ended_at IS NULL);

--
-- Name: outage_tutors_mail; Type: INDEX; Schema: private; Owner: -
--

CREATE INDEX outage_tutors_mail ON private.outage_tutors USING btree (mail_id) WHERE (mail_id IS NOT NULL);

--
-- Name: outage_tutors_to_look_at; Type: INDEX; Schema: private; Owner: -
--

CREATE INDEX outage_tutors_to_look_at ON private.outage_tutors USING btree (outage_id, first_start) WHERE (looked_at IS NULL);

--
-- Name: outage_tutors_to_tell; Type: INDEX; Schema: private; Owner: -
--

CREATE INDEX outage_tutors_to_tell ON private.outage_tutors USING btree (outage_id, first_start) WHERE ((told_at IS NOT NULL) AND (over_told_at IS NULL));

--
-- Name: outage_tutors_tutor; Type: INDEX; Schema: private; Owner: -
--

CREATE INDEX outage_tutors_tutor ON private.outage_tutors USING btree (tutor_id);

--
-- Name: outages_declared_by; Type: INDEX; Schema: private; Owner: -
--

CREATE INDEX outages_declared_by ON private.outages USING btree (declared_by) WHERE (declared_by IS NOT NULL);

--
-- Name: outages_newest; Type: INDEX; Schema: private; Owner: -
--

CREATE INDEX outages_newest ON private.outages USING btree (provider, declared_at DESC);

--
-- Name: outages_under_way; Type: INDEX; Schema: private; Owner: -
--

CREATE UNIQUE INDEX outages_under_way ON private.outages USING btree (provider) WHERE (over_at IS NULL);

--
-- Name: questions_to_mailbox; Type: INDEX; Schema: private; Owner: -
--

CREATE INDEX questions_to_mailbox ON private.questions USING btree (mailbox_hash, asked_at);

--
-- Name: refusals_told_to; Type: INDEX; Schema: private; Owner: -
--

CREATE INDEX refusals_told_to ON private.refusals_told USING btree (tutor_id);

--
-- Name: tutors_to_look_at_tutor; Type: INDEX; Schema: private; Owner: -
--

CREATE INDEX tutors_to_look_at_tutor ON private.tutors_to_look_at USING btree (tutor_id);

--
-- Name: bookings_student; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bookings_student ON public.bookings USING btree (student_id, starts_at);

--
-- Name: bookings_tutor; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bookings_tutor ON public.bookings USING btree (tutor_id, starts_at);

--
-- Name: bookings_without_wall_clock; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bookings_without_wall_clock ON public.bookings USING btree (id) WHERE (starts_local IS NULL);

--
-- Name: budgets_of_day; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX budgets_of_day ON public.provider_budgets USING btree (day);

--
-- Name: change_requests_of_session; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX change_requests_of_session ON public.change_requests USING btree (session_id, created_at);

--
-- Name: change_requests_student; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX change_requests_student ON public.change_requests USING btree (student_id);

--
-- Name: change_requests_tutor; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX change_requests_tutor ON public.change_requests USING btree (tutor_id);

--
-- Name: connection_events_of_tutor; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX connection_events_of_tutor ON public.connection_events USING btree (tutor_id, at DESC);

--
-- Name: connections_to_renew; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX connections_to_renew ON public.tutor_video_provider_connections USING btree (provider, updated_at) WHERE (connection_status = 'needs_reconnect'::text);

--
-- Name: lesson_messages_of_booking; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX lesson_messages_of_booking ON public.lesson_messages USING btree (booking_id, created_at);

--
-- Name: lesson_messages_of_session; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX lesson_messages_of_session ON public.lesson_messages USING btree (session_id, created_at) WHERE (session_id IS NOT NULL);

--
-- Name: lesson_messages_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX lesson_messages_person ON public.lesson_messages USING btree (person_id);

--
-- Name: limited_uses_newest; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX limited_uses_newest ON public.limited_uses USING btree (rule, whose, used_at DESC);

--
-- Name: limited_uses_over; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX limited_uses_over ON public.limited_uses USING btree (counts_until);

--
-- Name: mails_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mails_due ON public.mails USING btree (next_attempt_at) WHERE (status = 'queued'::text);

--
-- Name: mails_given_up; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mails_given_up ON public.mails USING btree (next_attempt_at) WHERE (status = ANY (ARRAY['failed'::text, 'dropped'::text]));

--
-- Name: mails_of_booking; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mails_of_booking ON public.mails USING btree (booking_id) WHERE (booking_id IS NOT NULL);

--
-- Name: mails_of_change_request; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mails_of_change_request ON public.mails USING btree (change_request_id) WHERE (change_request_id IS NOT NULL);

--
-- Name: mails_of_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mails_of_person ON public.mails USING btree (person_id) WHERE (status = 'queued'::text);

--
-- Name: mails_sent; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mails_sent ON public.mails USING btree (sent_at) WHERE (sent_at IS NOT NULL);

--
-- Name: mails_to_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mails_to_person ON public.mails USING btree (person_id);

--
-- Name: meetings_at_work; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX meetings_at_work ON public.meetings USING btree (tutor_id) WHERE (state = ANY (ARRAY['intended'::text, 'deleting'::text]));

--
-- Name: meetings_check; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX meetings_check ON public.meetings USING btree (check_at) WHERE ((check_at IS NOT NULL) AND (state = 'live'::text));

--
-- Name: meetings_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX meetings_due ON public.meetings USING btree (GREATEST(next_attempt_at, lease_until,
CASE state
    WHEN 'superseded'::text THEN delete_after
    ELSE NULL::timestamp with time zone
END)) WHERE ((state = ANY (ARRAY['intended'::text, 'live'::text, 'superseded'::text, 'deleting'::text])) AND (GREATEST(next_attempt_at, lease_until,
CASE state
    WHEN 'superseded'::text THEN delete_after
    ELSE NULL::timestamp with time zone
END) IS NOT NULL));

--
-- Name: meetings_external; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX meetings_external ON public.meetings USING btree (external_id) WHERE (external_id IS NOT NULL);

--
-- Name: meetings_grant; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX meetings_grant ON public.meetings USING btree (grant_id, state);

--
-- Name: meetings_open; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX meetings_open ON public.meetings USING btree (tutor_id, state) WHERE (state = ANY (ARRAY['intended'::text, 'live'::text, 'superseded'::text, 'deleting'::text]));

--
-- Name: meetings_orphan_scan; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX meetings_orphan_scan ON public.meetings USING btree (orphan_scan_at) WHERE (orphan_scan_at IS NOT NULL);

--
-- Name: meetings_session; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX meetings_session ON public.meetings USING btree (session_id, created_at);

--
-- Name: meetings_to_delete; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX meetings_to_delete ON public.meetings USING btree (delete_after) WHERE (state = 'superseded'::text);

--
-- Name: meetings_tutor; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX meetings_tutor ON public.meetings USING btree (tutor_id);

--
-- Name: migration_sessions_failed; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX migration_sessions_failed ON public.migration_sessions USING btree (migration_id) WHERE (state = 'failed'::text);

--
-- Name: migration_sessions_from; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX migration_sessions_from ON public.migration_sessions USING btree (from_meeting_id);

--
-- Name: migration_sessions_session; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX migration_sessions_session ON public.migration_sessions USING btree (session_id);

--
-- Name: migration_sessions_to; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX migration_sessions_to ON public.migration_sessions USING btree (to_meeting_id);

--
-- Name: migration_sessions_tutor; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX migration_sessions_tutor ON public.migration_sessions USING btree (tutor_id);

--
-- Name: migrations_created_by; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX migrations_created_by ON public.migrations USING btree (created_by);

--
-- Name: migrations_finished; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX migrations_finished ON public.migrations USING btree (finished_at);

--
-- Name: migrations_of_migration; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX migrations_of_migration ON public.migrations USING btree (of_migration_id) WHERE (of_migration_id IS NOT NULL);

--
-- Name: notes_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX notes_person ON public.notes USING btree (person_id);

--
-- Name: notes_session; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX notes_session ON public.notes USING btree (session_id);

--
-- Name: oauth_attempts_expiry; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX oauth_attempts_expiry ON public.oauth_attempts USING btree (expires_at);

--
-- Name: oauth_attempts_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX oauth_attempts_person ON public.oauth_attempts USING btree (person_id);

--
-- Name: one_intended_meeting_per_desired_state; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX one_intended_meeting_per_desired_state ON public.meetings USING btree (session_id, grant_id, generation, revision) WHERE (state = 'intended'::text);

--
-- Name: one_live_meeting_per_session; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX one_live_meeting_per_session ON public.meetings USING btree (session_id) WHERE (state = 'live'::text);

--
-- Name: one_open_change_request; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX one_open_change_request ON public.change_requests USING btree (session_id) WHERE (status = 'open'::text);

--
-- Name: one_open_migration_per_tutor; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX one_open_migration_per_tutor ON public.migrations USING btree (tutor_id) WHERE (status = ANY (ARRAY['running'::text, 'waiting'::text]));

--
-- Name: one_tutor_per_zoom_account; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX one_tutor_per_zoom_account ON public.tutor_video_provider_connections USING btree (account_user_id) WHERE ((provider = 'zoom'::text) AND (connection_status <> 'disconnected'::text));

--
-- Name: one_unseen_note_per_lesson; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX one_unseen_note_per_lesson ON public.notes USING btree (person_id, session_id, kind) WHERE (seen_at IS NULL);

--
-- Name: open_change_requests_of_tutor; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX open_change_requests_of_tutor ON public.change_requests USING btree (tutor_id) WHERE (status = 'open'::text);

--
-- Name: people_unconfirmed; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX people_unconfirmed ON public.people USING btree (created_at) WHERE ((confirmed_at IS NULL) AND (NOT signed_up_unasked));

--
-- Name: retired_grants_with_tokens; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX retired_grants_with_tokens ON public.retired_video_provider_connections USING btree (tutor_id) WHERE (erased_at IS NULL);

--
-- Name: session_joins_meeting; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX session_joins_meeting ON public.session_joins USING btree (meeting_id);

--
-- Name: session_joins_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX session_joins_person ON public.session_joins USING btree (person_id);

--
-- Name: session_joins_session; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX session_joins_session ON public.session_joins USING btree (session_id, joined_at);

--
-- Name: sessions_booking; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sessions_booking ON public.sessions USING btree (booking_id);

--
-- Name: sessions_by_end; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sessions_by_end ON public.sessions USING btree (scheduled_end_at) WHERE (status = ANY (ARRAY['SCHEDULED'::text, 'JOIN_OPEN'::text]));

--
-- Name: sessions_by_start; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sessions_by_start ON public.sessions USING btree (scheduled_start_at) WHERE (status = ANY (ARRAY['SCHEDULED'::text, 'JOIN_OPEN'::text]));

--
-- Name: sessions_future; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sessions_future ON public.sessions USING btree (tutor_id, scheduled_start_at) WHERE (status = ANY (ARRAY['SCHEDULED'::text, 'JOIN_OPEN'::text]));

--
-- Name: sessions_meeting; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sessions_meeting ON public.sessions USING btree (meeting_id);

--
-- Name: sessions_open; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sessions_open ON public.sessions USING btree (scheduled_end_at) WHERE (status = 'JOIN_OPEN'::text);

--
-- Name: sessions_student; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sessions_student ON public.sessions USING btree (student_id, scheduled_start_at);

--
-- Name: sessions_to_open; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sessions_to_open ON public.sessions USING btree (scheduled_start_at) WHERE (status = 'SCHEDULED'::text);

--
-- Name: sessions_to_tell; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sessions_to_tell ON public.sessions USING btree (scheduled_start_at, tutor_id) WHERE ((status = ANY (ARRAY['SCHEDULED'::text, 'JOIN_OPEN'::text])) AND (provider IS NOT NULL) AND ((provider IS DISTINCT FROM student_notified_provider) OR (provider IS DISTINCT FROM tutor_notified_provider)));

--
-- Name: sessions_tutor; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sessions_tutor ON public.sessions USING btree (tutor_id, scheduled_start_at);

--
-- Name: sessions_with_news; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sessions_with_news ON public.sessions USING btree (tutor_id) WHERE ((status = ANY (ARRAY['SCHEDULED'::text, 'JOIN_OPEN'::text])) AND ((provider IS DISTINCT FROM student_notified_provider) OR (provider IS DISTINCT FROM tutor_notified_provider)));

--
-- Name: sessions_without_room; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sessions_without_room ON public.sessions USING btree (scheduled_start_at) WHERE ((status = ANY (ARRAY['SCHEDULED'::text, 'JOIN_OPEN'::text])) AND (join_url IS NULL));

--
-- Name: sessions_without_wall_clock; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sessions_without_wall_clock ON public.sessions USING btree (id) WHERE (starts_local IS NULL);

--
-- Name: tutors_of_student; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX tutors_of_student ON public.tutor_students USING btree (student_id);

--
-- Name: account password_changed; Type: TRIGGER; Schema: identity; Owner: -
--

CREATE TRIGGER password_changed AFTER UPDATE OF password ON identity.account FOR EACH ROW WHEN ((old.password IS DISTINCT FROM new.password)) EXECUTE FUNCTION identity.password_changed();

--
-- Name: user person_signed_up; Type: TRIGGER; Schema: identity; Owner: -
--

CREATE TRIGGER person_signed_up AFTER INSERT ON identity."user" FOR EACH ROW EXECUTE FUNCTION identity.person_signed_up();

--
-- Name: bookings booking_time_in_bounds; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER booking_time_in_bounds BEFORE INSERT OR UPDATE OF starts_at ON public.bookings FOR EACH ROW EXECUTE FUNCTION private.booking_time_in_bounds();

--
-- Name: tutor_video_provider_connections connection_changed; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER connection_changed AFTER INSERT OR UPDATE ON public.tutor_video_provider_connections FOR EACH ROW EXECUTE FUNCTION private.connection_changed();

--
-- Name: sessions lesson_time_in_bounds; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER lesson_time_in_bounds BEFORE INSERT OR UPDATE OF scheduled_start_at, scheduled_end_at ON public.sessions FOR EACH ROW EXECUTE FUNCTION private.lesson_time_in_bounds();

--
-- Name: tutor_video_provider_connections look_at_changed_connection; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER look_at_changed_connection AFTER UPDATE ON public.tutor_video_provider_connections FOR EACH ROW WHEN (((((old.tutor_id IS DISTINCT FROM new.tutor_id) OR (old.grant_id IS DISTINCT FROM new.grant_id)) OR (old.generation IS DISTINCT FROM new.generation)) OR (old.connection_status IS DISTINCT FROM new.connection_status))) EXECUTE FUNCTION private.look_at_tutor();

--
-- Name: sessions look_at_changed_lesson; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER look_at_changed_lesson AFTER UPDATE ON public.sessions FOR EACH ROW WHEN (((new.status = ANY (ARRAY['SCHEDULED'::text, 'JOIN_OPEN'::text])) AND ((old.status <> ALL (ARRAY['SCHEDULED'::text, 'JOIN_OPEN'::text])) OR (((((((old.tutor_id IS DISTINCT FROM new.tutor_id) OR (old.scheduled_end_at IS DISTINCT FROM new.scheduled_end_at)) OR (old.revision IS DISTINCT FROM new.revision)) OR (old.meeting_id IS DISTINCT FROM new.meeting_id)) OR (old.provider IS DISTINCT FROM new.provider)) OR (old.meeting_external_id IS DISTINCT FROM new.meeting_external_id)) OR (old.join_url IS DISTINCT FROM new.join_url))))) EXECUTE FUNCTION private.look_at_tutor();

--
-- Name: meetings look_at_changed_room; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER look_at_changed_room AFTER UPDATE ON public.meetings FOR EACH ROW WHEN (((old.state <> 'intended'::text) AND (((((((old.origin IS DISTINCT FROM new.origin) OR (old.grant_id IS DISTINCT FROM new.grant_id)) OR (old.generation IS DISTINCT FROM new.generation)) OR (old.revision IS DISTINCT FROM new.revision)) OR (old.provider IS DISTINCT FROM new.provider)) OR (old.external_id IS DISTINCT FROM new.external_id)) OR (old.join_url IS DISTINCT FROM new.join_url)))) EXECUTE FUNCTION private.look_at_tutor();

--
-- Name: tutor_video_provider_connections look_at_new_connection; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER look_at_new_connection AFTER INSERT ON public.tutor_video_provider_connections FOR EACH ROW EXECUTE FUNCTION private.look_at_tutor();

--
-- Name: sessions look_at_new_lesson; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER look_at_new_lesson AFTER INSERT ON public.sessions FOR EACH ROW WHEN ((new.status = ANY (ARRAY['SCHEDULED'::text, 'JOIN_OPEN'::text]))) EXECUTE FUNCTION private.look_at_tutor();

--
-- Name: account account_user_id_fkey; Type: FK CONSTRAINT; Schema: identity; Owner: -
--

ALTER TABLE ONLY identity.account
    ADD CONSTRAINT account_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity."user"(id) ON DELETE CASCADE;

--
-- Name: session session_user_id_fkey; Type: FK CONSTRAINT; Schema: identity; Owner: -
--

ALTER TABLE ONLY identity.session
    ADD CONSTRAINT session_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity."user"(id) ON DELETE CASCADE;

--
-- Name: addresses addresses_person_id_fkey; Type: FK CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.addresses
    ADD CONSTRAINT addresses_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id) ON DELETE CASCADE;

--
-- Name: answer_links answer_links_ask_id_fkey; Type: FK CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.answer_links
    ADD CONSTRAINT answer_links_ask_id_fkey FOREIGN KEY (ask_id) REFERENCES private.asks(id) ON DELETE SET NULL;

--
-- Name: answer_links answer_links_mail_id_fkey; Type: FK CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.answer_links
    ADD CONSTRAINT answer_links_mail_id_fkey FOREIGN KEY (mail_id) REFERENCES public.mails(id) ON DELETE SET NULL;

--
-- Name: asks asks_asker_id_fkey; Type: FK CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.asks
    ADD CONSTRAINT asks_asker_id_fkey FOREIGN KEY (asker_id) REFERENCES public.people(id) ON DELETE CASCADE;

--
-- Name: asks asks_student_id_fkey; Type: FK CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.asks
    ADD CONSTRAINT asks_student_id_fkey FOREIGN KEY (student_id) REFERENCES public.people(id) ON DELETE CASCADE;

--
-- Name: confirmations confirmations_person_id_fkey; Type: FK CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.confirmations
    ADD CONSTRAINT confirmations_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id) ON DELETE CASCADE;

--
-- Name: link_versions link_versions_person_id_fkey; Type: FK CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.link_versions
    ADD CONSTRAINT link_versions_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id) ON DELETE CASCADE;

--
-- Name: mail_lessons mail_lessons_mail_id_fkey; Type: FK CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.mail_lessons
    ADD CONSTRAINT mail_lessons_mail_id_fkey FOREIGN KEY (mail_id) REFERENCES public.mails(id) ON DELETE CASCADE;

--
-- Name: mail_lessons mail_lessons_session_id_fkey; Type: FK CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.mail_lessons
    ADD CONSTRAINT mail_lessons_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.sessions(id) ON DELETE CASCADE;

--
-- Name: mail_texts mail_texts_mail_id_fkey; Type: FK CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.mail_texts
    ADD CONSTRAINT mail_texts_mail_id_fkey FOREIGN KEY (mail_id) REFERENCES public.mails(id) ON DELETE CASCADE;

--
-- Name: meeting_passcodes meeting_passcodes_meeting_id_fkey; Type: FK CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.meeting_passcodes
    ADD CONSTRAINT meeting_passcodes_meeting_id_fkey FOREIGN KEY (meeting_id) REFERENCES public.meetings(id) ON DELETE CASCADE;

--
-- Name: outage_tutors outage_tutors_mail_id_fkey; Type: FK CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.outage_tutors
    ADD CONSTRAINT outage_tutors_mail_id_fkey FOREIGN KEY (mail_id) REFERENCES public.mails(id) ON DELETE SET NULL;

--
-- Name: outage_tutors outage_tutors_outage_id_fkey; Type: FK CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.outage_tutors
    ADD CONSTRAINT outage_tutors_outage_id_fkey FOREIGN KEY (outage_id) REFERENCES private.outages(id) ON DELETE CASCADE;

--
-- Name: outage_tutors outage_tutors_tutor_id_fkey; Type: FK CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.outage_tutors
    ADD CONSTRAINT outage_tutors_tutor_id_fkey FOREIGN KEY (tutor_id) REFERENCES public.people(id) ON DELETE CASCADE;

--
-- Name: outages outages_declared_by_fkey; Type: FK CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.outages
    ADD CONSTRAINT outages_declared_by_fkey FOREIGN KEY (declared_by) REFERENCES public.people(id) ON DELETE SET NULL;

--
-- Name: refusals_told refusals_told_email_fkey; Type: FK CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.refusals_told
    ADD CONSTRAINT refusals_told_email_fkey FOREIGN KEY (email) REFERENCES private.refused_addresses(email) ON DELETE CASCADE;

--
-- Name: refusals_told refusals_told_tutor_id_fkey; Type: FK CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.refusals_told
    ADD CONSTRAINT refusals_told_tutor_id_fkey FOREIGN KEY (tutor_id) REFERENCES public.people(id) ON DELETE CASCADE;

--
-- Name: bookings bookings_student_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bookings
    ADD CONSTRAINT bookings_student_id_fkey FOREIGN KEY (student_id) REFERENCES public.people(id);

--
-- Name: bookings bookings_tutor_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bookings
    ADD CONSTRAINT bookings_tutor_id_fkey FOREIGN KEY (tutor_id) REFERENCES public.people(id);

--
-- Name: calendar_feeds calendar_feeds_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calendar_feeds
    ADD CONSTRAINT calendar_feeds_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

--
-- Name: change_requests change_requests_session_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.change_requests
    ADD CONSTRAINT change_requests_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.sessions(id) ON DELETE CASCADE;

--
-- Name: change_requests change_requests_student_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.change_requests
    ADD CONSTRAINT change_requests_student_id_fkey FOREIGN KEY (student_id) REFERENCES public.people(id);

--
-- Name: change_requests change_requests_tutor_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.change_requests
    ADD CONSTRAINT change_requests_tutor_id_fkey FOREIGN KEY (tutor_id) REFERENCES public.people(id);

--
-- Name: connection_events connection_events_tutor_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.connection_events
    ADD CONSTRAINT connection_events_tutor_id_fkey FOREIGN KEY (tutor_id) REFERENCES public.people(id) ON DELETE CASCADE;

--
-- Name: lesson_messages lesson_messages_booking_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.lesson_messages
    ADD CONSTRAINT lesson_messages_booking_id_fkey FOREIGN KEY (booking_id) REFERENCES public.bookings(id) ON DELETE CASCADE;

--
-- Name: lesson_messages lesson_messages_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.lesson_messages
    ADD CONSTRAINT lesson_messages_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

--
-- Name: lesson_messages lesson_messages_session_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.lesson_messages
    ADD CONSTRAINT lesson_messages_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.sessions(id) ON DELETE CASCADE;

--
-- Name: mail_preferences mail_preferences_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mail_preferences
    ADD CONSTRAINT mail_preferences_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

--
-- Name: mails mails_booking_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mails
    ADD CONSTRAINT mails_booking_id_fkey FOREIGN KEY (booking_id) REFERENCES public.bookings(id) ON DELETE CASCADE;

--
-- Name: mails mails_change_request_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mails
    ADD CONSTRAINT mails_change_request_id_fkey FOREIGN KEY (change_request_id) REFERENCES public.change_requests(id) ON DELETE CASCADE;

--
-- Name: mails mails_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mails
    ADD CONSTRAINT mails_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id) ON DELETE SET NULL;

--
-- Name: meetings meetings_session_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.meetings
    ADD CONSTRAINT meetings_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.sessions(id);

--
-- Name: meetings meetings_tutor_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.meetings
    ADD CONSTRAINT meetings_tutor_id_fkey FOREIGN KEY (tutor_id) REFERENCES public.people(id);

--
-- Name: migration_sessions migration_sessions_from_meeting_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.migration_sessions
    ADD CONSTRAINT migration_sessions_from_meeting_id_fkey FOREIGN KEY (from_meeting_id) REFERENCES public.meetings(id);

--
-- Name: migration_sessions migration_sessions_migration_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.migration_sessions
    ADD CONSTRAINT migration_sessions_migration_id_fkey FOREIGN KEY (migration_id) REFERENCES public.migrations(id);

--
-- Name: migration_sessions migration_sessions_session_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.migration_sessions
    ADD CONSTRAINT migration_sessions_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.sessions(id);

--
-- Name: migration_sessions migration_sessions_to_meeting_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.migration_sessions
    ADD CONSTRAINT migration_sessions_to_meeting_id_fkey FOREIGN KEY (to_meeting_id) REFERENCES public.meetings(id);

--
-- Name: migration_sessions migration_sessions_tutor_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.migration_sessions
    ADD CONSTRAINT migration_sessions_tutor_id_fkey FOREIGN KEY (tutor_id) REFERENCES public.people(id);

--
-- Name: migrations migrations_created_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.migrations
    ADD CONSTRAINT migrations_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.people(id);

--
-- Name: migrations migrations_of_migration_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.migrations
    ADD CONSTRAINT migrations_of_migration_id_fkey FOREIGN KEY (of_migration_id) REFERENCES public.migrations(id);

--
-- Name: migrations migrations_tutor_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.migrations
    ADD CONSTRAINT migrations_tutor_id_fkey FOREIGN KEY (tutor_id) REFERENCES public.people(id);

--
-- Name: notes notes_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.notes
    ADD CONSTRAINT notes_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

--
-- Name: notes notes_session_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.notes
    ADD CONSTRAINT notes_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.sessions(id);

--
-- Name: oauth_attempts oauth_attempts_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.oauth_attempts
    ADD CONSTRAINT oauth_attempts_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

--
-- Name: reminders reminders_session_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.reminders
    ADD CONSTRAINT reminders_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.sessions(id);

--
-- Name: retired_video_provider_connections retired_video_provider_connections_tutor_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.retired_video_provider_connections
    ADD CONSTRAINT retired_video_provider_connections_tutor_id_fkey FOREIGN KEY (tutor_id) REFERENCES public.people(id);

--
-- Name: session_joins session_joins_meeting; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.session_joins
    ADD CONSTRAINT session_joins_meeting FOREIGN KEY (meeting_id) REFERENCES public.meetings(id);

--
-- Name: session_joins session_joins_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.session_joins
    ADD CONSTRAINT session_joins_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

--
-- Name: session_joins session_joins_session_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.session_joins
    ADD CONSTRAINT session_joins_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.sessions(id);

--
-- Name: sessions sessions_booking_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_booking_id_fkey FOREIGN KEY (booking_id) REFERENCES public.bookings(id);

--
-- Name: sessions sessions_meeting; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_meeting FOREIGN KEY (meeting_id) REFERENCES public.meetings(id);

--
-- Name: sessions sessions_student_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_student_id_fkey FOREIGN KEY (student_id) REFERENCES public.people(id);

--
-- Name: sessions sessions_tutor_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_tutor_id_fkey FOREIGN KEY (tutor_id) REFERENCES public.people(id);

--
-- Name: tutor_students tutor_students_student_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tutor_students
    ADD CONSTRAINT tutor_students_student_id_fkey FOREIGN KEY (student_id) REFERENCES public.people(id) ON DELETE CASCADE;

--
-- Name: tutor_students tutor_students_tutor_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tutor_students
    ADD CONSTRAINT tutor_students_tutor_id_fkey FOREIGN KEY (tutor_id) REFERENCES public.people(id) ON DELETE CASCADE;

--
-- Name: tutor_video_provider_connections tutor_video_provider_connections_tutor_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tutor_video_provider_connections
    ADD CONSTRAINT tutor_video_provider_connections_tutor_id_fkey FOREIGN KEY (tutor_id) REFERENCES public.people(id);

--
-- Name: addresses; Type: ROW SECURITY; Schema: private; Owner: -
--

ALTER TABLE private.addresses ENABLE ROW LEVEL SECURITY;

--
-- Name: answer_links; Type: ROW SECURITY; Schema: private; Owner: -
--

ALTER TABLE private.answer_links ENABLE ROW LEVEL SECURITY;

--
-- Name: asks; Type: ROW SECURITY; Schema: private; Owner: -
--

ALTER TABLE private.asks ENABLE ROW LEVEL SECURITY;

--
-- Name: canary; Type: ROW SECURITY; Schema: private; Owner: -
--

ALTER TABLE private.canary ENABLE ROW LEVEL SECURITY;

--
-- Name: confirmations; Type: ROW SECURITY; Schema: private; Owner: -
--

ALTER TABLE private.confirmations ENABLE ROW LEVEL SECURITY;

--
-- Name: duties; Type: ROW SECURITY; Schema: private; Owner: -
--

ALTER TABLE private.duties ENABLE ROW LEVEL SECURITY;

--
-- Name: installation_keys; Type: ROW SECURITY; Schema: private; Owner: -
--

ALTER TABLE private.installation_keys ENABLE ROW LEVEL SECURITY;

--
-- Name: link_versions; Type: ROW SECURITY; Schema: private; Owner: -
--

ALTER TABLE private.link_versions ENABLE ROW LEVEL SECURITY;

--
-- Name: mail_lessons; Type: ROW SECURITY; Schema: private; Owner: -
--

ALTER TABLE private.mail_lessons ENABLE ROW LEVEL SECURITY;

--
-- Name: mail_texts; Type: ROW SECURITY; Schema: private; Owner: -
--

ALTER TABLE private.mail_texts ENABLE ROW LEVEL SECURITY;

--
-- Name: mailboxes; Type: ROW SECURITY; Schema: private; Owner: -
--

ALTER TABLE private.mailboxes ENABLE ROW LEVEL SECURITY;

--
-- Name: meeting_passcodes; Type: ROW SECURITY; Schema: private; Owner: -
--

ALTER TABLE private.meeting_passcodes ENABLE ROW LEVEL SECURITY;

--
-- Name: outage_tutors; Type: ROW SECURITY; Schema: private; Owner: -
--

ALTER TABLE private.outage_tutors ENABLE ROW LEVEL SECURITY;

--
-- Name: outages; Type: ROW SECURITY; Schema: private; Owner: -
--

ALTER TABLE private.outages ENABLE ROW LEVEL SECURITY;

--
-- Name: questions; Type: ROW SECURITY; Schema: private; Owner: -
--

ALTER TABLE private.questions ENABLE ROW LEVEL SECURITY;

--
-- Name: refusals_told; Type: ROW SECURITY; Schema: private; Owner: -
--

ALTER TABLE private.refusals_told ENABLE ROW LEVEL SECURITY;

--
-- Name: refused_addresses; Type: ROW SECURITY; Schema: private; Owner: -
--

ALTER TABLE private.refused_addresses ENABLE ROW LEVEL SECURITY;

--
-- Name: addresses service; Type: POLICY; Schema: private; Owner: -
--

CREATE POLICY service ON private.addresses TO service_role USING (true) WITH CHECK (true);

--
-- Name: answer_links service; Type: POLICY; Schema: private; Owner: -
--

CREATE POLICY service ON private.answer_links TO service_role USING (true) WITH CHECK (true);

--
-- Name: asks service; Type: POLICY; Schema: private; Owner: -
--

CREATE POLICY service ON private.asks TO service_role USING (true) WITH CHECK (true);

--
-- Name: canary service; Type: POLICY; Schema: private; Owner: -
--

CREATE POLICY service ON private.canary TO service_role USING (true) WITH CHECK (true);

--
-- Name: confirmations service; Type: POLICY; Schema: private; Owner: -
--

CREATE POLICY service ON private.confirmations TO service_role USING (true) WITH CHECK (true);

--
-- Name: duties service; Type: POLICY; Schema: private; Owner: -
--

CREATE POLICY service ON private.duties TO service_role USING (true) WITH CHECK (true);

--
-- Name: installation_keys service; Type: POLICY; Schema: private; Owner: -
--

CREATE POLICY service ON private.installation_keys TO service_role USING (true) WITH CHECK (true);

--
-- Name: link_versions service; Type: POLICY; Schema: private; Owner: -
--

CREATE POLICY service ON private.link_versions TO service_role USING (true) WITH CHECK (true);

--
-- Name: mail_lessons service; Type: POLICY; Schema: private; Owner: -
--

CREATE POLICY service ON private.mail_lessons TO service_role USING (true) WITH CHECK (true);

--
-- Name: mail_texts service; Type: POLICY; Schema: private; Owner: -
--

CREATE POLICY service ON private.mail_texts TO service_role USING (true) WITH CHECK (true);

--
-- Name: mailboxes service; Type: POLICY; Schema: private; Owner: -
--

CREATE POLICY service ON private.mailboxes TO service_role USING (true) WITH CHECK (true);

--
-- Name: meeting_passcodes service; Type: POLICY; Schema: private; Owner: -
--

CREATE POLICY service ON private.meeting_passcodes TO service_role USING (true) WITH CHECK (true);

--
-- Name: outage_tutors service; Type: POLICY; Schema: private; Owner: -
--

CREATE POLICY service ON private.outage_tutors TO service_role USING (true) WITH CHECK (true);

--
-- Name: outages service; Type: POLICY; Schema: private; Owner: -
--

CREATE POLICY service ON private.outages TO service_role USING (true) WITH CHECK (true);

--
-- Name: questions service; Type: POLICY; Schema: private; Owner: -
--

CREATE POLICY service ON private.questions TO service_role USING (true) WITH CHECK (true);

--
-- Name: refusals_told service; Type: POLICY; Schema: private; Owner: -
--

CREATE POLICY service ON private.refusals_told TO service_role USING (true) WITH CHECK (true);

--
-- Name: refused_addresses service; Type: POLICY; Schema: private; Owner: -
--

CREATE POLICY service ON private.refused_addresses TO service_role USING (true) WITH CHECK (true);

--
-- Name: silences service; Type: POLICY; Schema: private; Owner: -
--

CREATE POLICY service ON private.silences TO service_role USING (true) WITH CHECK (true);

--
-- Name: tutors_to_look_at service; Type: POLICY; Schema: private; Owner: -
--

CREATE POLICY service ON private.tutors_to_look_at TO service_role USING (true) WITH CHECK (true);

--
-- Name: silences; Type: ROW SECURITY; Schema: private; Owner: -
--

ALTER TABLE private.silences ENABLE ROW LEVEL SECURITY;

--
-- Name: tutors_to_look_at; Type: ROW SECURITY; Schema: private; Owner: -
--

ALTER TABLE private.tutors_to_look_at ENABLE ROW LEVEL SECURITY;

--
-- Name: bookings; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.bookings ENABLE ROW LEVEL SECURITY;

--
-- Name: calendar_feeds; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.calendar_feeds ENABLE ROW LEVEL SECURITY;

--
-- Name: change_requests; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.change_requests ENABLE ROW LEVEL SECURITY;

--
-- Name: connection_events; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.connection_events ENABLE ROW LEVEL SECURITY;

--
-- Name: installation; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.installation ENABLE ROW LEVEL SECURITY;

--
-- Name: lesson_messages; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.lesson_messages ENABLE ROW LEVEL SECURITY;

--
-- Name: limited_uses; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.limited_uses ENABLE ROW LEVEL SECURITY;

--
-- Name: migrations lock_own; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY lock_own ON public.migrations FOR UPDATE TO authenticated USING ((tutor_id = ( SELECT auth.uid() AS uid))) WITH CHECK (false);

--
-- Name: tutor_video_provider_connections lock_own; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY lock_own ON public.tutor_video_provider_connections FOR UPDATE TO authenticated USING ((tutor_id = ( SELECT auth.uid() AS uid))) WITH CHECK (false);

--
-- Name: bookings lock_participants; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY lock_participants ON public.bookings FOR UPDATE TO authenticated USING (((( SELECT auth.uid() AS uid) = tutor_id) OR (( SELECT auth.uid() AS uid) = student_id))) WITH CHECK (false);

--
-- Name: sessions lock_participants; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY lock_participants ON public.sessions FOR UPDATE TO authenticated USING (((( SELECT auth.uid() AS uid) = tutor_id) OR (( SELECT auth.uid() AS uid) = student_id))) WITH CHECK (false);

--
-- Name: people lock_self; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY lock_self ON public.people FOR UPDATE TO authenticated USING ((id = ( SELECT auth.uid() AS uid))) WITH CHECK (false);

--
-- Name: mail_preferences; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.mail_preferences ENABLE ROW LEVEL SECURITY;

--
-- Name: mails; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.mails ENABLE ROW LEVEL SECURITY;

--
-- Name: meetings; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.meetings ENABLE ROW LEVEL SECURITY;

--
-- Name: migration_sessions; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.migration_sessions ENABLE ROW LEVEL SECURITY;

--
-- Name: migrations; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.migrations ENABLE ROW LEVEL SECURITY;

--
-- Name: notes; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.notes ENABLE ROW LEVEL SECURITY;

--
-- Name: oauth_attempts; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.oauth_attempts ENABLE ROW LEVEL SECURITY;

--
-- Name: operator_troubles; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.operator_troubles ENABLE ROW LEVEL SECURITY;

--
-- Name: calendar_feeds own; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own ON public.calendar_feeds FOR SELECT TO authenticated USING ((person_id = ( SELECT auth.uid() AS uid)));

--
-- Name: connection_events own; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own ON public.connection_events FOR SELECT TO authenticated USING ((tutor_id = ( SELECT auth.uid() AS uid)));

--
-- Name: mail_preferences own; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own ON public.mail_preferences FOR SELECT TO authenticated USING ((person_id = ( SELECT auth.uid() AS uid)));

--
-- Name: meetings own; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own ON public.meetings FOR SELECT TO authenticated USING ((tutor_id = ( SELECT auth.uid() AS uid)));

--
-- Name: migration_sessions own; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own ON public.migration_sessions FOR SELECT TO authenticated USING ((tutor_id = ( SELECT auth.uid() AS uid)));

--
-- Name: migrations own; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own ON public.migrations FOR SELECT TO authenticated USING ((tutor_id = ( SELECT auth.uid() AS uid)));

--
-- Name: notes own; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own ON public.notes FOR SELECT TO authenticated USING ((person_id = ( SELECT auth.uid() AS uid)));

--
-- Name: retired_video_provider_connections own; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own ON public.retired_video_provider_connections FOR SELECT TO authenticated USING ((tutor_id = ( SELECT auth.uid() AS uid)));

--
-- Name: tutor_students own; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own ON public.tutor_students FOR SELECT TO authenticated USING ((tutor_id = ( SELECT auth.uid() AS uid)));

--
-- Name: tutor_video_provider_connections own; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own ON public.tutor_video_provider_connections FOR SELECT TO authenticated USING ((tutor_id = ( SELECT auth.uid() AS uid)));

--
-- Name: bookings participants; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY participants ON public.bookings FOR SELECT TO authenticated USING (((( SELECT auth.uid() AS uid) = tutor_id) OR (( SELECT auth.uid() AS uid) = student_id)));

--
-- Name: change_requests participants; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY participants ON public.change_requests FOR SELECT TO authenticated USING (((( SELECT auth.uid() AS uid) = tutor_id) OR (( SELECT auth.uid() AS uid) = student_id)));

--
-- Name: lesson_messages participants; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY participants ON public.lesson_messages FOR SELECT TO authenticated USING ((EXISTS ( SELECT
   FROM public.bookings b
  WHERE ((b.id = lesson_messages.booking_id) AND ((( SELECT auth.uid() AS uid) = b.tutor_id) OR (( SELECT auth.uid() AS uid) = b.student_id))))));

--
-- Name: sessions participants; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY participants ON public.sessions FOR SELECT TO authenticated USING (((( SELECT auth.uid() AS uid) = tutor_id) OR (( SELECT auth.uid() AS uid) = student_id)));

--
-- Name: people; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.people ENABLE ROW LEVEL SECURITY;

--
-- Name: provider_budgets; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.provider_budgets ENABLE ROW LEVEL SECURITY;

--
-- Name: provider_circuits; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.provider_circuits ENABLE ROW LEVEL SECURITY;

--
-- Name: provider_licences; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.provider_licences ENABLE ROW LEVEL SECURITY;

--
-- Name: provider_plans; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.provider_plans ENABLE ROW LEVEL SECURITY;

--
-- Name: reminders; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.reminders ENABLE ROW LEVEL SECURITY;

--
-- Name: retired_video_provider_connections; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.retired_video_provider_connections ENABLE ROW LEVEL SECURITY;

--
-- Name: people seen; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY seen ON public.people FOR SELECT TO authenticated USING (((id = ( SELECT auth.uid() AS uid)) OR ((role = 'tutor'::text) AND (confirmed_at IS NOT NULL)) OR (id IN ( SELECT b.tutor_id
   FROM public.bookings b
  WHERE (b.student_id = ( SELECT auth.uid() AS uid)))) OR (id IN ( SELECT b.student_id
   FROM public.bookings b
  WHERE (b.tutor_id = ( SELECT auth.uid() AS uid)))) OR (id IN ( SELECT s.student_id
   FROM public.tutor_students s
  WHERE (s.tutor_id = ( SELECT auth.uid() AS uid))))));

--
-- Name: session_joins seen; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY seen ON public.session_joins FOR SELECT TO authenticated USING (((person_id = ( SELECT auth.uid() AS uid)) OR (EXISTS ( SELECT
   FROM public.sessions s
  WHERE ((s.id = session_joins.session_id) AND (s.tutor_id = ( SELECT auth.uid() AS uid)))))));

--
-- Name: bookings service; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY service ON public.bookings TO service_role USING (true) WITH CHECK (true);

--
-- Name: calendar_feeds service; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY service ON public.calendar_feeds TO service_role USING (true) WITH CHECK (true);

--
-- Name: change_requests service; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY service ON public.change_requests TO service_role USING (true) WITH CHECK (true);

--
-- Name: connection_events service; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY service ON public.connection_events TO service_role USING (true) WITH CHECK (true);

--
-- Name: installation service; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY service ON public.installation TO service_role USING (true) WITH CHECK (true);

--
-- Name: lesson_messages service; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY service ON public.lesson_messages TO service_role USING (true) WITH CHECK (true);

--
-- Name: limited_uses service; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY service ON public.limited_uses TO service_role USING (true) WITH CHECK (true);

--
-- Name: mail_preferences service; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY service ON public.mail_preferences TO service_role USING (true) WITH CHECK (true);

--
-- Name: mails service; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY service ON public.mails TO service_role USING (true) WITH CHECK (true);

--
-- Name: meetings service; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY service ON public.meetings TO service_role USING (true) WITH CHECK (true);

--
-- Name: migration_sessions service; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY service ON public.migration_sessions TO service_role USING (true) WITH CHECK (true);

--
-- Name: migrations service; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY service ON public.migrations TO service_role USING (true) WITH CHECK (true);

--
-- Name: notes service; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY service ON public.notes TO service_role USING (true) WITH CHECK (true);

--
-- Name: oauth_attempts service; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY service ON public.oauth_attempts TO service_role USING (true) WITH CHECK (true);

--
-- Name: operator_troubles service; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY service ON public.operator_troubles TO service_role USING (true) WITH CHECK (true);

--
-- Name: people service; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY service ON public.people TO service_role USING (true) WITH CHECK (true);

--
-- Name: provider_budgets service; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY service ON public.provider_budgets TO service_role USING (true) WITH CHECK (true);

--
-- Name: provider_circuits service; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY service ON public.provider_circuits TO service_role USING (true) WITH CHECK (true);

--
-- Name: provider_licences service; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY service ON public.provider_licences TO service_role USING (true) WITH CHECK (true);

--
-- Name: provider_plans service; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY service ON public.provider_plans TO service_role USING (true) WITH CHECK (true);

--
-- Name: reminders service; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY service ON public.reminders TO service_role USING (true) WITH CHECK (true);

--
-- Name: retired_video_provider_connections service; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY service ON public.retired_video_provider_connections TO service_role USING (true) WITH CHECK (true);

--
-- Name: session_joins service; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY service ON public.session_joins TO service_role USING (true) WITH CHECK (true);

--
-- Name: sessions service; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY service ON public.sessions TO service_role USING (true) WITH CHECK (true);

--
-- Name: tutor_students service; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY service ON public.tutor_students TO service_role USING (true) WITH CHECK (true);

--
-- Name: tutor_video_provider_connections service; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY service ON public.tutor_video_provider_connections TO service_role USING (true) WITH CHECK (true);

--
-- Name: session_joins; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.session_joins ENABLE ROW LEVEL SECURITY;

--
-- Name: sessions; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.sessions ENABLE ROW LEVEL SECURITY;

--
-- Name: tutor_students; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.tutor_students ENABLE ROW LEVEL SECURITY;

--
-- Name: tutor_video_provider_connections; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.tutor_video_provider_connections ENABLE ROW LEVEL SECURITY;

--
-- Name: SCHEMA private; Type: ACL; Schema: -; Owner: -
--

GRANT USAGE ON SCHEMA private TO service_role;

--
-- Name: SCHEMA public; Type: ACL; Schema: -; Owner: -
--

GRANT USAGE ON SCHEMA public TO anon;
GRANT USAGE ON SCHEMA public TO authenticated;
GRANT USAGE ON SCHEMA public TO service_role;

--
-- Name: FUNCTION password_changed(); Type: ACL; Schema: identity; Owner: -
--

REVOKE ALL ON FUNCTION identity.password_changed() FROM PUBLIC;

--
-- Name: FUNCTION person_signed_up(); Type: ACL; Schema: identity; Owner: -
--

REVOKE ALL ON FUNCTION identity.person_signed_up() FROM PUBLIC;

--
-- Name: FUNCTION booking_time_in_bounds(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.booking_time_in_bounds() FROM PUBLIC;

--
-- Name: FUNCTION connection_changed(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.connection_changed() FROM PUBLIC;

--
-- Name: FUNCTION lesson_time_in_bounds(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.lesson_time_in_bounds() FROM PUBLIC;

--
-- Name: FUNCTION look_at_tutor(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.look_at_tutor() FROM PUBLIC;

--
-- Name: TABLE addresses; Type: ACL; Schema: private; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE private.addresses TO service_role;

--
-- Name: TABLE answer_links; Type: ACL; Schema: private; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE private.answer_links TO service_role;

--
-- Name: TABLE asks; Type: ACL; Schema: private; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE private.asks TO service_role;

--
-- Name: TABLE canary; Type: ACL; Schema: private; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE private.canary TO service_role;

--
-- Name: TABLE confirmations; Type: ACL; Schema: private; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE private.confirmations TO service_role;

--
-- Name: TABLE duties; Type: ACL; Schema: private; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE private.duties TO service_role;

--
-- Name: TABLE installation_keys; Type: ACL; Schema: private; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE private.installation_keys TO service_role;

--
-- Name: TABLE link_versions; Type: ACL; Schema: private; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE private.link_versions TO service_role;

--
-- Name: TABLE mail_lessons; Type: ACL; Schema: private; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE private.mail_lessons TO service_role;

--
-- Name: TABLE mail_texts; Type: ACL; Schema: private; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE private.mail_texts TO service_role;

--
-- Name: TABLE mailboxes; Type: ACL; Schema: private; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE private.mailboxes TO service_role;

--
-- Name: TABLE meeting_passcodes; Type: ACL; Schema: private; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE private.meeting_passcodes TO service_role;

--
-- Name: TABLE outage_tutors; Type: ACL; Schema: private; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE private.outage_tutors TO service_role;

--
-- Name: TABLE outages; Type: ACL; Schema: private; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE private.outages TO service_role;

--
-- Name: TABLE questions; Type: ACL; Schema: private; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE private.questions TO service_role;

--
-- Name: TABLE refusals_told; Type: ACL; Schema: private; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE private.refusals_told TO service_role;

--
-- Name: TABLE refused_addresses; Type: ACL; Schema: private; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE private.refused_addresses TO service_role;

--
-- Name: TABLE silences; Type: ACL; Schema: private; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE private.silences TO service_role;

--
-- Name: TABLE tutors_to_look_at; Type: ACL; Schema: private; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE private.tutors_to_look_at TO service_role;

--
-- Name: TABLE bookings; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.bookings TO service_role;

--
-- Name: COLUMN bookings.id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(id) ON TABLE public.bookings TO authenticated;

--
-- Name: COLUMN bookings.tutor_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(tutor_id) ON TABLE public.bookings TO authenticated;

--
-- Name: COLUMN bookings.student_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(student_id) ON TABLE public.bookings TO authenticated;

--
-- Name: COLUMN bookings.subject; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(subject) ON TABLE public.bookings TO authenticated;

--
-- Name: COLUMN bookings.starts_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(starts_at) ON TABLE public.bookings TO authenticated;

--
-- Name: COLUMN bookings.duration_minutes; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(duration_minutes) ON TABLE public.bookings TO authenticated;

--
-- Name: COLUMN bookings.time_zone; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(time_zone) ON TABLE public.bookings TO authenticated;

--
-- Name: COLUMN bookings.repeat_weekly; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(repeat_weekly) ON TABLE public.bookings TO authenticated;

--
-- Name: COLUMN bookings.status; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(status) ON TABLE public.bookings TO authenticated;

--
-- Name: COLUMN bookings.decided_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(decided_at) ON TABLE public.bookings TO authenticated;

--
-- Name: COLUMN bookings.created_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(created_at) ON TABLE public.bookings TO authenticated;

--
-- Name: COLUMN bookings.updated_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(updated_at),UPDATE(updated_at) ON TABLE public.bookings TO authenticated;

--
-- Name: COLUMN bookings.starts_local; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(starts_local) ON TABLE public.bookings TO authenticated;

--
-- Name: COLUMN bookings.utc_offset; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(utc_offset) ON TABLE public.bookings TO authenticated;

--
-- Name: COLUMN bookings.origin; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(origin) ON TABLE public.bookings TO authenticated;

--
-- Name: TABLE calendar_feeds; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.calendar_feeds TO service_role;

--
-- Name: COLUMN calendar_feeds.person_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(person_id) ON TABLE public.calendar_feeds TO authenticated;

--
-- Name: COLUMN calendar_feeds.created_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(created_at) ON TABLE public.calendar_feeds TO authenticated;

--
-- Name: TABLE change_requests; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.change_requests TO service_role;

--
-- Name: COLUMN change_requests.id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(id) ON TABLE public.change_requests TO authenticated;

--
-- Name: COLUMN change_requests.session_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(session_id) ON TABLE public.change_requests TO authenticated;

--
-- Name: COLUMN change_requests.tutor_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(tutor_id) ON TABLE public.change_requests TO authenticated;

--
-- Name: COLUMN change_requests.student_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(student_id) ON TABLE public.change_requests TO authenticated;

--
-- Name: COLUMN change_requests.as_guardian; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(as_guardian) ON TABLE public.change_requests TO authenticated;

--
-- Name: COLUMN change_requests.starts_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(starts_at) ON TABLE public.change_requests TO authenticated;

--
-- Name: COLUMN change_requests.starts_local; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(starts_local) ON TABLE public.change_requests TO authenticated;

--
-- Name: COLUMN change_requests.utc_offset; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(utc_offset) ON TABLE public.change_requests TO authenticated;

--
-- Name: COLUMN change_requests.time_zone; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(time_zone) ON TABLE public.change_requests TO authenticated;

--
-- Name: COLUMN change_requests.message; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(message) ON TABLE public.change_requests TO authenticated;

--
-- Name: COLUMN change_requests.status; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(status) ON TABLE public.change_requests TO authenticated;

--
-- Name: COLUMN change_requests.answer; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(answer) ON TABLE public.change_requests TO authenticated;

--
-- Name: COLUMN change_requests.created_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(created_at) ON TABLE public.change_requests TO authenticated;

--
-- Name: COLUMN change_requests.decided_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(decided_at) ON TABLE public.change_requests TO authenticated;

--
-- Name: TABLE connection_events; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.connection_events TO service_role;

--
-- Name: COLUMN connection_events.id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(id) ON TABLE public.connection_events TO authenticated;

--
-- Name: COLUMN connection_events.tutor_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(tutor_id) ON TABLE public.connection_events TO authenticated;

--
-- Name: COLUMN connection_events.kind; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(kind) ON TABLE public.connection_events TO authenticated;

--
-- Name: COLUMN connection_events.provider; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(provider) ON TABLE public.connection_events TO authenticated;

--
-- Name: COLUMN connection_events.account_email; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(account_email) ON TABLE public.connection_events TO authenticated;

--
-- Name: COLUMN connection_events.checked; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(checked) ON TABLE public.connection_events TO authenticated;

--
-- Name: COLUMN connection_events.repaired; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(repaired) ON TABLE public.connection_events TO authenticated;

--
-- Name: COLUMN connection_events.at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(at) ON TABLE public.connection_events TO authenticated;

--
-- Name: TABLE installation; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.installation TO service_role;

--
-- Name: COLUMN installation.uid_host; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(uid_host) ON TABLE public.installation TO service_role;

--
-- Name: TABLE lesson_messages; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lesson_messages TO service_role;

--
-- Name: COLUMN lesson_messages.id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(id) ON TABLE public.lesson_messages TO authenticated;

--
-- Name: COLUMN lesson_messages.booking_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(booking_id) ON TABLE public.lesson_messages TO authenticated;

--
-- Name: COLUMN lesson_messages.session_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(session_id) ON TABLE public.lesson_messages TO authenticated;

--
-- Name: COLUMN lesson_messages.person_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(person_id) ON TABLE public.lesson_messages TO authenticated;

--
-- Name: COLUMN lesson_messages.said_with; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(said_with) ON TABLE public.lesson_messages TO authenticated;

--
-- Name: COLUMN lesson_messages.text; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(text) ON TABLE public.lesson_messages TO authenticated;

--
-- Name: COLUMN lesson_messages.created_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(created_at) ON TABLE public.lesson_messages TO authenticated;

--
-- Name: TABLE limited_uses; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.limited_uses TO service_role;

--
-- Name: TABLE mail_preferences; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.mail_preferences TO service_role;

--
-- Name: COLUMN mail_preferences.person_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(person_id) ON TABLE public.mail_preferences TO authenticated;

--
-- Name: COLUMN mail_preferences.remind_day; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(remind_day) ON TABLE public.mail_preferences TO authenticated;

--
-- Name: COLUMN mail_preferences.remind_hour; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(remind_hour) ON TABLE public.mail_preferences TO authenticated;

--
-- Name: COLUMN mail_preferences.room_news; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(room_news) ON TABLE public.mail_preferences TO authenticated;

--
-- Name: TABLE mails; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.mails TO service_role;

--
-- Name: TABLE meetings; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.meetings TO service_role;

--
-- Name: COLUMN meetings.id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(id) ON TABLE public.meetings TO authenticated;

--
-- Name: COLUMN meetings.tutor_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(tutor_id) ON TABLE public.meetings TO authenticated;

--
-- Name: COLUMN meetings.session_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(session_id) ON TABLE public.meetings TO authenticated;

--
-- Name: COLUMN meetings.origin; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(origin) ON TABLE public.meetings TO authenticated;

--
-- Name: COLUMN meetings.provider; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(provider) ON TABLE public.meetings TO authenticated;

--
-- Name: COLUMN meetings.state; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(state) ON TABLE public.meetings TO authenticated;

--
-- Name: COLUMN meetings.title; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(title) ON TABLE public.meetings TO authenticated;

--
-- Name: COLUMN meetings.starts_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(starts_at) ON TABLE public.meetings TO authenticated;

--
-- Name: COLUMN meetings.duration_minutes; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(duration_minutes) ON TABLE public.meetings TO authenticated;

--
-- Name: COLUMN meetings.external_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(external_id) ON TABLE public.meetings TO authenticated;

--
-- Name: COLUMN meetings.join_url; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(join_url) ON TABLE public.meetings TO authenticated;

--
-- Name: COLUMN meetings.created_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(created_at) ON TABLE public.meetings TO authenticated;

--
-- Name: COLUMN meetings.live_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(live_at) ON TABLE public.meetings TO authenticated;

--
-- Name: COLUMN meetings.superseded_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(superseded_at) ON TABLE public.meetings TO authenticated;

--
-- Name: COLUMN meetings.closed_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(closed_at) ON TABLE public.meetings TO authenticated;

--
-- Name: TABLE migration_sessions; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.migration_sessions TO service_role;

--
-- Name: COLUMN migration_sessions.migration_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(migration_id) ON TABLE public.migration_sessions TO authenticated;

--
-- Name: COLUMN migration_sessions.session_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(session_id) ON TABLE public.migration_sessions TO authenticated;

--
-- Name: COLUMN migration_sessions.tutor_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(tutor_id) ON TABLE public.migration_sessions TO authenticated;

--
-- Name: COLUMN migration_sessions."position"; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT("position") ON TABLE public.migration_sessions TO authenticated;

--
-- Name: COLUMN migration_sessions.state; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(state) ON TABLE public.migration_sessions TO authenticated;

--
-- Name: COLUMN migration_sessions.from_meeting_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(from_meeting_id) ON TABLE public.migration_sessions TO authenticated;

--
-- Name: COLUMN migration_sessions.to_meeting_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(to_meeting_id) ON TABLE public.migration_sessions TO authenticated;

--
-- Name: COLUMN migration_sessions.attempts; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(attempts) ON TABLE public.migration_sessions TO authenticated;

--
-- Name: COLUMN migration_sessions.next_attempt_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(next_attempt_at) ON TABLE public.migration_sessions TO authenticated;

--
-- Name: COLUMN migration_sessions.error_code; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(error_code) ON TABLE public.migration_sessions TO authenticated;

--
-- Name: COLUMN migration_sessions.error_detail; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(error_detail) ON TABLE public.migration_sessions TO authenticated;

--
-- Name: COLUMN migration_sessions.started_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(started_at) ON TABLE public.migration_sessions TO authenticated;

--
-- Name: COLUMN migration_sessions.finished_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(finished_at) ON TABLE public.migration_sessions TO authenticated;

--
-- Name: TABLE migrations; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.migrations TO service_role;

--
-- Name: COLUMN migrations.id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(id) ON TABLE public.migrations TO authenticated;

--
-- Name: COLUMN migrations.tutor_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(tutor_id) ON TABLE public.migrations TO authenticated;

--
-- Name: COLUMN migrations.generation; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(generation) ON TABLE public.migrations TO authenticated;

--
-- Name: COLUMN migrations.kind; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(kind) ON TABLE public.migrations TO authenticated;

--
-- Name: COLUMN migrations.status; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(status) ON TABLE public.migrations TO authenticated;

--
-- Name: COLUMN migrations.from_provider; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(from_provider) ON TABLE public.migrations TO authenticated;

--
-- Name: COLUMN migrations.to_provider; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(to_provider) ON TABLE public.migrations TO authenticated;

--
-- Name: COLUMN migrations.from_grant_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(from_grant_id) ON TABLE public.migrations TO authenticated;

--
-- Name: COLUMN migrations.to_grant_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(to_grant_id) ON TABLE public.migrations TO authenticated;

--
-- Name: COLUMN migrations.of_migration_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(of_migration_id) ON TABLE public.migrations TO authenticated;

--
-- Name: COLUMN migrations.created_by; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(created_by) ON TABLE public.migrations TO authenticated;

--
-- Name: COLUMN migrations.total; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(total) ON TABLE public.migrations TO authenticated;

--
-- Name: COLUMN migrations.waiting_until; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(waiting_until) ON TABLE public.migrations TO authenticated;

--
-- Name: COLUMN migrations.settled_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(settled_at) ON TABLE public.migrations TO authenticated;

--
-- Name: COLUMN migrations.undo_until; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(undo_until) ON TABLE public.migrations TO authenticated;

--
-- Name: COLUMN migrations.finished_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(finished_at) ON TABLE public.migrations TO authenticated;

--
-- Name: COLUMN migrations.created_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(created_at) ON TABLE public.migrations TO authenticated;

--
-- Name: COLUMN migrations.updated_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(updated_at),UPDATE(updated_at) ON TABLE public.migrations TO authenticated;

--
-- Name: TABLE notes; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notes TO service_role;

--
-- Name: COLUMN notes.id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(id) ON TABLE public.notes TO authenticated;

--
-- Name: COLUMN notes.person_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(person_id) ON TABLE public.notes TO authenticated;

--
-- Name: COLUMN notes.session_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(session_id) ON TABLE public.notes TO authenticated;

--
-- Name: COLUMN notes.kind; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(kind) ON TABLE public.notes TO authenticated;

--
-- Name: COLUMN notes.from_provider; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(from_provider) ON TABLE public.notes TO authenticated;

--
-- Name: COLUMN notes.to_provider; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(to_provider) ON TABLE public.notes TO authenticated;

--
-- Name: COLUMN notes.created_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(created_at) ON TABLE public.notes TO authenticated;

--
-- Name: COLUMN notes.seen_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(seen_at) ON TABLE public.notes TO authenticated;

--
-- Name: TABLE oauth_attempts; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.oauth_attempts TO service_role;

--
-- Name: TABLE operator_troubles; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.operator_troubles TO service_role;

--
-- Name: TABLE people; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.people TO service_role;

--
-- Name: COLUMN people.id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(id) ON TABLE public.people TO authenticated;

--
-- Name: COLUMN people.name; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(name) ON TABLE public.people TO authenticated;

--
-- Name: COLUMN people.role; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(role) ON TABLE public.people TO authenticated;

--
-- Name: COLUMN people.time_zone; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(time_zone) ON TABLE public.people TO authenticated;

--
-- Name: COLUMN people.created_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(created_at) ON TABLE public.people TO authenticated;

--
-- Name: COLUMN people.updated_at; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(updated_at) ON TABLE public.people TO authenticated;

--
-- Name: COLUMN people.has_account; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(has_account) ON TABLE public.people TO authenticated;

--
-- Name: COLUMN people.cancel_until_hours; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(cancel_until_hours) ON TABLE public.people TO authenticated;

--
-- Name: TABLE provider_budgets; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.provider_budgets TO service_role;

--
-- Name: TABLE provider_circuits; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.provider_circuits TO service_role;

--
-- Name: TABLE provider_licences; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.provider_licences TO service_role;

--
-- Name: TABLE provider_plans; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.provider_plans TO service_role;

--
-- Name: TABLE reminders; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.reminders TO service_role;

--
-- Name: TABLE retired_video_provider_connections; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.retired_video_provider_connections TO service_role;

--
-- Name: COLUMN retired_video_provider_connections.id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(id) ON TABLE public.retired_video_provider_connections TO authenticated;

--
-- Name: COLUMN retired_video_provider_connections.tutor_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(tutor_id) ON TABLE public.retired_video_provider_connections TO authenticated;

--
-- Name: COLUMN retired_video_provider_connections.provider; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(provider) ON TABLE public.retired_video_provider_connections TO authenticated;

--
-- Name: COLUMN retired_video_provider_connections.connection_status; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(connection_status) ON TABLE public.retired_video_provider_connections TO authenticated;

--
-- Name: COLUMN retired_video_provider_connections.grant_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(grant_id) ON TABLE public.retired_video_provider_connections TO authenticated;

--
-- Name: COLUMN retired_video_provider_connections.account_email; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(account_email) ON TABLE public.retired_video_provider_connections TO authenticated;

--
-- Name: COLUMN retired_video_provider_connections.account_name; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(account_name) ON TABLE public.retired_video_provider_connections TO authenticated;

--
-- Name: COLUMN retired_video_provider_connections.connected_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(connected_at) ON TABLE public.retired_video_provider_connections TO authenticated;

--
-- Name: COLUMN retired_video_provider_connections.retired_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(retired_at) ON TABLE public.retired_video_provider_connections TO authenticated;

--
-- Name: COLUMN retired_video_provider_connections.erased_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(erased_at) ON TABLE public.retired_video_provider_connections TO authenticated;

--
-- Name: TABLE session_joins; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.session_joins TO service_role;

--
-- Name: COLUMN session_joins.session_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(session_id) ON TABLE public.session_joins TO authenticated;

--
-- Name: COLUMN session_joins.person_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(person_id) ON TABLE public.session_joins TO authenticated;

--
-- Name: COLUMN session_joins.meeting_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(meeting_id) ON TABLE public.session_joins TO authenticated;

--
-- Name: COLUMN session_joins.joined_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(joined_at) ON TABLE public.session_joins TO authenticated;

--
-- Name: COLUMN session_joins.as_guardian; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(as_guardian) ON TABLE public.session_joins TO authenticated;

--
-- Name: TABLE sessions; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sessions TO service_role;

--
-- Name: COLUMN sessions.id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(id) ON TABLE public.sessions TO authenticated;

--
-- Name: COLUMN sessions.booking_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(booking_id) ON TABLE public.sessions TO authenticated;

--
-- Name: COLUMN sessions.tutor_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(tutor_id) ON TABLE public.sessions TO authenticated;

--
-- Name: COLUMN sessions.student_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(student_id) ON TABLE public.sessions TO authenticated;

--
-- Name: COLUMN sessions.title; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(title) ON TABLE public.sessions TO authenticated;

--
-- Name: COLUMN sessions.scheduled_start_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(scheduled_start_at) ON TABLE public.sessions TO authenticated;

--
-- Name: COLUMN sessions.scheduled_end_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(scheduled_end_at) ON TABLE public.sessions TO authenticated;

--
-- Name: COLUMN sessions.duration_minutes; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(duration_minutes) ON TABLE public.sessions TO authenticated;

--
-- Name: COLUMN sessions.status; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(status) ON TABLE public.sessions TO authenticated;

--
-- Name: COLUMN sessions.revision; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(revision) ON TABLE public.sessions TO authenticated;

--
-- Name: COLUMN sessions.provider; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(provider) ON TABLE public.sessions TO authenticated;

--
-- Name: COLUMN sessions.meeting_external_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(meeting_external_id) ON TABLE public.sessions TO authenticated;

--
-- Name: COLUMN sessions.join_url; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(join_url) ON TABLE public.sessions TO authenticated;

--
-- Name: COLUMN sessions.meeting_created_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(meeting_created_at) ON TABLE public.sessions TO authenticated;

--
-- Name: COLUMN sessions.meeting_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(meeting_id) ON TABLE public.sessions TO authenticated;

--
-- Name: COLUMN sessions.created_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(created_at) ON TABLE public.sessions TO authenticated;

--
-- Name: COLUMN sessions.updated_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(updated_at),UPDATE(updated_at) ON TABLE public.sessions TO authenticated;

--
-- Name: COLUMN sessions.calendar_sequence; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(calendar_sequence) ON TABLE public.sessions TO authenticated;

--
-- Name: COLUMN sessions.student_notified_provider; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(student_notified_provider) ON TABLE public.sessions TO authenticated;

--
-- Name: COLUMN sessions.tutor_notified_provider; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(tutor_notified_provider) ON TABLE public.sessions TO authenticated;

--
-- Name: COLUMN sessions.rescheduled_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(rescheduled_at) ON TABLE public.sessions TO authenticated;

--
-- Name: COLUMN sessions.starts_local; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(starts_local) ON TABLE public.sessions TO authenticated;

--
-- Name: COLUMN sessions.utc_offset; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(utc_offset) ON TABLE public.sessions TO authenticated;

--
-- Name: COLUMN sessions.time_zone; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(time_zone) ON TABLE public.sessions TO authenticated;

--
-- Name: TABLE tutor_students; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.tutor_students TO service_role;

--
-- Name: COLUMN tutor_students.tutor_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(tutor_id) ON TABLE public.tutor_students TO authenticated;

--
-- Name: COLUMN tutor_students.student_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(student_id) ON TABLE public.tutor_students TO authenticated;

--
-- Name: COLUMN tutor_students.name; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(name) ON TABLE public.tutor_students TO authenticated;

--
-- Name: COLUMN tutor_students.time_zone; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(time_zone) ON TABLE public.tutor_students TO authenticated;

--
-- Name: COLUMN tutor_students.language; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(language) ON TABLE public.tutor_students TO authenticated;

--
-- Name: COLUMN tutor_students.note; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(note) ON TABLE public.tutor_students TO authenticated;

--
-- Name: COLUMN tutor_students.created_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(created_at) ON TABLE public.tutor_students TO authenticated;

--
-- Name: COLUMN tutor_students.updated_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(updated_at) ON TABLE public.tutor_students TO authenticated;

--
-- Name: COLUMN tutor_students.ended_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(ended_at) ON TABLE public.tutor_students TO authenticated;

--
-- Name: TABLE tutor_video_provider_connections; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.tutor_video_provider_connections TO service_role;

--
-- Name: COLUMN tutor_video_provider_connections.id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(id) ON TABLE public.tutor_video_provider_connections TO authenticated;

--
-- Name: COLUMN tutor_video_provider_connections.tutor_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(tutor_id) ON TABLE public.tutor_video_provider_connections TO authenticated;

--
-- Name: COLUMN tutor_video_provider_connections.provider; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(provider) ON TABLE public.tutor_video_provider_connections TO authenticated;

--
-- Name: COLUMN tutor_video_provider_connections.connection_status; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(connection_status) ON TABLE public.tutor_video_provider_connections TO authenticated;

--
-- Name: COLUMN tutor_video_provider_connections.generation; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(generation) ON TABLE public.tutor_video_provider_connections TO authenticated;

--
-- Name: COLUMN tutor_video_provider_connections.grant_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(grant_id) ON TABLE public.tutor_video_provider_connections TO authenticated;

--
-- Name: COLUMN tutor_video_provider_connections.account_user_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(account_user_id) ON TABLE public.tutor_video_provider_connections TO authenticated;

--
-- Name: COLUMN tutor_video_provider_connections.account_email; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(account_email) ON TABLE public.tutor_video_provider_connections TO authenticated;

--
-- Name: COLUMN tutor_video_provider_connections.account_name; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(account_name) ON TABLE public.tutor_video_provider_connections TO authenticated;

--
-- Name: COLUMN tutor_video_provider_connections.scopes; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(scopes) ON TABLE public.tutor_video_provider_connections TO authenticated;

--
-- Name: COLUMN tutor_video_provider_connections.refresh_next_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(refresh_next_at) ON TABLE public.tutor_video_provider_connections TO authenticated;

--
-- Name: COLUMN tutor_video_provider_connections.refresh_error; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(refresh_error) ON TABLE public.tutor_video_provider_connections TO authenticated;

--
-- Name: COLUMN tutor_video_provider_connections.error_code; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(error_code) ON TABLE public.tutor_video_provider_connections TO authenticated;

--
-- Name: COLUMN tutor_video_provider_connections.error_detail; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(error_detail) ON TABLE public.tutor_video_provider_connections TO authenticated;

--
-- Name: COLUMN tutor_video_provider_connections.connected_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(connected_at) ON TABLE public.tutor_video_provider_connections TO authenticated;

--
-- Name: COLUMN tutor_video_provider_connections.created_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(created_at) ON TABLE public.tutor_video_provider_connections TO authenticated;

--
-- Name: COLUMN tutor_video_provider_connections.updated_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(updated_at),UPDATE(updated_at) ON TABLE public.tutor_video_provider_connections TO authenticated;

--
-- PostgreSQL database dump complete
--
