-- check_at: the provider says that somebody has changed or deleted this room there. From that time on it
-- is asked about, whatever the notice said; it moves on where no answer came, and ends with one.

alter table public.meetings add column check_at timestamptz;

create index meetings_check on public.meetings (check_at) where check_at is not null and state = 'live';
-- A notice knows a room by the provider's own id.
create index meetings_external on public.meetings (external_id) where external_id is not null;
-- What somebody was sent lately.
create index mails_to on public.mails (to_email, created_at);
