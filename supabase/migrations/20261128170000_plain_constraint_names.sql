-- Constraints keep the name of the column that they were made with, so those of renamed columns follow here.
alter table public.sessions
  rename constraint sessions_student_told_provider_check to sessions_student_notified_provider_check;
alter table public.sessions
  rename constraint sessions_tutor_told_provider_check to sessions_tutor_notified_provider_check;
alter index public.one_intended_meeting_per_wish rename to one_intended_meeting_per_desired_state;

-- Only PostgreSQL 18 and newer have a constraint behind each NOT NULL.
do $$
declare
  named record;
begin
  for named in
    select c.conrelid::regclass as table_name, c.conname as old_name, new_name
    from pg_constraint c
    join (values
      ('meetings_unsure_not_null', 'meetings_outcome_unknown_not_null'),
      ('meetings_looks_not_null', 'meetings_lookups_not_null'),
      ('meetings_stray_looks_not_null', 'meetings_orphan_scans_not_null'),
      ('retired_video_provider_connections_letting_go_failures_not_null',
       'retired_video_provider_connections_revocation_failures_not_null')
    ) as names(old_name, new_name) on names.old_name = c.conname
    where c.connamespace = 'public'::regnamespace
  loop
    execute format('alter table %s rename constraint %I to %I',
      named.table_name, named.old_name, named.new_name);
  end loop;
end $$;
