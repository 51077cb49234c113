-- What all processes together may ask of the providers. Published limits are data of the provider's
-- module; these tables hold only what was used of them. Every date in them comes from the caller's clock.
--
-- provider_budgets: one row per limit and who shares it (a user, an organisation, the whole project).
-- A limit by the second or minute keeps paced_until: each call moves it on by the time that one call may
-- take at that pace, and whoever finds it too far ahead waits or is sent away. A limit by the day keeps
-- day and taken; a newer day begins at 0, and a day never goes back.
--
-- provider_circuits: whether a provider answers at all.
--   closed (failures below the threshold) -> open (nobody calls until open_until)
--   open -> probed (from then on one caller, until probe_until) -> closed | open, for longer each time
-- failed_by: the lesson whose call failed last; the same one again says nothing new about the provider.
--
-- provider_plans: the plan of an organisation at the provider, learnt from its answers.

create table public.provider_budgets (
  key text primary key,
  paced_until timestamptz,
  day date,
  taken integer not null default 0 check (taken >= 0)
);

create table public.provider_circuits (
  provider text primary key check (provider in ('google_meet', 'zoom')),
  failures integer not null default 0,
  failed_by uuid,
  open_until timestamptz,
  probe_until timestamptz,
  check (probe_until is null or open_until is not null)
);

create table public.provider_plans (
  provider text not null check (provider in ('google_meet', 'zoom')),
  organisation_id text not null,
  plan text not null,
  updated_at timestamptz not null,
  primary key (provider, organisation_id)
);

alter table public.provider_budgets enable row level security;
alter table public.provider_circuits enable row level security;
alter table public.provider_plans enable row level security;

do $$
declare
  name text;
begin
  foreach name in array array['provider_budgets', 'provider_circuits', 'provider_plans'] loop
    -- A host may grant its roles everything by default; start from nothing.
    execute format('revoke all on public.%I from anon, authenticated', name);
    execute format('grant select, insert, update, delete on public.%I to service_role', name);
    execute format('create policy service on public.%I to service_role using (true) with check (true)', name);
  end loop;
end
$$;
