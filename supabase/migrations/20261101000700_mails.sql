-- Mails on their way: written in the transaction of what they tell, sent afterwards by the worker.
--   queued -> sent | failed        queued again after an error that may pass (next_attempt_at)

create table public.mails (
  id uuid primary key default gen_random_uuid(),
  to_email text not null,
  to_name text,
  subject text not null,
  text_body text not null,
  html_body text not null,
  status text not null default 'queued' check (status in ('queued', 'sent', 'failed')),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null,
  error_detail text,
  created_at timestamptz not null,
  sent_at timestamptz,
  check ((status = 'sent') = (sent_at is not null))
);
create index mails_due on public.mails (next_attempt_at) where status = 'queued';
