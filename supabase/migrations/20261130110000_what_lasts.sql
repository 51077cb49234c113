-- What goes on for long is gone on with where it was, and is believed in the end.
--
-- lookup_place, orphan_scan_place: where the search for a lost meeting, and the scan for orphans, go on in the account's
-- list; null: at its beginning. Each page is a call of its own, and a run ends before a long list does.
-- silent_writes: how many of the day's unclear_writes were creates that ended with a server error or without an answer.
-- Very likely they made nothing, so they are repeated sooner.
-- refresh_failed_since: the first of the failed refreshes of this grant since the last one that brought tokens,
-- whatever the provider said. A grant that goes on like this while others of its provider are refreshed is dead.
-- operation: a provider may list meetings and make none, and that for one account, so besides `all` calls each account,
-- and each account's calls of a kind, have a circuit of their own. The one of `all` opens after failures of different accounts; there
-- failed_by is the grant.

alter table public.meetings
  add column lookup_place text,
  add column orphan_scan_place text,
  add column silent_writes integer not null default 0 check (silent_writes >= 0);
alter table public.tutor_video_provider_connections add column refresh_failed_since timestamptz;
alter table public.retired_video_provider_connections add column refresh_failed_since timestamptz;
alter table public.provider_circuits add column operation text not null default 'all';
alter table public.provider_circuits drop constraint provider_circuits_pkey;
alter table public.provider_circuits add primary key (provider, operation);
