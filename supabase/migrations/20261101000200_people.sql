-- People. Who they are to sign-in stands in schema "identity" (kept by better-auth); who they are to
-- the app stands in public.people, with the same id. A row there is made by trigger when somebody
-- signs up, so that neither can exist without the other.
--
-- role: tutor | student, chosen once at sign-up; admin only by the command line. It is read from
-- public.people alone: whatever sign-in lets somebody change about themselves doesn't reach it.

create table identity."user" (
  id uuid primary key default gen_random_uuid(),
  name text not null check (length(btrim(name)) between 1 and 120),
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  role text not null check (role in ('tutor', 'student')),
  time_zone text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table identity.session (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references identity."user" on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index sign_in_user on identity.session (user_id);

create table identity.account (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references identity."user" on delete cascade,
  account_id text not null,
  provider_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index account_user on identity.account (user_id);

create table identity.verification (
  id uuid primary key default gen_random_uuid(),
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verification_identifier on identity.verification (identifier);

create table identity.rate_limit (
  id uuid primary key default gen_random_uuid(),
  key text not null unique,
  count integer not null,
  last_request bigint not null
);

create table public.people (
  id uuid primary key,
  name text not null check (length(btrim(name)) between 1 and 120),
  email text not null unique,
  role text not null check (role in ('tutor', 'student', 'admin')),
  time_zone text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create function identity.person_signed_up() returns trigger language plpgsql as $$
begin
  insert into public.people (id, name, email, role, time_zone)
  values (new.id, new.name, new.email, new.role, new.time_zone);
  return new;
end
$$;
create trigger person_signed_up after insert on identity."user"
  for each row execute function identity.person_signed_up();
