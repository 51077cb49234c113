-- Calendar feed: the private address under which calendar apps read somebody's lessons, without sign-in.
-- One per person at most; making a new one replaces it, and the old address finds nothing from then on.
-- Of the address only its token's hash is kept, so that nobody can read it from here.

create table public.calendar_feeds (
  person_id uuid primary key references public.people,
  token_hash text not null unique check (length(token_hash) = 43),
  created_at timestamptz not null
);

alter table public.calendar_feeds enable row level security;
-- A host may grant its roles everything by default; start from nothing.
revoke all on public.calendar_feeds from anon, authenticated;
grant select, insert, update, delete on public.calendar_feeds to service_role;
create policy service on public.calendar_feeds to service_role using (true) with check (true);

grant select (person_id, created_at) on public.calendar_feeds to authenticated;
create policy own on public.calendar_feeds for select to authenticated using (person_id = auth.uid());
