-- A change of a room may be made although its answer never came, or came from somebody else. The provider counts it,
-- so it is looked at before it is asked for again, and that not often.
--
-- unclear_revision: the lesson's revision that the last such write told; null: the last write was answered.
-- unclear_at, unclear_writes: when the last such write (or create) was, and how many were on that UTC day.
-- check_tries: how often in a row the provider gave no answer when it was asked about this room after a report.

alter table public.meetings
  add column unclear_revision integer,
  add column unclear_at timestamptz,
  add column unclear_writes integer not null default 0 check (unclear_writes >= 0),
  add column check_tries integer not null default 0 check (check_tries >= 0);
