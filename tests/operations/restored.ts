/** What a database holds, to compare a restored one with the one that was saved. */
import { readCatalog } from "#lib/platform/catalog/catalog.ts";
import { differences } from "#lib/platform/catalog/differences.ts";
import type { Db } from "#lib/platform/db.ts";
import expected from "../../supabase/catalog.json" with { type: "json" };

/** A tutor, a student and a lesson, so that there are rows with references, ranges, triggers and generated columns. */
export const somePeople = `
  insert into people (id, name, role, time_zone) values
    ('00000000-0000-4000-8000-000000000001', 'Tara', 'tutor', 'Europe/Berlin'),
    ('00000000-0000-4000-8000-000000000002', 'Sam', 'student', 'Europe/Berlin');
  with booking as (
    insert into bookings (tutor_id, student_id, subject, starts_at, duration_minutes, time_zone, status)
    values ('00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002', 'Algebra',
            now() + interval '7 days', 45, 'Europe/Berlin', 'accepted') returning *)
  insert into sessions (booking_id, tutor_id, student_id, title, scheduled_start_at, scheduled_end_at)
    select id, tutor_id, student_id, subject, starts_at, starts_at + interval '45 minutes' from booking;`;

export const differencesOf = async (db: Db): Promise<string[]> =>
  differences(expected, await readCatalog(db));
