-- What has happened to a tutor's connection, for the line of time on their page and on support's. Written by the database
-- itself, so that nobody who changes a connection can forget it.
--   connected      for the first time, or another account or provider than before
--   reconnected    the same account again, by a consent or by itself
--   lost           the provider no longer accepts it
--   disconnected   by the tutor
--   checked        the tutor had the links checked; how many rooms were asked about and how many were gone or differed
create table public.connection_events (
  id uuid primary key default gen_random_uuid(),
  tutor_id uuid not null references public.people on delete cascade,
  kind text not null check (kind in ('connected', 'reconnected', 'lost', 'disconnected', 'checked')),
  provider text not null check (provider in ('google_meet', 'zoom')),
  account_email text,
  checked integer check (checked >= 0),
  repaired integer check (repaired >= 0),
  at timestamptz not null,
  check ((kind = 'checked') = (checked is not null and repaired is not null))
);
create index connection_events_of_tutor on public.connection_events (tutor_id, at desc);

alter table public.connection_events enable row level security;
-- A host may grant its roles everything by default; start from nothing.
revoke all on public.connection_events from public, anon, authenticated, service_role;
grant select, insert, update, delete on public.connection_events to service_role;
create policy service on public.connection_events to service_role using (true) with check (true);
grant select (id, tutor_id, kind, provider, account_email, checked, repaired, at)
  on public.connection_events to authenticated;
create policy own on public.connection_events for select to authenticated using (tutor_id = (select auth.uid()));

create function private.connection_changed() returns trigger
  language plpgsql set search_path = '' as $$
declare
  happened text;
begin
  if tg_op = 'INSERT' or new.grant_id <> old.grant_id then
    happened := 'connected';
  elsif new.connection_status <> old.connection_status then
    happened := case new.connection_status
      when 'needs_reconnect' then 'lost'
      when 'disconnected' then 'disconnected'
      else 'reconnected' end;
  elsif new.connected_at <> old.connected_at then
    happened := 'reconnected';
  else
    return null;
  end if;
  insert into public.connection_events (tutor_id, kind, provider, account_email, at)
    values (new.tutor_id, happened, new.provider, new.account_email, new.updated_at);
  return null;
end
$$;
revoke all on function private.connection_changed() from public, anon, authenticated, service_role;
create trigger connection_changed after insert or update on public.tutor_video_provider_connections
  for each row execute function private.connection_changed();

-- What came before is told as far as the connections tell it.
insert into public.connection_events (tutor_id, kind, provider, account_email, at)
  select tutor_id, 'connected', provider, account_email, connected_at
    from public.tutor_video_provider_connections;
