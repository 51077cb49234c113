-- What lies at rest, and who may reach it.
--
-- Schema "private" holds what no request acts on as a person: mail addresses and the texts of mails. Neither
-- anon nor authenticated may use it, so a grant "on all tables in schema public" can't open it by mistake.
create schema private;
revoke all on schema private from public, anon, authenticated;
grant usage on schema private to service_role;

-- Whose mailbox it is.
create table private.addresses (
  person_id uuid primary key references public.people on delete cascade,
  email text not null unique
);
insert into private.addresses (person_id, email) select id, email from public.people;
alter table public.people drop column email;

alter table private.addresses enable row level security;
create policy service on private.addresses to service_role using (true) with check (true);

create or replace function identity.person_signed_up() returns trigger
  language plpgsql set search_path = '' as $$
begin
  insert into public.people (id, name, role, time_zone, language)
  values (new.id, new.name, new.role, new.time_zone, new.language);
  insert into private.addresses (person_id, email) values (new.id, new.email);
  return new;
end
$$;

-- What a mail says and to whom. The app's own row about it, public.mails, keeps its name and meaning.
-- A mail's text may hold a link that opens an account. Once the mail is sent, or a while after it has failed
-- for good, only whom it went to and its subject stay; the rest is null from then on.
create table private.mail_texts (
  mail_id uuid primary key references public.mails on delete cascade,
  to_email text not null,
  to_name text,
  subject text not null,
  text_body text,
  html_body text,
  calendar_body text,
  constraint mail_texts_are_whole_or_erased check (
    (text_body is null) = (html_body is null)
    and (text_body is not null or (to_name is null and calendar_body is null))
  )
);
insert into private.mail_texts
  (mail_id, to_email, to_name, subject, text_body, html_body, calendar_body)
select id, to_email, case when status <> 'sent' then to_name end, subject,
       case when status <> 'sent' then text_body end, case when status <> 'sent' then html_body end,
       case when status <> 'sent' then calendar_body end
  from public.mails;
alter table public.mails
  drop column to_email,
  drop column to_name,
  drop column subject,
  drop column text_body,
  drop column html_body,
  drop column calendar_body;
-- A dropped column stays in the table's file until its rows are written anew, as CLUSTER does.
cluster public.mails using mails_pkey;
alter table public.mails set without cluster;

-- What somebody was sent lately.
create index mail_texts_to on private.mail_texts (to_email);
-- What is still to be erased.
create index mail_texts_whole on private.mail_texts (mail_id) where text_body is not null;

alter table private.mail_texts enable row level security;
create policy service on private.mail_texts to service_role using (true) with check (true);

-- Who may reach what, from nothing on and written out, because a host may have granted its roles everything.
-- lib/records/rights.db.test.ts compares the catalog with tests/harness/rights/decided.ts. service_role acts for the system; authenticated is a signed-in person.
do $$
declare
  schema_name text;
  kind text;
  function_name regprocedure;
begin
  foreach schema_name in array array['public', 'private', 'identity'] loop
    -- What is made here from now on is closed until its own file opens it.
    foreach kind in array array['tables', 'sequences', 'functions'] loop
      execute format('alter default privileges in schema %I revoke all on %s
        from public, anon, authenticated, service_role', schema_name, kind);
    end loop;
  end loop;
  -- Everybody may execute a new function, whatever its schema; only without a schema can that be taken back.
  alter default privileges revoke execute on functions from public;

  -- A host's own auth.uid() is the host's.
  select p.oid into function_name from pg_proc p
   where p.oid = to_regprocedure('auth.uid()')
     and btrim(p.prosrc, E' \n') = $uid$select (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid$uid$;
  if function_name is not null then
    alter function auth.uid() set search_path = '';
    revoke all on function auth.uid() from public;
  end if;
end
$$;
revoke all on function identity.person_signed_up() from public, anon, authenticated, service_role;

do $$
declare
  table_name regclass;
begin
  -- Named, not "all tables": something that isn't ours may stand in public.
  for table_name in
    select c.oid::regclass from pg_class c
     where c.relkind in ('r', 'p')
       and (c.relnamespace in ('private'::regnamespace, 'identity'::regnamespace)
         or c.relnamespace = 'public'::regnamespace and c.relname in ('people', 'bookings', 'sessions',
           'session_joins', 'tutor_video_provider_connections', 'retired_video_provider_connections',
           'oauth_attempts', 'meetings', 'migrations', 'migration_sessions', 'mails', 'installation',
           'provider_budgets', 'provider_circuits', 'provider_plans', 'calendar_feeds',
           'mail_preferences', 'reminders', 'notes'))
  loop
    -- This takes the columns' own grants back, too.
    execute format('revoke all on %s from public, anon, authenticated, service_role', table_name);
  end loop;
end
$$;

grant select, insert, update, delete on
  private.addresses, private.mail_texts, public.people, public.bookings, public.sessions,
  public.session_joins, public.tutor_video_provider_connections,
  public.retired_video_provider_connections, public.oauth_attempts, public.meetings,
  public.migrations, public.migration_sessions, public.mails, public.provider_budgets,
  public.provider_circuits, public.provider_plans, public.calendar_feeds, public.mail_preferences,
  public.reminders, public.notes
  to service_role;
grant select on public.installation to service_role;

-- Column by column: a new column is closed until somebody decides who may read it.
grant select (id, name, role, time_zone, created_at) on public.people to authenticated;

-- Every column, so that "select *" goes on: both sides of a lesson know all of this.
grant select (id, tutor_id, student_id, subject, starts_at, duration_minutes, time_zone, repeat_weekly,
  status, decided_at, created_at, updated_at)
  on public.bookings to authenticated;
grant select (id, booking_id, tutor_id, student_id, title, scheduled_start_at, scheduled_end_at,
  duration_minutes, status, revision, provider, meeting_external_id, join_url, meeting_created_at,
  meeting_id, created_at, updated_at, calendar_sequence, student_notified_provider,
  tutor_notified_provider, rescheduled_at)
  on public.sessions to authenticated;

grant select (session_id, person_id, meeting_id, joined_at) on public.session_joins to authenticated;

-- Never a token, not even its ciphertext.
grant select (id, tutor_id, provider, connection_status, generation, grant_id, account_user_id,
  account_email, account_name, scopes, error_code, error_detail, refresh_next_at, refresh_error,
  connected_at, created_at, updated_at)
  on public.tutor_video_provider_connections to authenticated;
grant select (id, tutor_id, provider, connection_status, grant_id, account_email, account_name,
  connected_at, retired_at, erased_at)
  on public.retired_video_provider_connections to authenticated;

-- A tutor's rooms, without the schedule and the errors of the calls about them.
grant select (id, tutor_id, session_id, origin, provider, state, title, starts_at, duration_minutes,
  external_id, join_url, created_at, live_at, superseded_at, closed_at)
  on public.meetings to authenticated;
grant select (id, tutor_id, generation, kind, status, from_provider, to_provider, from_grant_id,
  to_grant_id, of_migration_id, created_by, total, waiting_until, settled_at, undo_until, finished_at,
  created_at, updated_at)
  on public.migrations to authenticated;
grant select (migration_id, session_id, tutor_id, position, state, from_meeting_id, to_meeting_id,
  attempts, next_attempt_at, error_code, error_detail, started_at, finished_at)
  on public.migration_sessions to authenticated;

grant select (person_id, created_at) on public.calendar_feeds to authenticated;
grant select (person_id, remind_day, remind_hour, room_news, guardian_email)
  on public.mail_preferences to authenticated;
grant select (id, person_id, session_id, kind, from_provider, to_provider, created_at, seen_at)
  on public.notes to authenticated;

-- "Select … for update", by which a person proves their right to a row, asks for UPDATE on some column and
-- for a policy that lets the row be seen; it writes nothing. So no written row passes that policy.
grant update (updated_at) on public.people, public.bookings, public.sessions,
  public.tutor_video_provider_connections, public.migrations to authenticated;

-- (select auth.uid()) is evaluated once a query, auth.uid() once a row.
alter policy self on public.people using (id = (select auth.uid()));
alter policy students_of_a_tutor on public.people using (
  exists (
    select from public.bookings b
     where b.tutor_id = (select auth.uid()) and b.student_id = people.id
  )
);
alter policy lock_self on public.people using (id = (select auth.uid())) with check (false);
alter policy participants on public.bookings using ((select auth.uid()) in (tutor_id, student_id));
alter policy lock_participants on public.bookings
  using ((select auth.uid()) in (tutor_id, student_id)) with check (false);
alter policy participants on public.sessions using ((select auth.uid()) in (tutor_id, student_id));
alter policy lock_participants on public.sessions
  using ((select auth.uid()) in (tutor_id, student_id)) with check (false);
alter policy own on public.session_joins using (person_id = (select auth.uid()));
alter policy own_lessons on public.session_joins using (
  exists (
    select from public.sessions s where s.id = session_id and s.tutor_id = (select auth.uid())
  )
);
alter policy own on public.tutor_video_provider_connections using (tutor_id = (select auth.uid()));
alter policy lock_own on public.tutor_video_provider_connections
  using (tutor_id = (select auth.uid())) with check (false);
alter policy own on public.retired_video_provider_connections using (tutor_id = (select auth.uid()));
alter policy own on public.meetings using (tutor_id = (select auth.uid()));
alter policy own on public.migrations using (tutor_id = (select auth.uid()));
alter policy lock_own on public.migrations using (tutor_id = (select auth.uid())) with check (false);
alter policy own on public.migration_sessions using (tutor_id = (select auth.uid()));
alter policy own on public.calendar_feeds using (person_id = (select auth.uid()));
alter policy own on public.mail_preferences using (person_id = (select auth.uid()));
alter policy own on public.notes using (person_id = (select auth.uid()));
