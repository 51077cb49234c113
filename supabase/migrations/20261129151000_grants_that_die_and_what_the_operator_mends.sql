-- A refresh that is refused in words that nobody here knows says nothing for sure. If it goes on like that, it is
-- believed: lib/records/grants/rules.ts says after how many refusals and how long.
--
-- refresh_refusals: how many refreshes in a row were refused like that. refresh_refused_since: since when.
-- A failure that says nothing about the grant (no answer, a refused client) leaves them as they are.
alter table public.tutor_video_provider_connections
  add column refresh_refusals integer not null default 0,
  add column refresh_refused_since timestamptz;
alter table public.retired_video_provider_connections
  add column refresh_refusals integer not null default 0,
  add column refresh_refused_since timestamptz;

-- What only whoever runs the installation can mend at a provider: its registration is refused there
-- (client_refused), or the API isn't enabled (api_disabled). One row for each kind, for good.
--
--   under way   resolved_at is null; everything that meets it is tried again by itself
--   resolved    the provider has answered as it should; the next time begins a new first_seen
--
-- told_at: when the mail to the administrators was written. One for each time it begins, and at most one a day.
create table public.operator_troubles (
  provider text not null check (provider in ('google_meet', 'zoom')),
  kind text not null check (kind in ('client_refused', 'api_disabled')),
  detail text,
  help_url text,
  first_seen timestamptz not null,
  last_seen timestamptz not null,
  told_at timestamptz,
  resolved_at timestamptz,
  primary key (provider, kind)
);
alter table public.operator_troubles enable row level security;
revoke all on public.operator_troubles from public, anon, authenticated, service_role;
grant select, insert, update, delete on public.operator_troubles to service_role;
create policy service on public.operator_troubles to service_role using (true) with check (true);
