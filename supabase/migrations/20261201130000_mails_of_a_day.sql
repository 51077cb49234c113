-- The figures count mails by what became of them within a day, not by when they were queued.
drop index public.mails_newest;
create index mails_sent on public.mails (sent_at) where sent_at is not null;
create index mails_given_up on public.mails (next_attempt_at) where status in ('failed', 'dropped');
