-- What is asked for all the time, by every process, is found by what is due and not by what there is.

-- Rows of the ledger by when their call is due. Rows in use have no date, so they aren't in it.
create index meetings_due on public.meetings (
    greatest(next_attempt_at, lease_until, case state when 'superseded' then delete_after end))
  where state in ('intended', 'live', 'superseded', 'deleting')
    and greatest(next_attempt_at, lease_until, case state when 'superseded' then delete_after end) is not null;

-- Lessons whose doors open next, and those whose doors are open.
create index sessions_to_open on public.sessions (scheduled_start_at) where status = 'SCHEDULED';
create index sessions_open on public.sessions (scheduled_end_at) where status = 'JOIN_OPEN';

-- Lessons of which somebody hasn't been told where they happen now. The planner only takes an index for that, whose lessons
-- it can't count, if it also answers for the time.
create index sessions_to_tell on public.sessions (scheduled_start_at, tutor_id)
  where status in ('SCHEDULED', 'JOIN_OPEN') and provider is not null
    and (provider is distinct from student_notified_provider or provider is distinct from tutor_notified_provider);

-- Who sees whom, asked once for a statement and not for each row of it: a list of a hundred lessons read a hundred bookings
-- for each of its people.
drop policy students_of_a_tutor on public.people;
create policy students_of_a_tutor on public.people for select to authenticated using (
  id in (select b.student_id from public.bookings b where b.tutor_id = (select auth.uid()))
  or id in (select s.student_id from public.tutor_students s where s.tutor_id = (select auth.uid()))
);
drop policy tutors_of_a_student on public.people;
create policy tutors_of_a_student on public.people for select to authenticated using (
  id in (select b.tutor_id from public.bookings b where b.student_id = (select auth.uid()))
);
