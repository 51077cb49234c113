-- Whose lessons may no longer be as they should be. A trigger leaves a mark with each change that may bring that about,
-- whoever makes it, also by hand; the sweep of each minute goes to the tutors who are marked, and compares nobody else.
-- Marks are only ever added and taken away, never changed, so that two changes don't wait for each other. Each stands until
-- somebody has found all of its tutor's lessons in order.
create table private.tutors_to_look_at (
  id uuid primary key default gen_random_uuid(),
  -- No foreign key: it would lock the person with each mark. A mark whose tutor is gone goes with the next look.
  tutor_id uuid not null
);
create index tutors_to_look_at_tutor on private.tutors_to_look_at (tutor_id);
alter table private.tutors_to_look_at enable row level security;
create policy service on private.tutors_to_look_at to service_role using (true) with check (true);
grant select, insert, update, delete on private.tutors_to_look_at to service_role;

create function private.look_at_tutor() returns trigger
  language plpgsql set search_path = '' as $$
begin
  insert into private.tutors_to_look_at (tutor_id) values (new.tutor_id);
  return null;
end
$$;
revoke execute on function private.look_at_tutor() from public, anon, authenticated;

create trigger look_at_new_lesson after insert on public.sessions for each row
  when (new.status in ('SCHEDULED', 'JOIN_OPEN'))
  execute function private.look_at_tutor();
create trigger look_at_changed_lesson after update on public.sessions for each row
  when (new.status in ('SCHEDULED', 'JOIN_OPEN') and (
    old.status not in ('SCHEDULED', 'JOIN_OPEN')
    or (old.tutor_id, old.scheduled_end_at, old.revision, old.meeting_id, old.provider, old.meeting_external_id, old.join_url)
      is distinct from
      (new.tutor_id, new.scheduled_end_at, new.revision, new.meeting_id, new.provider, new.meeting_external_id, new.join_url)))
  execute function private.look_at_tutor();
-- No lesson leads to a row that is still to be made.
create trigger look_at_changed_room after update on public.meetings for each row
  when (old.state <> 'intended' and
    (old.origin, old.grant_id, old.generation, old.revision, old.provider, old.external_id, old.join_url)
      is distinct from
    (new.origin, new.grant_id, new.generation, new.revision, new.provider, new.external_id, new.join_url))
  execute function private.look_at_tutor();
create trigger look_at_new_connection after insert on public.tutor_video_provider_connections for each row
  execute function private.look_at_tutor();
create trigger look_at_changed_connection after update on public.tutor_video_provider_connections for each row
  when ((old.tutor_id, old.grant_id, old.generation, old.connection_status)
      is distinct from (new.tutor_id, new.grant_id, new.generation, new.connection_status))
  execute function private.look_at_tutor();

-- Those whose lessons differ today.
insert into private.tutors_to_look_at (tutor_id)
  select distinct s.tutor_id
    from public.sessions s
    left join public.meetings m on m.id = s.meeting_id
    left join public.tutor_video_provider_connections c on c.tutor_id = s.tutor_id
   where s.status in ('SCHEDULED', 'JOIN_OPEN')
     and (m.id is null
          or m.grant_id is distinct from c.grant_id
          or m.generation < c.generation
          or m.revision < s.revision
          or (s.join_url, s.provider, s.meeting_external_id) is distinct from (m.join_url, m.provider, m.external_id));

-- Rows of the ledger that somebody works on, and rooms whose time to go has come.
create index meetings_at_work on public.meetings (tutor_id) where state in ('intended', 'deleting');
create index meetings_to_delete on public.meetings (delete_after) where state = 'superseded';

-- What support's first page and the figures ask for: what has failed, what ended within a day, and what lacks something.
create index migration_sessions_failed on public.migration_sessions (migration_id) where state = 'failed';
create index migrations_finished on public.migrations (finished_at);
create index connections_to_renew on public.tutor_video_provider_connections (provider, updated_at)
  where connection_status = 'needs_reconnect';
create index mails_newest on public.mails (created_at);
create index sessions_without_room on public.sessions (scheduled_start_at)
  where status in ('SCHEDULED', 'JOIN_OPEN') and join_url is null;
create index budgets_of_day on public.provider_budgets (day);
