-- Strays: meetings with our mark that live at the provider although the ledger has no use for them,
-- because a create whose answer was lost landed after its row was given up or made again under the same
-- key. Found, such a meeting gets a row of its own that begins as superseded and sees to its deletion.
--
-- stray_look_at: this row's create may still land late; the account that it was asked of is looked
-- through at that time, whatever state the row is in by then. It moves on when that look has succeeded
-- and ends with the last one, or when its grant can't be called with any more. Until then a retired grant
-- isn't let go.
-- stray_looks: looks that have succeeded.

alter table public.meetings
  add column stray_look_at timestamptz,
  add column stray_looks integer not null default 0;

create index meetings_stray_look on public.meetings (stray_look_at) where stray_look_at is not null;
