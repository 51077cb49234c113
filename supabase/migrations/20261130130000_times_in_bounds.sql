-- Some times can be stored and not be worked with: no clock of ours shows the year 280000, and no provider holds a meeting
-- of ten seconds. One such row, written by hand, used to stop a start, a page or a switch. The verbs ask for much less
-- than this; it is for whatever writes here without them. A trigger and no constraint, so that a lesson that is
-- already there can still be cancelled.
create function private.lesson_time_in_bounds() returns trigger
  language plpgsql set search_path = '' as $$
begin
  if new.scheduled_start_at < '2000-01-01Z' or new.scheduled_start_at >= '3000-01-01Z' then
    raise check_violation using message = 'scheduled_start_at: must be between the years 2000 and 2999';
  end if;
  -- An old lesson that lasts longer can be moved, too.
  if tg_op = 'UPDATE' and new.scheduled_end_at - new.scheduled_start_at
                        = old.scheduled_end_at - old.scheduled_start_at then
    return new;
  end if;
  if new.scheduled_end_at not between new.scheduled_start_at + interval '1 minute'
                              and new.scheduled_start_at + interval '24 hours' then
    raise check_violation using message = 'scheduled_end_at: must be between a minute and a day after scheduled_start_at';
  end if;
  return new;
end
$$;
revoke all on function private.lesson_time_in_bounds() from public, anon, authenticated, service_role;
create trigger lesson_time_in_bounds before insert or update of scheduled_start_at, scheduled_end_at
  on public.sessions for each row execute function private.lesson_time_in_bounds();

create function private.booking_time_in_bounds() returns trigger
  language plpgsql set search_path = '' as $$
begin
  if new.starts_at < '2000-01-01Z' or new.starts_at >= '3000-01-01Z' then
    raise check_violation using message = 'starts_at: must be between the years 2000 and 2999';
  end if;
  return new;
end
$$;
revoke all on function private.booking_time_in_bounds() from public, anon, authenticated, service_role;
create trigger booking_time_in_bounds before insert or update of starts_at
  on public.bookings for each row execute function private.booking_time_in_bounds();
