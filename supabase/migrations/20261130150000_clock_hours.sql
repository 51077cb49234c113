-- Whether a person reads clocks of twelve hours or of twenty-four, on pages and in mails.
alter table public.people add column clock_hours smallint not null default 24 check (clock_hours in (12, 24));
