-- What lies at rest, and who may reach it.
--
-- Schema "private" holds what no request acts on as a person: mail addresses and the texts of mails. Neither
-- anon nor authenticated may use it, so a grant "on all tables in schema public" can't open it by mistake.
create schema private;
revoke all on schema private from public, anon, authenticated;
grant usage on schema private to service_role;

-- Whose mailbox it is. confirmed_at: since when its owner is known to have answered from there.
create table private.addresses (
  person_id uuid primary key references public.people on delete cascade,
  email text not null unique,
  confirmed_at timestamptz
);
insert into private.addresses (person_id, email) select id, email from public.people;
alter table public.people drop column email;

alter table private.addresses enable row level security;
revoke all on private.addresses from public, anon, authenticated, service_role;
grant select, insert, update, delete on private.addresses to service_role;
create policy service on private.addresses to service_role using (true) with check (true);

create or replace function identity.person_signed_up() returns trigger
  language plpgsql set search_path = '' as $$
begin
  insert into public.people (id, name, role, time_zone, language)
  values (new.id, new.name, new.role, new.time_zone, new.language);
  insert into private.addresses (person_id, email) values (new.id, new.email);
  return new;
end
$$;
