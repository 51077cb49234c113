-- access_refused_since: since when access tokens of this grant have been refused although they were refreshed just
-- before. Null: the last call was answered otherwise. It belongs to the grant and not to the room that was asked
-- about, whose refused_since is about something else.
alter table public.tutor_video_provider_connections add column access_refused_since timestamptz;
alter table public.retired_video_provider_connections add column access_refused_since timestamptz;
