-- Booking: a student asks a tutor for a lesson, once or weekly.
--   requested -> accepted | declined | cancelled        accepted -> cancelled
-- Accepting makes the sessions, one per week, at the same local time in the booking's time zone.

create table public.bookings (
  id uuid primary key default gen_random_uuid(),
  tutor_id uuid not null references public.people,
  student_id uuid not null references public.people,
  subject text not null check (length(btrim(subject)) between 1 and 200),
  starts_at timestamptz not null,
  duration_minutes integer not null check (duration_minutes between 5 and 480),
  time_zone text not null,
  repeat_weekly integer not null default 1 check (repeat_weekly between 1 and 52),
  status text not null default 'requested'
    check (status in ('requested', 'accepted', 'declined', 'cancelled')),
  decided_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check (tutor_id <> student_id)
);
create index bookings_tutor on public.bookings (tutor_id, starts_at);
create index bookings_student on public.bookings (student_id, starts_at);

-- Session: one lesson.
--   SCHEDULED -> JOIN_OPEN -> COMPLETED     by the clock
--   SCHEDULED | JOIN_OPEN -> CANCELLED      by tutor or student
--   JOIN_OPEN | COMPLETED -> NO_SHOW        by the tutor
--   JOIN_OPEN -> SCHEDULED                  when rescheduled
-- "Future" is SCHEDULED or JOIN_OPEN with scheduled_start_at >= now; only those are migrated.
-- revision rises with every reschedule or cancel: a meeting made for an older one is not swapped in.
-- provider, meeting_external_id, join_url and meeting_created_at say where the lesson happens; they
-- are written together with meeting_id, and all are null until the first meeting is there.

create table public.sessions (
  id uuid primary key default gen_random_uuid(),
  booking_id uuid not null references public.bookings,
  tutor_id uuid not null references public.people,
  student_id uuid not null references public.people,
  title text not null check (length(btrim(title)) between 1 and 300),
  scheduled_start_at timestamptz not null,
  scheduled_end_at timestamptz not null,
  duration_minutes integer not null generated always as
    ((extract(epoch from (scheduled_end_at - scheduled_start_at)) / 60)::integer) stored,
  status text not null default 'SCHEDULED'
    check (status in ('SCHEDULED', 'JOIN_OPEN', 'COMPLETED', 'CANCELLED', 'NO_SHOW')),
  revision integer not null default 1,
  provider text check (provider in ('google_meet', 'zoom')),
  meeting_external_id text,
  join_url text,
  meeting_created_at timestamptz,
  meeting_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check (scheduled_end_at > scheduled_start_at),
  constraint sessions_do_not_overlap exclude using gist (
    tutor_id with =,
    tstzrange(scheduled_start_at, scheduled_end_at) with &&
  ) where (status in ('SCHEDULED', 'JOIN_OPEN'))
);
-- The query that every migration and every page begins with.
create index sessions_future on public.sessions (tutor_id, scheduled_start_at)
  where status in ('SCHEDULED', 'JOIN_OPEN');
create index sessions_student on public.sessions (student_id, scheduled_start_at);
create index sessions_booking on public.sessions (booking_id);
-- What the clock moves.
create index sessions_by_end on public.sessions (scheduled_end_at)
  where status in ('SCHEDULED', 'JOIN_OPEN');

-- Who went into which room and when.
create table public.session_joins (
  id uuid primary key default gen_random_uuid(),
  session_id uuid not null references public.sessions,
  person_id uuid not null references public.people,
  meeting_id uuid not null,
  joined_at timestamptz not null
);
create index session_joins_session on public.session_joins (session_id, joined_at);
