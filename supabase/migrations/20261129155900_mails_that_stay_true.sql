-- A mail may wait for days until the mail server takes it. So it carries what it is about and until when it
-- is true, and is looked at again right before it is sent (lib/records/mails/rules.ts).
--   queued -> sent | failed | dropped
-- person_id: whose news it is; a guardian's copy has the student's id.
-- about: by which rule it is checked; null for mails about accounts, and for those from before.
-- booking_id: the request that it asks the tutor to decide.
-- valid_until: from then on it isn't sent.
-- lease_until: until then whoever took it sends it. It stays where a sender died, because such a mail may have
--   been sent; null says that it surely wasn't.
-- error_code: what was wrong at the last attempt, or why it was dropped; error_detail has the server's words.
alter table public.mails
  add column person_id uuid references public.people on delete set null,
  add column about text check (about in
    ('reminder', 'rooms', 'room_left', 'rescheduled', 'zone_agreed', 'zone_instant', 'accepted', 'called_off',
     'requested', 'confirmation', 'reconnect')),
  add column booking_id uuid references public.bookings on delete cascade,
  add column valid_until timestamptz,
  add column lease_until timestamptz,
  add column error_code text check (error_code in
    ('address', 'content', 'server', 'away', 'later', 'slow', 'stopped', 'unknown',
     'cancelled', 'moved', 'over', 'superseded', 'decided', 'answered', 'unwanted')),
  drop constraint mails_status_check,
  add constraint mails_status_check check (status in ('queued', 'sent', 'failed', 'dropped')),
  add constraint dropped_mails_say_why check (status <> 'dropped' or error_code is not null),
  add constraint requests_name_their_booking check (about is distinct from 'requested' or booking_id is not null);
create index mails_of_person on public.mails (person_id) where status = 'queued';
create index mails_of_booking on public.mails (booking_id) where booking_id is not null;

-- The lessons that a mail is about, as it tells of them.
-- from_provider, to_provider: of a mail about rooms. former_start: of a mail about a new time.
create table private.mail_lessons (
  mail_id uuid not null references public.mails on delete cascade,
  session_id uuid not null references public.sessions on delete cascade,
  revision integer not null,
  from_provider text check (from_provider in ('google_meet', 'zoom')),
  to_provider text check (to_provider in ('google_meet', 'zoom')),
  former_start timestamptz,
  primary key (mail_id, session_id)
);
create index mail_lessons_of_session on private.mail_lessons (session_id);

-- Addresses whose mail server said for good that nobody gets mail there, until it takes a mail again. The row
-- is also what whoever can mend it was told by, once.
create table private.refused_addresses (
  email text primary key,
  detail text not null,
  refused_at timestamptz not null
);

do $$
declare
  name text;
begin
  foreach name in array array['mail_lessons', 'refused_addresses'] loop
    execute format('alter table private.%I enable row level security', name);
    -- A host may grant its roles everything by default; start from nothing.
    execute format('revoke all on private.%I from public, anon, authenticated', name);
    execute format('grant select, insert, update, delete on private.%I to service_role', name);
    execute format('create policy service on private.%I to service_role using (true) with check (true)', name);
  end loop;
end
$$;

-- What calendars and mail programs know this installation by: the part after the @ of a lesson's UID and of a
-- mail's id. It is written once, at the first start with this column, and no setting changes it: the host of
-- APP_URL where there are lessons, whose entries have it already, and otherwise the installation's own id.
alter table public.installation add column uid_host text check (uid_host ~ '^[^@\s]+$');
