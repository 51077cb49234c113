-- The language that somebody reads: pages and mails are written in it. Chosen at sign-up (the
-- browser's) and changeable; which there are is known by the catalog, not by the database.

alter table identity."user" add column language text not null default 'en';
alter table public.people add column language text not null default 'en'
  check (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$');

create or replace function identity.person_signed_up() returns trigger language plpgsql as $$
begin
  insert into public.people (id, name, email, role, time_zone, language)
  values (new.id, new.name, new.email, new.role, new.time_zone, new.language);
  return new;
end
$$;
