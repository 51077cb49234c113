-- What people are told besides what they read on pages: mails with calendar entries, reminders, notes.
--
-- Where a lesson happens and where its people were last told that it happens are two facts; a digest is
-- due while they differ. So what was undone in between is told to nobody, and nothing is told twice.
--   student_told_provider, tutor_told_provider: null until the first room is there, then that provider;
--   later what the last digest said.
-- A lesson's calendar entry keeps its UID for life; calendar_sequence rises with each change that people
-- are told of, by which calendars know the newer of two entries (RFC 5545, SEQUENCE).
-- rescheduled_at: since when people know this time; reminders that were due before it aren't sent.

alter table public.sessions
  add column calendar_sequence integer not null default 0 check (calendar_sequence >= 0),
  add column student_told_provider text check (student_told_provider in ('google_meet', 'zoom')),
  add column tutor_told_provider text check (tutor_told_provider in ('google_meet', 'zoom')),
  add column rescheduled_at timestamptz;
update public.sessions set student_told_provider = provider, tutor_told_provider = provider;
create index sessions_with_news on public.sessions (tutor_id)
  where status in ('SCHEDULED', 'JOIN_OPEN')
    and (provider is distinct from student_told_provider
      or provider is distinct from tutor_told_provider);
create index sessions_by_start on public.sessions (scheduled_start_at)
  where status in ('SCHEDULED', 'JOIN_OPEN');

-- Somebody who went into a room that the lesson has left since was told so.
alter table public.session_joins add column told_at timestamptz;

-- The calendar entry that goes with a mail.
alter table public.mails
  add column calendar_method text check (calendar_method in ('PUBLISH', 'REQUEST', 'CANCEL')),
  add column calendar_body text,
  add check ((calendar_method is null) = (calendar_body is null));

-- Which mails somebody wants; who never chose has no row. Urgent ones are sent to everybody: that a
-- lesson is changed or called off, or that the room one sits in has been left.
-- guardian_email: of a student; gets a copy of everything about lessons.
create table public.mail_preferences (
  person_id uuid primary key references public.people,
  remind_day boolean not null,
  remind_hour boolean not null,
  room_news boolean not null,
  guardian_email text,
  updated_at timestamptz not null
);

-- A reminder that was sent, or begun: the row is written with its mails, so each is sent once. A lesson
-- at another time is another revision, and is reminded of anew.
create table public.reminders (
  session_id uuid not null references public.sessions,
  kind text not null check (kind in ('day', 'hour')),
  revision integer not null,
  created_at timestamptz not null,
  primary key (session_id, kind, revision)
);

-- What somebody reads inside the app when they come back.
--   moved: the lesson happens at another provider than when they last looked; at most one unseen row a
--     lesson, which goes on from its first from_provider, and is gone when the lesson is back there.
--   left: they went into a room that the lesson has left since.
create table public.notes (
  id uuid primary key,
  person_id uuid not null references public.people,
  session_id uuid not null references public.sessions,
  kind text not null check (kind in ('moved', 'left')),
  from_provider text check (from_provider in ('google_meet', 'zoom')),
  to_provider text not null check (to_provider in ('google_meet', 'zoom')),
  created_at timestamptz not null,
  seen_at timestamptz
);
create unique index one_unseen_note_per_lesson on public.notes (person_id, session_id, kind)
  where seen_at is null;

alter table public.mail_preferences enable row level security;
alter table public.reminders enable row level security;
alter table public.notes enable row level security;

do $$
declare
  name text;
begin
  foreach name in array array['mail_preferences', 'reminders', 'notes'] loop
    -- A host may grant its roles everything by default; start from nothing.
    execute format('revoke all on public.%I from anon, authenticated', name);
    execute format('grant select, insert, update, delete on public.%I to service_role', name);
    execute format('create policy service on public.%I to service_role using (true) with check (true)', name);
  end loop;
end
$$;

grant select on public.mail_preferences to authenticated;
create policy own on public.mail_preferences for select to authenticated
  using (person_id = auth.uid());

grant select on public.notes to authenticated;
create policy own on public.notes for select to authenticated using (person_id = auth.uid());
