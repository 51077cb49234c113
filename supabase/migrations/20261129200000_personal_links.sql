-- Personal links (APP_URL/j/<token>) lead one participant of one lesson to its door without a sign-in. A token is made
-- from the lesson, the participant's slot in it (0 the student, 1 their guardian) and the version kept here, with
-- a key of the installation's own; no token is kept. No row: version 1. A version only rises, and the links of
-- those before it end.
create table private.link_versions (
  person_id uuid not null references public.people on delete cascade,
  slot smallint not null check (slot between 0 and 31),
  version integer not null check (version > 1),
  raised_at timestamptz not null,
  primary key (person_id, slot)
);
alter table private.link_versions enable row level security;
revoke all on private.link_versions from public, anon, authenticated, service_role;
grant select, insert, update, delete on private.link_versions to service_role;
create policy service on private.link_versions to service_role using (true) with check (true);

alter table private.installation_keys drop constraint installation_keys_name_check;
alter table private.installation_keys add constraint installation_keys_name_check
  check (name in ('mailboxes', 'doors'));

-- By which way somebody came in: as themselves, or by the personal link of the person's guardian.
alter table public.session_joins add column as_guardian boolean not null default false;
grant select (as_guardian) on public.session_joins to authenticated;

-- link: a new personal link, as somebody asked for it.
alter table public.mails drop constraint mails_about_check;
alter table public.mails add constraint mails_about_check check (about in
  ('reminder', 'rooms', 'room_left', 'rescheduled', 'zone_agreed', 'zone_instant', 'accepted', 'called_off',
   'requested', 'confirmation', 'reconnect', 'operator', 'refused', 'link'));
