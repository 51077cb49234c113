-- The field's words for columns that only Segue reads. Data stays as it is.
--
-- meetings.outcome_unknown: an answer may have been lost; look at the provider before creating again.
-- meetings.lookups: how often that was done.
-- meetings.orphan_scan_at: this row's create may still land late; its account is looked through then.
-- meetings.orphan_scans: scans that have succeeded.
-- retired_video_provider_connections.revocation_until: a worker is revoking the grant until then.
-- sessions.student_notified_provider, tutor_notified_provider: where they were last told that it happens.
-- session_joins.notified_at: whoever entered a room that the lesson has left was told so.
alter table public.meetings rename column unsure to outcome_unknown;
alter table public.meetings rename column looks to lookups;
alter table public.meetings rename column stray_look_at to orphan_scan_at;
alter table public.meetings rename column stray_looks to orphan_scans;
alter table public.retired_video_provider_connections rename column letting_go_until to revocation_until;
alter table public.retired_video_provider_connections rename column letting_go_failures to revocation_failures;
alter table public.retired_video_provider_connections rename column letting_go_next_at to revocation_next_at;
alter table public.sessions rename column student_told_provider to student_notified_provider;
alter table public.sessions rename column tutor_told_provider to tutor_notified_provider;
alter table public.session_joins rename column told_at to notified_at;
alter index public.meetings_stray_look rename to meetings_orphan_scan;
