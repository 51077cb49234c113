-- Grant: the consent of one provider account, given by one tutor. grant_id is its identity for
-- (tutor, provider, account user) for ever: the additional data of its ciphertext, and what every
-- meeting made with it names. It sits in one of two tables:
--   tutor_video_provider_connections    the tutor's current one, one row per tutor
--   retired_video_provider_connections  replaced ones, kept to tidy up what was made with them
-- Consent by the same account again puts new tokens under the same grant_id, wherever it sits.
--
-- connection_status: connected | needs_reconnect (its tokens are dead) | disconnected (by the tutor;
-- the row stays, so that connecting elsewhere later is recognised as a switch).
-- error_code: why its tokens are dead; also where the tutor has disconnected, nothing is called with it.
-- generation rises with every migration of the tutor: what was begun for an older one isn't swapped in.
-- refresh_lease_*: whoever holds it is asking for new tokens; nobody else may until it ends.
-- refresh_failures, _next_at, _error: asking failed in passing; nobody asks again before that time.

create table public.tutor_video_provider_connections (
  id uuid primary key default gen_random_uuid(),
  tutor_id uuid not null unique references public.people,
  provider text not null check (provider in ('google_meet', 'zoom')),
  connection_status text not null default 'connected'
    check (connection_status in ('connected', 'needs_reconnect', 'disconnected')),
  generation integer not null default 1,
  grant_id uuid not null unique,
  account_user_id text not null,
  account_email text not null,
  account_name text,
  account_organisation_id text,
  scopes text[] not null,
  access_token_encrypted text not null,
  refresh_token_encrypted text not null,
  access_token_expires_at timestamptz not null,
  refresh_lease_id uuid,
  refresh_lease_until timestamptz,
  refresh_failures integer not null default 0,
  refresh_next_at timestamptz,
  refresh_error text,
  error_code text,
  error_detail text,
  connected_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
-- Zoom keeps one living grant per user and app: a second tutor's consent would void the first's.
create unique index one_tutor_per_zoom_account
  on public.tutor_video_provider_connections (account_user_id)
  where provider = 'zoom' and connection_status <> 'disconnected';

create table public.retired_video_provider_connections (
  id uuid primary key default gen_random_uuid(),
  tutor_id uuid not null references public.people,
  provider text not null check (provider in ('google_meet', 'zoom')),
  connection_status text not null
    check (connection_status in ('connected', 'needs_reconnect', 'disconnected')),
  grant_id uuid not null unique,
  account_user_id text not null,
  account_email text not null,
  account_name text,
  account_organisation_id text,
  scopes text[] not null,
  -- Null once the grant was revoked and erased.
  access_token_encrypted text,
  refresh_token_encrypted text,
  access_token_expires_at timestamptz,
  refresh_lease_id uuid,
  refresh_lease_until timestamptz,
  refresh_failures integer not null default 0,
  refresh_next_at timestamptz,
  refresh_error text,
  error_code text,
  error_detail text,
  connected_at timestamptz not null,
  retired_at timestamptz not null,
  erased_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (tutor_id, provider, account_user_id),
  check ((access_token_encrypted is null) = (erased_at is not null)),
  check ((refresh_token_encrypted is null) = (erased_at is not null))
);

-- One visit to a provider's consent page: single use, ten minutes, bound to the browser's sign-in.
create table public.oauth_attempts (
  state_hash text primary key,
  person_id uuid not null references public.people,
  browser_session_id uuid not null,
  provider text not null check (provider in ('google_meet', 'zoom')),
  code_verifier_encrypted text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now()
);
create index oauth_attempts_expiry on public.oauth_attempts (expires_at);
