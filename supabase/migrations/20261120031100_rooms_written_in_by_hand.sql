-- Meetings of origin manual (see the ledger's paragraph) have a shorter life than those that we make:
--
--   live -> ended
--
-- Such a room was made by somebody else, with a grant that we don't hold, so nothing is ever asked of its
-- provider. Replaced by a switch, a refresh or another link, cancelled or over, it is ended at once: we
-- stop handing it out, and whoever made it keeps it.
-- And of those that we make, one more arrow: superseded -> ended, when somebody writes the link of a
-- replaced room into a lesson again. It is theirs from then on, and isn't deleted.

alter table public.meetings
  add constraint manual_meetings_are_never_called_for check (origin = 'segue' or state in ('live', 'ended'));
