-- What stands in the tables of sign-in, or in a backup of them, opens nothing: tokens are kept as their
-- SHA-256 (base64url, as the app writes it). Cookies and bearers that exist go on.

update identity.session
set token = rtrim(translate(encode(sha256(convert_to(token, 'UTF8')), 'base64'), '+/', '-_'), '=');

update identity.verification
set identifier = rtrim(translate(encode(sha256(convert_to(identifier, 'UTF8')), 'base64'), '+/', '-_'), '=');

-- Whose mailbox answered. Nobody's has yet: people are asked when they sign in next. They go on with the
-- lessons, requests and connections that they have, and start nothing new until then.
alter table public.people add column confirmed_at timestamptz;
-- Whoever signed up before anybody was asked never vanishes for not having answered.
alter table public.people add column signed_up_unasked boolean not null default false;
update public.people set signed_up_unasked = true;
create index people_unconfirmed on public.people (created_at)
  where confirmed_at is null and not signed_up_unasked;

-- One row for each mail that asks whether an address is this person's. If it is another address than the
-- person has, it takes that one's place once its mailbox answers; until then it is valid for nothing.
create table private.confirmations (
  id uuid primary key,
  person_id uuid not null references public.people on delete cascade,
  email text not null,
  token_hash text not null unique,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index confirmations_person on private.confirmations (person_id);
alter table private.confirmations enable row level security;
revoke all on private.confirmations from public, anon, authenticated, service_role;
grant select, insert, update, delete on private.confirmations to service_role;
create policy service on private.confirmations to service_role using (true) with check (true);

-- A tutor whose address isn't confirmed isn't listed; students whom they teach already still see them.
drop policy tutors_are_listed on public.people;
create policy tutors_are_listed on public.people for select to authenticated
  using (role = 'tutor' and confirmed_at is not null);
create policy tutors_of_a_student on public.people for select to authenticated using (
  exists (select from public.bookings b where b.student_id = (select auth.uid()) and b.tutor_id = people.id)
);

-- A new password ends whatever was handed out under the old one, whichever way it is set. (Sign-ins end by
-- the verb that sets it, which knows the one in hand.)
create function identity.password_changed() returns trigger
  language plpgsql set search_path = '' as $$
begin
  delete from public.calendar_feeds where person_id = new.user_id;
  delete from public.oauth_attempts where person_id = new.user_id;
  delete from private.confirmations c using private.addresses a
    where c.person_id = new.user_id and a.person_id = c.person_id and c.email <> a.email;
  delete from identity.verification where value = new.user_id::text;
  return new;
end
$$;
revoke all on function identity.password_changed() from public, anon, authenticated;
create trigger password_changed after update of password on identity.account
  for each row when (old.password is distinct from new.password)
  execute function identity.password_changed();
