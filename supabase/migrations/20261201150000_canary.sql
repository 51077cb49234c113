-- What the processes on this database must have in common, as the web process that started last has it: sealed, so that a
-- process whose keys don't fit notices before it works with them.
create table private.canary (
  singleton boolean primary key default true check (singleton),
  sealed text not null,
  written_at timestamptz not null
);
alter table private.canary enable row level security;
-- A host may grant its roles everything by default; start from nothing.
revoke all on private.canary from public, anon, authenticated;
create policy service on private.canary to service_role using (true) with check (true);
grant select, insert, update, delete on private.canary to service_role;
