-- The ledger: one row for every meeting we ever ask a provider for, committed before the asking.
--
--   intended   -> live | superseded | abandoned | stranded   superseded: made, but never handed out
--   live       -> superseded | lost | ended
--   superseded -> live | deleting | lost | stranded     live again by an undo
--   deleting   -> deleted | stranded
--
-- intended: to be made, or being made. live: the one its session points at. superseded: replaced; its
-- room stays until delete_after. deleting: the call to delete it may be under way, so it is as good as
-- gone. deleted, lost (gone at the provider without us), ended (the lesson is over; the provider keeps
-- its history), abandoned (never made) and stranded (its grant is dead, nobody can delete it) are final.
--
-- Each row carries the schedule of the one call it waits for next: attempts is its fence (an answer
-- counts only while the number is still the caller's), lease_until the time by which a caller has
-- answered or died, next_attempt_at the time before which nobody tries.
-- unsure: an answer may have been lost; look at the provider before creating again.
-- origin manual: somebody wrote another link into the session by hand; kept, never called for.

create table public.meetings (
  id uuid primary key default gen_random_uuid(),
  tutor_id uuid not null references public.people,
  session_id uuid not null references public.sessions,
  origin text not null default 'segue' check (origin in ('segue', 'manual')),
  provider text not null check (provider in ('google_meet', 'zoom')),
  grant_id uuid,
  generation integer not null,
  revision integer not null,
  key text not null unique check (key ~ '^[a-v0-9]{26}$'),
  state text not null check (state in
    ('intended', 'live', 'superseded', 'deleting', 'deleted', 'lost', 'ended', 'abandoned', 'stranded')),
  -- What the provider was told last.
  title text not null,
  starts_at timestamptz not null,
  duration_minutes integer not null check (duration_minutes > 0),
  external_id text,
  join_url text,
  attempts integer not null default 0,
  looks integer not null default 0,
  unsure boolean not null default false,
  lease_until timestamptz,
  next_attempt_at timestamptz,
  error_code text,
  error_detail text,
  delete_after timestamptz,
  created_at timestamptz not null,
  live_at timestamptz,
  superseded_at timestamptz,
  closed_at timestamptz,
  updated_at timestamptz not null,
  check ((grant_id is null) = (origin = 'manual')),
  check (state <> 'live' or (external_id is not null and join_url is not null and live_at is not null)),
  check (state not in ('superseded', 'deleting') or superseded_at is not null),
  check (state <> 'deleting' or external_id is not null),
  check ((state in ('deleted', 'lost', 'ended', 'abandoned', 'stranded')) = (closed_at is not null))
);
create unique index one_live_meeting_per_session on public.meetings (session_id) where state = 'live';
-- One open wish, one row: two workers can't ask for the same meeting under two keys.
create unique index one_intended_meeting_per_wish
  on public.meetings (session_id, grant_id, generation, revision) where state = 'intended';
create index meetings_session on public.meetings (session_id, created_at);
-- What still wants a call, for the sweep.
create index meetings_open on public.meetings (tutor_id, state)
  where state in ('intended', 'live', 'superseded', 'deleting');
create index meetings_grant on public.meetings (grant_id, state);

alter table public.sessions
  add constraint sessions_meeting foreign key (meeting_id) references public.meetings;
alter table public.session_joins
  add constraint session_joins_meeting foreign key (meeting_id) references public.meetings;
