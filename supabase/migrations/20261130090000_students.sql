-- Students of a tutor, as that tutor wrote them down: each tutor has their own name, zone, language and note for them, and
-- nobody else reads those. A student may have no account: then they are a row of public.people that nobody signs
-- in as, and come to their lessons by personal links. Whoever later signs up takes their place when their mailbox
-- has answered (lib/services/students/claimLessons.ts), never at sign-up.

-- has_account: whether somebody signs in as this person. Of one without, nothing here but the id means anything: the
--   tutors who wrote them down have written what they are called.
alter table public.people add column has_account boolean not null default true;
grant select (has_account) on public.people to authenticated;

-- ended_at: the tutor took them off the list; what they were called stays, for lessons that are over.
create table public.tutor_students (
  tutor_id uuid not null references public.people on delete cascade,
  student_id uuid not null references public.people on delete cascade,
  name text not null check (length(btrim(name)) between 1 and 120),
  time_zone text not null,
  language text not null check (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$'),
  note text check (length(note) between 1 and 2000),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  ended_at timestamptz,
  primary key (tutor_id, student_id),
  check (tutor_id <> student_id)
);
create index tutors_of_student on public.tutor_students (student_id);
alter table public.tutor_students enable row level security;
revoke all on public.tutor_students from public, anon, authenticated, service_role;
grant select, insert, update, delete on public.tutor_students to service_role;
grant select (tutor_id, student_id, name, time_zone, language, note, created_at, updated_at, ended_at)
  on public.tutor_students to authenticated;
create policy service on public.tutor_students to service_role using (true) with check (true);
create policy own on public.tutor_students for select to authenticated
  using (tutor_id = (select auth.uid()));

alter policy students_of_a_tutor on public.people using (
  exists (
    select from public.bookings b
     where b.tutor_id = (select auth.uid()) and b.student_id = people.id
  )
  or exists (
    select from public.tutor_students s
     where s.tutor_id = (select auth.uid()) and s.student_id = people.id
  )
);

-- Who made it: the student who asked for it; the tutor who entered it; a calendar that was taken over; a booking page.
alter table public.bookings add column origin text not null default 'student'
  check (origin in ('student', 'tutor', 'import', 'page'));
grant select (origin) on public.bookings to authenticated;

-- kind: guardian: as before, of a student with an account. student: the links of a tutor's student to their lessons.
--   tutors_guardian: copies of a tutor's mails about that student's lessons.
-- student_id: of a tutor's ask, about whom it is.
alter table private.asks add column student_id uuid references public.people on delete cascade;
alter table private.asks drop constraint asks_kind_check;
alter table private.asks add constraint asks_kind_check
  check (kind in ('guardian', 'student', 'tutors_guardian'));
alter table private.asks add constraint asks_about_check check ((kind = 'guardian') = (student_id is null));
drop index private.one_ask_per_address;
drop index private.one_guardian;
create unique index one_ask_of_a_kind on private.asks (asker_id, kind, student_id) nulls not distinct
  where ended_at is null;
create index asks_about_student on private.asks (student_id) where student_id is not null;
