-- A mail about something that is amiss says what, and is looked at again like all others before it is sent.
-- about_provider, about_trouble: of a mail to the operator, the row of operator_troubles. about_provider alone: of a
--   mail that asks a tutor to reconnect; null on those from before.
-- about_email: of a mail that mails to an address don't arrive. It is erased with the mail's text.
-- mended: the mail was dropped, since what it says isn't so any more.
alter table public.mails
  add column about_provider text check (about_provider in ('google_meet', 'zoom')),
  add column about_trouble text check (about_trouble in ('client_refused', 'api_disabled')),
  drop constraint mails_about_check,
  add constraint mails_about_check check (about in
    ('reminder', 'rooms', 'room_left', 'rescheduled', 'zone_agreed', 'zone_instant', 'accepted', 'called_off',
     'requested', 'confirmation', 'reconnect', 'operator', 'refused')),
  drop constraint mails_error_code_check,
  add constraint mails_error_code_check check (error_code in
    ('address', 'content', 'server', 'away', 'later', 'slow', 'stopped', 'unknown',
     'cancelled', 'moved', 'over', 'superseded', 'decided', 'answered', 'mended', 'unwanted')),
  add constraint operator_mails_name_their_trouble check
    (about is distinct from 'operator' or (about_provider is not null and about_trouble is not null));
alter table private.mail_texts add column about_email text;
