-- What people type in to get into a room whose link lacks it (Zoom, where an account doesn't embed passcodes).
-- No row: the link is all that is needed, or nobody has told us. It is sealed like a token, kept for the
-- meeting and not for the lesson, so that an undo finds it again, and erased once the room is over.
create table private.meeting_passcodes (
  meeting_id uuid primary key references public.meetings on delete cascade,
  sealed text not null
);
alter table private.meeting_passcodes enable row level security;
revoke all on private.meeting_passcodes from public, anon, authenticated, service_role;
grant select, insert, update, delete on private.meeting_passcodes to service_role;
create policy service on private.meeting_passcodes to service_role using (true) with check (true);

-- Rooms from before this file may lack theirs. They are checked as if their provider had reported a change,
-- and the check stores it.
update public.meetings set check_at = now()
 where provider = 'zoom' and origin = 'segue' and state in ('live', 'superseded')
   and join_url !~ '[?&]pwd=.';
