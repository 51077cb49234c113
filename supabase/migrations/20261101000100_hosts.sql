-- What Supabase brings along and a plain PostgreSQL or PGlite lacks: the three roles that requests
-- run as, and auth.uid(). Everything here is made only where it is missing, because Supabase
-- refuses changes to its schema "auth".

do $$
declare
  role_name text;
begin
  foreach role_name in array array['anon', 'authenticated', 'service_role'] loop
    if not exists (select from pg_roles where rolname = role_name) then
      execute format('create role %I nologin noinherit', role_name);
    end if;
    if not pg_has_role(current_user, role_name, 'member') then
      execute format('grant %I to current_user', role_name);
    end if;
  end loop;

  if to_regnamespace('auth') is null then
    create schema auth;
    grant usage on schema auth to anon, authenticated, service_role;
  end if;
  if to_regprocedure('auth.uid()') is null then
    create function auth.uid() returns uuid language sql stable as $uid$
      select (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid
    $uid$;
    grant execute on function auth.uid() to anon, authenticated, service_role;
  end if;
end
$$;

grant usage on schema public to anon, authenticated, service_role;

-- Sign-in's tables. Nobody is granted anything here: only the app's own connection reads them.
create schema identity;

-- Ranges with equality, for "a tutor's lessons don't overlap". Not in public, which a host's API may show.
create schema if not exists extensions;
create extension if not exists btree_gist with schema extensions;

-- Tells this installation's meetings from those of another one on the same provider account.
create table public.installation (
  id uuid primary key default gen_random_uuid(),
  singleton boolean not null default true unique check (singleton)
);
insert into public.installation default values;

alter table public.installation enable row level security;
create policy service on public.installation to service_role using (true) with check (true);
grant select on public.installation to service_role;
