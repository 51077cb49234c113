-- Each foreign key leads an index. Without one, whoever asks for their own rows reads everybody's, and so does each removal
-- of what the key names.
create index sessions_tutor on public.sessions (tutor_id, scheduled_start_at);
create index sessions_meeting on public.sessions (meeting_id);
create index meetings_tutor on public.meetings (tutor_id);
create index migration_sessions_tutor on public.migration_sessions (tutor_id);
create index migration_sessions_from on public.migration_sessions (from_meeting_id);
create index migration_sessions_to on public.migration_sessions (to_meeting_id);
create index migrations_created_by on public.migrations (created_by);
create index migrations_of_migration on public.migrations (of_migration_id) where of_migration_id is not null;
create index change_requests_tutor on public.change_requests (tutor_id);
create index change_requests_student on public.change_requests (student_id);
create index lesson_messages_person on public.lesson_messages (person_id);
create index mails_to_person on public.mails (person_id);
create index notes_person on public.notes (person_id);
create index notes_session on public.notes (session_id);
create index oauth_attempts_person on public.oauth_attempts (person_id);
create index session_joins_meeting on public.session_joins (meeting_id);
create index session_joins_person on public.session_joins (person_id);
