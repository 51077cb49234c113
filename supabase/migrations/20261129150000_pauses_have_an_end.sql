-- Earlier versions took over any date that a provider named, however far. Here those dates get the ends that they
-- have from now on (lib/providers/believed.ts): five minutes, and for a limit by the day the next midnight (UTC) and
-- five minutes. A wait that is over too early only means that the provider is asked again.
--
-- provider_budgets, from now on: a row of its own keeps, in paced_until, the pause that the provider has asked a user
-- to make; what an organisation shares is held for seconds only. A limit by the day keeps there until when the
-- provider calls its day used up, and in taken what we have counted, and nothing else.

update public.provider_budgets
   set paced_until = least(paced_until, now() + interval '5 minutes')
 where paced_until > now() + interval '5 minutes';

update public.meetings
   set next_attempt_at = date_trunc('day', now(), 'UTC') + interval '1 day 5 minutes'
 where next_attempt_at > date_trunc('day', now(), 'UTC') + interval '1 day 5 minutes';

update public.meetings
   set next_attempt_at = now() + interval '5 minutes'
 where next_attempt_at > now() + interval '5 minutes'
   and error_code is distinct from 'daily_limit'
   and error_code is distinct from 'in_progress';

-- A lesson that has no room isn't kept waiting beyond its start.
update public.meetings m
   set next_attempt_at = now()
  from public.sessions s
 where s.id = m.session_id and s.meeting_id is null and m.state = 'intended'
   and m.next_attempt_at > s.scheduled_start_at - interval '15 minutes'
   and s.scheduled_end_at > now();

update public.meetings
   set orphan_scan_at = now() + interval '60 minutes'
 where orphan_scan_at > date_trunc('day', now(), 'UTC') + interval '1 day 5 minutes';

update public.tutor_video_provider_connections
   set refresh_next_at = now() + interval '5 minutes'
 where refresh_next_at > now() + interval '5 minutes';

update public.retired_video_provider_connections
   set refresh_next_at = least(refresh_next_at, now() + interval '5 minutes'),
       revocation_next_at = least(revocation_next_at, now() + interval '5 minutes')
 where refresh_next_at > now() + interval '5 minutes' or revocation_next_at > now() + interval '5 minutes';

-- What the open migrations say of it.
update public.migration_sessions ms
   set next_attempt_at = m.next_attempt_at
  from public.meetings m
 where m.session_id = ms.session_id and m.tutor_id = ms.tutor_id and m.state = 'intended'
   and ms.state in ('pending', 'deferred') and ms.next_attempt_at > m.next_attempt_at;
