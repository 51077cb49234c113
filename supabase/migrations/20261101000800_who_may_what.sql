-- Row-level security on every table. "authenticated" is a signed-in person; what it may see and lock
-- is all that a request may see and lock. Changes are made as "service_role", after the person's own
-- right was proved by locking the row: hence the grant to update updated_at, which "select ... for
-- update" asks for.

alter table public.people enable row level security;
alter table public.bookings enable row level security;
alter table public.sessions enable row level security;
alter table public.session_joins enable row level security;
alter table public.tutor_video_provider_connections enable row level security;
alter table public.retired_video_provider_connections enable row level security;
alter table public.oauth_attempts enable row level security;
alter table public.meetings enable row level security;
alter table public.migrations enable row level security;
alter table public.migration_sessions enable row level security;
alter table public.mails enable row level security;

do $$
declare
  name text;
begin
  foreach name in array array['people', 'bookings', 'sessions', 'session_joins',
    'tutor_video_provider_connections', 'retired_video_provider_connections', 'oauth_attempts',
    'meetings', 'migrations', 'migration_sessions', 'mails'] loop
    -- A host may grant its roles everything by default; start from nothing.
    execute format('revoke all on public.%I from anon, authenticated', name);
    execute format('grant select, insert, update, delete on public.%I to service_role', name);
    execute format('create policy service on public.%I to service_role using (true) with check (true)', name);
  end loop;
  revoke all on public.installation from anon, authenticated;
end
$$;

-- Mail addresses are for the app's own mails, not for other people's eyes.
grant select (id, name, role, time_zone, created_at) on public.people to authenticated;
grant update (updated_at) on public.people to authenticated;
create policy self on public.people for select to authenticated using (id = auth.uid());
create policy tutors_are_listed on public.people for select to authenticated using (role = 'tutor');
create policy students_of_a_tutor on public.people for select to authenticated using (
  exists (select from public.bookings b where b.tutor_id = auth.uid() and b.student_id = people.id)
);
create policy lock_self on public.people for update to authenticated
  using (id = auth.uid()) with check (id = auth.uid());

grant select on public.bookings to authenticated;
grant update (updated_at) on public.bookings to authenticated;
create policy participants on public.bookings for select to authenticated
  using (auth.uid() in (tutor_id, student_id));
create policy lock_participants on public.bookings for update to authenticated
  using (auth.uid() in (tutor_id, student_id)) with check (auth.uid() in (tutor_id, student_id));

grant select on public.sessions to authenticated;
grant update (updated_at) on public.sessions to authenticated;
create policy participants on public.sessions for select to authenticated
  using (auth.uid() in (tutor_id, student_id));
create policy lock_participants on public.sessions for update to authenticated
  using (auth.uid() in (tutor_id, student_id)) with check (auth.uid() in (tutor_id, student_id));

grant select on public.session_joins to authenticated;
create policy own on public.session_joins for select to authenticated using (person_id = auth.uid());
create policy own_lessons on public.session_joins for select to authenticated using (
  exists (select from public.sessions s where s.id = session_id and s.tutor_id = auth.uid())
);

-- Never a token, not even its ciphertext.
grant select (id, tutor_id, provider, connection_status, generation, grant_id, account_user_id,
  account_email, account_name, scopes, error_code, error_detail, refresh_next_at, refresh_error,
  connected_at, created_at, updated_at)
  on public.tutor_video_provider_connections to authenticated;
grant update (updated_at) on public.tutor_video_provider_connections to authenticated;
create policy own on public.tutor_video_provider_connections for select to authenticated
  using (tutor_id = auth.uid());
create policy lock_own on public.tutor_video_provider_connections for update to authenticated
  using (tutor_id = auth.uid()) with check (tutor_id = auth.uid());

grant select (id, tutor_id, provider, connection_status, grant_id, account_email, account_name,
  connected_at, retired_at, erased_at)
  on public.retired_video_provider_connections to authenticated;
create policy own on public.retired_video_provider_connections for select to authenticated
  using (tutor_id = auth.uid());

grant select on public.meetings to authenticated;
create policy own on public.meetings for select to authenticated using (tutor_id = auth.uid());

grant select on public.migrations to authenticated;
grant update (updated_at) on public.migrations to authenticated;
create policy own on public.migrations for select to authenticated using (tutor_id = auth.uid());
create policy lock_own on public.migrations for update to authenticated
  using (tutor_id = auth.uid()) with check (tutor_id = auth.uid());

grant select on public.migration_sessions to authenticated;
create policy own on public.migration_sessions for select to authenticated using (tutor_id = auth.uid());
