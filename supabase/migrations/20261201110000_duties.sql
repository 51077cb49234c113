-- What one process does for the whole house, each by whoever's lease runs. A process that dies is followed within seconds.
create table private.duties (
  duty text primary key,
  -- A process, by an id of its own.
  holder uuid,
  held_until timestamptz
);
insert into private.duties (duty) values ('sweep');
alter table private.duties enable row level security;
create policy service on private.duties to service_role using (true) with check (true);
grant select, insert, update, delete on private.duties to service_role;
