/**
 * Roles, schemas and default privileges as a Supabase project has them, for a server of the tests. The facts are those of
 * github.com/supabase/postgres, migrations/db/init-scripts; the statements are our own. The database's owner is `postgres`,
 * who is no superuser there.
 */
import type { ServerRoles } from "#tests/harness/databases/postgresServer.ts";

const api = "anon, authenticated, service_role";

export const supabaseLike: ServerRoles = {
  superuser: "supabase_admin",
  owner: "postgres",
  create: `
    create role postgres login createrole createdb replication bypassrls;
    create role anon nologin noinherit;
    create role authenticated nologin noinherit;
    create role service_role nologin noinherit bypassrls;
    create role authenticator login noinherit;
    create role supabase_auth_admin login noinherit createrole;
    grant ${api} to authenticator;
    grant ${api} to postgres with admin option;`,
  inEachDatabase: `
    create schema extensions;
    create extension if not exists pgcrypto with schema extensions;
    grant all on schema extensions to postgres;
    grant usage on schema extensions to ${api};
    create schema auth authorization supabase_auth_admin;
    create table auth.users (
      id uuid primary key, email text unique, encrypted_password text, email_confirmed_at timestamptz,
      raw_app_meta_data jsonb, raw_user_meta_data jsonb, created_at timestamptz, updated_at timestamptz);
    alter table auth.users owner to supabase_auth_admin;
    create function auth.uid() returns uuid language sql stable as $$
      select coalesce(nullif(current_setting('request.jwt.claim.sub', true), ''),
        nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid $$;
    alter function auth.uid() owner to supabase_auth_admin;
    grant usage on schema auth to postgres, ${api};
    grant all on all tables in schema auth to postgres;
    grant usage on schema public to postgres, ${api};
    alter default privileges for role postgres in schema public grant all on tables to postgres, ${api};
    alter default privileges for role postgres in schema public grant all on functions to postgres, ${api};
    alter default privileges for role postgres in schema public grant all on sequences to postgres, ${api};`,
};
