-- Letting go of a retired grant: when no meeting needs it and no migration could be undone to it any
-- more, it is revoked at the provider and its tokens are erased (erased_at); the row stays, so that
-- consent by the same account takes up the same grant_id.
--
-- letting_go_until: a worker is revoking it and will have its answer, or be dead, by then. It is never
-- taken back: whoever brings tokens of the same account, asked for before that time, proves that they
-- have outlived the revocation before they are stored.
-- letting_go_failures, _next_at: revoking failed in passing; nobody tries again before that time.

alter table public.retired_video_provider_connections
  add column letting_go_until timestamptz,
  add column letting_go_failures integer not null default 0,
  add column letting_go_next_at timestamptz;

-- What still has tokens, for the sweep.
create index retired_grants_with_tokens on public.retired_video_provider_connections (tutor_id)
  where erased_at is null;
