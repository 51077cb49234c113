-- What goes on for long is gone on with where it was, and is believed in the end.
--
-- lookup_place, orphan_scan_place: where the search for a lost meeting, and the scan for orphans, go on in the account's
-- list; null: at its beginning. Each page is a call of its own, and a run ends before a long list does.
-- refresh_failed_since: the first of the failed refreshes of this grant since the last one that brought tokens,
-- whatever the provider said. A grant that goes on like this while others of its provider are refreshed is dead.
-- operation: a provider may list meetings and make none, so besides `all` calls each kind has a circuit of its own.

alter table public.meetings add column lookup_place text, add column orphan_scan_place text;
alter table public.tutor_video_provider_connections add column refresh_failed_since timestamptz;
alter table public.retired_video_provider_connections add column refresh_failed_since timestamptz;
alter table public.provider_circuits add column operation text not null default 'all';
alter table public.provider_circuits drop constraint provider_circuits_pkey;
alter table public.provider_circuits add primary key (provider, operation);
