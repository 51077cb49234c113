-- Since when the provider has refused what this row asks for in words that nobody here knows, and has answered nothing
-- else in between. Such a refusal says nothing for sure, so it is tried again; lib/records/meetings/rules.ts says for
-- how long.
alter table public.meetings add column refused_since timestamptz;
