-- What providers answered to what we wrote. Titles come back with their spaces and characters changed, times
-- without their seconds, links with another password at each reading. A room is compared with the answer, not
-- with what was sent, and a difference that repairing doesn't end is how the provider spells it.
--
-- answered_title, answered_starts_at: what the provider gave back after the last write. Null: not known, or not
-- believed because the time was far off; the room is then compared with what was sent (title, starts_at).
-- repaired_title, repaired_starts_at: the difference that was repaired last, until the lesson itself changes.
-- repaired_at, repairs: when the last repair was begun, and how many were on that UTC day.
-- link_varies: the link has come back changed before, still leading into the same room.
--
-- provider_licences: what a person's own licence at the provider allows, whatever plan their organisation is on.
-- Read at each consent and whenever links are checked; a licence can be taken away and given back.

alter table public.meetings
  add column answered_title text,
  add column answered_starts_at timestamptz,
  add column repaired_title text,
  add column repaired_starts_at timestamptz,
  add column repaired_at timestamptz,
  add column repairs integer not null default 0 check (repairs >= 0),
  add column link_varies boolean not null default false;

create table public.provider_licences (
  provider text not null check (provider in ('google_meet', 'zoom')),
  account_user_id text not null,
  licence text not null check (licence in ('basic', 'licensed')),
  updated_at timestamptz not null,
  primary key (provider, account_user_id)
);

alter table public.provider_licences enable row level security;
-- A host may grant its roles everything by default; start from nothing.
revoke all on public.provider_licences from public, anon, authenticated;
grant select, insert, update, delete on public.provider_licences to service_role;
create policy service on public.provider_licences to service_role using (true) with check (true);
