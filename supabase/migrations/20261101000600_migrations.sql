-- Migration: one wish of a tutor to move lessons. kind: switch | refresh | undo | retry.
--   running -> completed | completed_with_failures | waiting | superseded
--   waiting -> running | completed | completed_with_failures | superseded
-- waiting: all that can move now has moved, the rest has a date (waiting_until).
-- superseded: a newer wish came. settled_at: its first rest, from which undo_until is counted.
--
-- Migration session: one lesson in it; progress, history and audit in one.
--   pending -> moving | skipped | deferred | superseded
--   moving  -> moved | failed | pending (to be tried again) | skipped | deferred | superseded
--   deferred -> pending | skipped | superseded

create table public.migrations (
  id uuid primary key default gen_random_uuid(),
  tutor_id uuid not null references public.people,
  generation integer not null,
  kind text not null check (kind in ('switch', 'refresh', 'undo', 'retry')),
  status text not null default 'running' check (status in
    ('running', 'completed', 'completed_with_failures', 'waiting', 'superseded')),
  from_provider text check (from_provider in ('google_meet', 'zoom')),
  to_provider text not null check (to_provider in ('google_meet', 'zoom')),
  from_grant_id uuid,
  to_grant_id uuid not null,
  of_migration_id uuid references public.migrations,
  created_by uuid not null references public.people,
  total integer not null,
  waiting_until timestamptz,
  settled_at timestamptz,
  undo_until timestamptz,
  finished_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (tutor_id, generation),
  check ((status = 'waiting') = (waiting_until is not null)),
  check ((status in ('completed', 'completed_with_failures', 'superseded')) = (finished_at is not null)),
  check ((settled_at is null) = (undo_until is null))
);
-- At most one wish is being worked on.
create unique index one_open_migration_per_tutor on public.migrations (tutor_id)
  where status in ('running', 'waiting');

create table public.migration_sessions (
  migration_id uuid not null references public.migrations,
  session_id uuid not null references public.sessions,
  tutor_id uuid not null references public.people,
  position integer not null,
  state text not null default 'pending' check (state in
    ('pending', 'moving', 'moved', 'failed', 'skipped', 'deferred', 'superseded')),
  from_meeting_id uuid references public.meetings,
  to_meeting_id uuid references public.meetings,
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  error_code text,
  error_detail text,
  started_at timestamptz,
  finished_at timestamptz,
  updated_at timestamptz not null,
  primary key (migration_id, session_id),
  check (state <> 'moved' or to_meeting_id is not null),
  check (state <> 'failed' or error_code is not null),
  check ((state in ('moved', 'failed', 'skipped', 'superseded')) = (finished_at is not null))
);
create index migration_sessions_session on public.migration_sessions (session_id);
