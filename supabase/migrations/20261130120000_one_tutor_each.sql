-- A person without an account is one tutor's: what one tutor does with a student never touches another's. Persons whom
-- several tutors shared are parted here; their links stay as they are.
--
-- guardian_links, guardian_links_raised_at: the version of the links of the guardian whom this tutor gave, as
--   private.link_versions holds it for others.
-- former_id: the id of the person without an account whose place this student has taken, under which a page may be open.
alter table public.tutor_students
  add column guardian_links integer not null default 1 check (guardian_links > 0),
  add column guardian_links_raised_at timestamptz,
  add column former_id uuid;
update public.tutor_students ts set guardian_links = v.version, guardian_links_raised_at = v.raised_at
  from private.link_versions v where v.person_id = ts.student_id and v.slot = 2;
delete from private.link_versions where slot = 2;

do $$
declare
  shared record;
  own uuid;
begin
  for shared in
    select ts.tutor_id, ts.student_id from public.tutor_students ts join public.people p on p.id = ts.student_id
     where not p.has_account and exists (select from public.tutor_students first
       where first.student_id = ts.student_id and first.tutor_id < ts.tutor_id)
  loop
    own := gen_random_uuid();
    insert into public.people (id, name, role, time_zone, has_account, created_at, updated_at)
      select own, name, role, time_zone, false, created_at, updated_at
        from public.people where id = shared.student_id;
    insert into private.link_versions (person_id, slot, version, raised_at)
      select own, slot, version, raised_at from private.link_versions where person_id = shared.student_id;
    update public.session_joins set person_id = own where person_id = shared.student_id
      and session_id in (select id from public.sessions where tutor_id = shared.tutor_id);
    update public.lesson_messages set person_id = own where person_id = shared.student_id
      and booking_id in (select id from public.bookings where tutor_id = shared.tutor_id);
    update public.notes set person_id = own where person_id = shared.student_id
      and session_id in (select id from public.sessions where tutor_id = shared.tutor_id);
    update public.mails set person_id = own where person_id = shared.student_id and exists
      (select from private.mail_lessons l join public.sessions s on s.id = l.session_id
        where l.mail_id = mails.id and s.tutor_id = shared.tutor_id);
    update public.mails set person_id = own where person_id = shared.student_id and exists
      (select from private.answer_links l join private.asks a on a.id = l.ask_id
        where l.mail_id = mails.id and a.asker_id = shared.tutor_id);
    update public.change_requests set student_id = own
      where student_id = shared.student_id and tutor_id = shared.tutor_id;
    update public.sessions set student_id = own where student_id = shared.student_id and tutor_id = shared.tutor_id;
    update public.bookings set student_id = own where student_id = shared.student_id and tutor_id = shared.tutor_id;
    update private.asks set student_id = own where student_id = shared.student_id and asker_id = shared.tutor_id;
    update public.tutor_students set student_id = own
      where student_id = shared.student_id and tutor_id = shared.tutor_id;
  end loop;
end
$$;

-- time_declined: the lesson stays where it is, though another time was asked for; change_request_id says by which request.
alter table public.mails drop constraint mails_about_check;
alter table public.mails add constraint mails_about_check check (about in
  ('reminder', 'rooms', 'room_left', 'rescheduled', 'zone_agreed', 'zone_instant', 'accepted', 'called_off',
   'requested', 'confirmation', 'reconnect', 'operator', 'refused', 'link', 'asked', 'time_declined'));
alter table public.mails drop constraint asked_mails_name_their_request;
alter table public.mails add constraint asked_mails_name_their_request
  check (coalesce(about, '') not in ('asked', 'time_declined') or change_request_id is not null);

-- Which tutors were told that nobody gets mail at an address, so that each is told once.
create table private.refusals_told (
  email text not null references private.refused_addresses on delete cascade,
  tutor_id uuid not null references public.people on delete cascade,
  primary key (email, tutor_id)
);
create index refusals_told_to on private.refusals_told (tutor_id);
alter table private.refusals_told enable row level security;
revoke all on private.refusals_told from public, anon, authenticated, service_role;
grant select, insert, update, delete on private.refusals_told to service_role;
create policy service on private.refusals_told to service_role using (true) with check (true);
