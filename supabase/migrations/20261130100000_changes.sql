-- What people say to each other with a change of a lesson or of a whole booking: why it is cancelled, or what they hope
-- to learn. One row for each lesson that the change is about; session_id is null where it is about the booking.
-- said_with: which change it came with. Rows stay as they were written.
create table public.lesson_messages (
  id uuid primary key,
  booking_id uuid not null references public.bookings on delete cascade,
  session_id uuid references public.sessions on delete cascade,
  person_id uuid not null references public.people,
  said_with text not null check (said_with in ('request', 'decline', 'cancel', 'reschedule')),
  text text not null check (length(text) between 1 and 500),
  created_at timestamptz not null
);
create index lesson_messages_of_booking on public.lesson_messages (booking_id, created_at);
create index lesson_messages_of_session on public.lesson_messages (session_id, created_at)
  where session_id is not null;

-- A student, or their guardian by a personal link, asks for another time of one lesson.
--   open -> accepted       the tutor moves the lesson there
--        -> declined       by the tutor
--        -> withdrawn      by whoever asked
--        -> closed         by itself: the lesson was moved or cancelled, or has begun
-- What is asked for is a wall clock, as at public.sessions: starts_at is what it means by the rules of that moment.
-- message: what the asker wrote; answer: what the tutor wrote when declining it.
create table public.change_requests (
  id uuid primary key,
  session_id uuid not null references public.sessions on delete cascade,
  tutor_id uuid not null references public.people,
  student_id uuid not null references public.people,
  as_guardian boolean not null default false,
  starts_at timestamptz not null,
  starts_local text not null,
  utc_offset integer not null,
  time_zone text not null,
  message text check (length(message) between 1 and 500),
  status text not null default 'open'
    check (status in ('open', 'accepted', 'declined', 'withdrawn', 'closed')),
  answer text check (length(answer) between 1 and 500),
  created_at timestamptz not null,
  decided_at timestamptz,
  check ((status = 'open') = (decided_at is null)),
  check (answer is null or status = 'declined')
);
create unique index one_open_change_request on public.change_requests (session_id) where status = 'open';
create index change_requests_of_session on public.change_requests (session_id, created_at);
create index open_change_requests_of_tutor on public.change_requests (tutor_id) where status = 'open';

do $$
declare
  name text;
begin
  foreach name in array array['lesson_messages', 'change_requests'] loop
    execute format('alter table public.%I enable row level security', name);
    -- A host may grant its roles everything by default; start from nothing.
    execute format('revoke all on public.%I from public, anon, authenticated, service_role', name);
    execute format('grant select, insert, update, delete on public.%I to service_role', name);
    execute format('create policy service on public.%I to service_role using (true) with check (true)', name);
  end loop;
end
$$;
grant select (id, booking_id, session_id, person_id, said_with, text, created_at)
  on public.lesson_messages to authenticated;
grant select (id, session_id, tutor_id, student_id, as_guardian, starts_at, starts_local, utc_offset, time_zone,
  message, status, answer, created_at, decided_at)
  on public.change_requests to authenticated;
create policy participants on public.lesson_messages for select to authenticated using (
  exists (select from public.bookings b where b.id = booking_id and (select auth.uid()) in (b.tutor_id, b.student_id))
);
create policy participants on public.change_requests for select to authenticated
  using ((select auth.uid()) in (tutor_id, student_id));

-- Of a tutor: students may cancel a lesson until so many hours before its start. Tutors always can.
alter table public.people add column cancel_until_hours integer not null default 0
  check (cancel_until_hours between 0 and 168);
grant select (cancel_until_hours) on public.people to authenticated;

-- asked: a tutor is asked for another time of a lesson; change_request_id: by which request.
alter table public.mails drop constraint mails_about_check;
alter table public.mails add constraint mails_about_check check (about in
  ('reminder', 'rooms', 'room_left', 'rescheduled', 'zone_agreed', 'zone_instant', 'accepted', 'called_off',
   'requested', 'confirmation', 'reconnect', 'operator', 'refused', 'link', 'asked'));
alter table public.mails add column change_request_id uuid references public.change_requests on delete cascade;
alter table public.mails add constraint asked_mails_name_their_request
  check (about is distinct from 'asked' or change_request_id is not null);
create index mails_of_change_request on public.mails (change_request_id) where change_request_id is not null;
