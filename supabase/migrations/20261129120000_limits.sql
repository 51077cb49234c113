-- What was done of things that are limited: one row each time, as long as it counts. The table of limits
-- itself is lib/records/limits/rules.ts. A refused try leaves no row, and what a transaction took back was
-- never counted.
--
-- whose is a keyed hash: nobody reads a mail address or a person from here, and without the key nobody can
-- look one up.
-- counts_until is the end of the longest window. Every date comes from the caller's clock.

create table public.limited_uses (
  id uuid primary key default gen_random_uuid(),
  rule text not null,
  whose text not null check (length(whose) = 43),
  used_at timestamptz not null,
  counts_until timestamptz not null
);
create index limited_uses_newest on public.limited_uses (rule, whose, used_at desc);
create index limited_uses_over on public.limited_uses (counts_until);

alter table public.limited_uses enable row level security;
-- A host may grant its roles everything by default; start from nothing.
revoke all on public.limited_uses from anon, authenticated;
grant select, insert, update, delete on public.limited_uses to service_role;
create policy service on public.limited_uses to service_role using (true) with check (true);

-- Sign-in's library counted here in windows that begin anew each minute.
drop table identity.rate_limit;
