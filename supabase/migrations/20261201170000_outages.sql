-- A provider that has answered nobody for minutes (unreachable) is nothing that whoever runs the installation can mend,
-- but theirs to decide on: see private.outages.
alter table public.operator_troubles
  drop constraint operator_troubles_kind_check,
  add constraint operator_troubles_kind_check check (kind in ('client_refused', 'api_disabled', 'unreachable'));
-- outage: to a tutor, that a provider doesn't answer and where their lessons can go. outage_over: that it does again.
alter table public.mails
  drop constraint mails_about_trouble_check,
  add constraint mails_about_trouble_check check (about_trouble in ('client_refused', 'api_disabled', 'unreachable')),
  drop constraint mails_about_check,
  add constraint mails_about_check check (about in ('reminder', 'rooms', 'room_left', 'rescheduled', 'zone_agreed',
    'zone_instant', 'accepted', 'called_off', 'requested', 'confirmation', 'reconnect', 'operator', 'refused', 'link',
    'asked', 'time_declined', 'outage', 'outage_over')),
  add constraint outage_mails_name_their_provider
    check (coalesce(about, '') not in ('outage', 'outage_over') or about_provider is not null);

-- Looks in a row that found a provider silent, and since when. A provider that answers has no row.
create table private.silences (
  provider text primary key check (provider in ('google_meet', 'zoom')),
  since timestamptz not null,
  looks integer not null
);

-- An outage that somebody has declared, so that tutors with lessons there are told. One for each provider at a time.
--
-- since: when the provider was first seen not to answer, or when it was declared if nothing had noticed yet.
-- declared_by: null from the command line. told_from: when it was last declared; tutors are told once in six hours.
-- over_at: from then on nobody is told any more that it lasts, and those who were told are told that it is over.
create table private.outages (
  id uuid primary key default gen_random_uuid(),
  provider text not null check (provider in ('google_meet', 'zoom')),
  since timestamptz not null,
  declared_at timestamptz not null,
  declared_by uuid references public.people (id) on delete set null,
  told_from timestamptz not null,
  over_at timestamptz
);
create unique index outages_under_way on private.outages (provider) where over_at is null;
create index outages_newest on private.outages (provider, declared_at desc);
create index outages_declared_by on private.outages (declared_by) where declared_by is not null;

-- The tutors who had lessons at the provider in the hours after it was declared, each with the mail that told them.
--
-- first_start: of the soonest of them; who has it first is told first.
-- looked_at: when it was their turn. told_at, mail_id: null where there was nothing to tell any more by then.
-- over_told_at: when the mail that it is over was written.
create table private.outage_tutors (
  outage_id uuid not null references private.outages (id) on delete cascade,
  tutor_id uuid not null references public.people (id) on delete cascade,
  lessons integer not null check (lessons > 0),
  first_start timestamptz not null,
  looked_at timestamptz,
  told_at timestamptz,
  mail_id uuid references public.mails (id) on delete set null,
  over_told_at timestamptz,
  primary key (outage_id, tutor_id)
);
create index outage_tutors_to_look_at on private.outage_tutors (outage_id, first_start) where looked_at is null;
create index outage_tutors_to_tell on private.outage_tutors (outage_id, first_start)
  where told_at is not null and over_told_at is null;
create index outage_tutors_tutor on private.outage_tutors (tutor_id);
create index outage_tutors_mail on private.outage_tutors (mail_id) where mail_id is not null;

alter table private.silences enable row level security;
alter table private.outages enable row level security;
alter table private.outage_tutors enable row level security;
-- A host may grant its roles everything by default; start from nothing.
revoke all on private.silences, private.outages, private.outage_tutors from public, anon, authenticated;
create policy service on private.silences to service_role using (true) with check (true);
create policy service on private.outages to service_role using (true) with check (true);
create policy service on private.outage_tutors to service_role using (true) with check (true);
grant select, insert, update, delete on private.silences, private.outages, private.outage_tutors to service_role;
