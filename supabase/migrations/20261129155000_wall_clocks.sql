-- What people agreed on is what clocks show in some place, such as 10:00 in Vancouver; the instant follows from
-- it by the zone rules of the day on which somebody wrote it down. Countries change their rules, so both are kept:
--
-- starts_local: what clocks showed, such as 2027-01-11T10:00. utc_offset: by how many minutes they were ahead
-- of UTC then, so the instant is starts_local - utc_offset. time_zone: the place, an IANA name.
--
-- Whether the instant still is what was agreed on, the server says by its own rules, never the database by
-- those it happens to have (decision 032). So a row from before has none of the three until the server's next
-- start writes them. An instant that somebody changed in SQL doesn't fit its wall clock any more: then the
-- instant counts.

alter table public.bookings
  add column starts_local text check (starts_local ~ '^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{3})?)?$'),
  add column utc_offset integer check (utc_offset between -1440 and 1440),
  add check ((starts_local is null) = (utc_offset is null));
alter table public.sessions
  add column starts_local text check (starts_local ~ '^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{3})?)?$'),
  add column utc_offset integer check (utc_offset between -1440 and 1440),
  add column time_zone text,
  add check ((starts_local is null) = (utc_offset is null) and (starts_local is null) = (time_zone is null));

create index bookings_without_wall_clock on public.bookings (id) where starts_local is null;
create index sessions_without_wall_clock on public.sessions (id) where starts_local is null;

-- Both sides of a lesson know all of it.
grant select (starts_local, utc_offset) on public.bookings to authenticated;
grant select (starts_local, utc_offset, time_zone) on public.sessions to authenticated;
