-- Nobody is mailed in somebody else's name who hasn't agreed. An ask is the question itself: one person
-- (the asker) would like one address to be mailed for them. Until its owner answers yes, nothing but the
-- question goes there.
--
-- These tables stand in the schema where neither anon nor authenticated gets even if a host grants them every
-- table.

-- kind: what the address would be mailed for. guardian: a copy of each mail about a student's lessons; one
--   at a time for each student.
-- mailbox: the address as far as it decides whose mailbox it is (lib/records/asking/rules.ts).
-- tried_at: when the asker last wanted a question to be mailed; asked_at: when one was. They differ where
--   the mailbox may not be asked at present, which the asker isn't told more about.
-- answer: null while there is none. "yes" counts for this ask alone, and no longer once the mailbox has
--   said "no, never" to anybody (private.mailboxes).
-- ended_at: the asker took the address out. Whose it was is forgotten then; links in mails go on leading to
--   a page that says so.
create table private.asks (
  id uuid primary key,
  kind text not null check (kind in ('guardian')),
  asker_id uuid not null references public.people on delete cascade,
  email text,
  mailbox text,
  tried_at timestamptz not null,
  asked_at timestamptz,
  answer text check (answer in ('yes', 'no')),
  answered_at timestamptz,
  ended_at timestamptz,
  check ((answer is null) = (answered_at is null)),
  check ((ended_at is null) = (email is not null)),
  check ((email is null) = (mailbox is null))
);
create unique index one_ask_per_address on private.asks (asker_id, kind, email) where ended_at is null;
create unique index one_guardian on private.asks (asker_id) where kind = 'guardian' and ended_at is null;
create index asks_of_asker on private.asks (asker_id);
create index asks_of_mailbox on private.asks (mailbox) where ended_at is null;

-- What mailboxes said, whoever asked. Only a keyed hash is kept, so that this is no list of addresses.
--   never_at without lifted_at: mails in other people's names never go there. Only a link that was mailed
--     there lifts it, and a "yes" from before counts no longer.
--   yes_at: it has said yes to somebody, so that more than one person may ask it.
create table private.mailboxes (
  mailbox_hash text primary key check (length(mailbox_hash) = 43),
  yes_at timestamptz,
  never_at timestamptz,
  lifted_at timestamptz,
  check (lifted_at is null or never_at is not null)
);

-- Each question that was mailed, for as long as it counts. Not bound to the ask, because it counts on when
-- the asker takes the address out, or is gone.
create table private.questions (
  id uuid primary key,
  mailbox_hash text not null check (length(mailbox_hash) = 43),
  asked_at timestamptz not null
);
create index questions_to_mailbox on private.questions (mailbox_hash, asked_at);

-- The links to the page on which a mailbox answers, one for each mail, for good. Of a link only its token's
-- hash is kept.
-- mail_id: the mail it stands in, while that is in the outbox: after "no, never" it isn't sent any more.
create table private.answer_links (
  token_hash text primary key check (length(token_hash) = 43),
  mailbox_hash text not null check (length(mailbox_hash) = 43),
  ask_id uuid references private.asks on delete set null,
  mail_id uuid references public.mails on delete set null,
  created_at timestamptz not null
);
create index links_to_mailbox on private.answer_links (mailbox_hash);
create index links_of_ask on private.answer_links (ask_id);
create index links_in_mail on private.answer_links (mail_id);

-- The key of those hashes, sealed like a provider's tokens. It stays the same for good, or every "no, never"
-- would be forgotten with it.
create table private.installation_keys (
  name text primary key check (name in ('mailboxes')),
  sealed text not null
);

do $$
declare
  name text;
begin
  foreach name in array array['installation_keys', 'asks', 'mailboxes', 'questions', 'answer_links'] loop
    execute format('alter table private.%I enable row level security', name);
    -- A host may grant its roles everything by default; start from nothing.
    execute format('revoke all on private.%I from public, anon, authenticated', name);
    execute format('grant select, insert, update, delete on private.%I to service_role', name);
    execute format('create policy service on private.%I to service_role using (true) with check (true)', name);
  end loop;
end
$$;

-- The address behind List-Unsubscribe, for mails in somebody else's name. It is a secret like the same
-- address in the mail's text, and is erased once the mail was sent.
alter table private.mail_texts add column unsubscribe_url text;

-- A guardian whose address stands here got copies before anybody was asked. That counts as a yes, and each
-- of their mails says from now on how to end it.
insert into private.asks (id, kind, asker_id, email, mailbox, tried_at, answer, answered_at)
select gen_random_uuid(), 'guardian', person_id, email,
  case
    when domain in ('gmail.com', 'googlemail.com') then replace(local, '.', '') || '@gmail.com'
    else local || '@' || domain
  end,
  updated_at, 'yes', updated_at
from (
  select person_id, updated_at, email,
    split_part(substring(email from '^(.*)@[^@]*$'), '+', 1) as local,
    substring(email from '@([^@]*)$') as domain
  from (
    select person_id, updated_at, lower(trim(guardian_email)) as email from public.mail_preferences
  ) given
  where email like '%_@_%'
) parts;

alter table public.mail_preferences drop column guardian_email;
