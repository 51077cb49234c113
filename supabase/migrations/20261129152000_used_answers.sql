-- A visit to a consent page stays for a day after its answer was used, because the answer comes again: by a
-- double press, a reload or the way back. It then holds no secret, only what became of it.
--
-- used_at: when its answer was taken; from then on nobody else takes it.
-- outcome: what became of it; null while that is under way. It is written in the transaction that stores the
-- connection, so that it says what happened also where the process died after that.
alter table public.oauth_attempts
  alter column code_verifier_encrypted drop not null,
  add column used_at timestamptz,
  add column outcome jsonb,
  add check ((code_verifier_encrypted is null) = (used_at is not null)),
  add check (outcome is null or used_at is not null);
