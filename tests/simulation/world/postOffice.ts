/** The mail server as the workers meet it. It is away at times, and sees what each mail that it takes says. */

import type { Mailer } from "#lib/platform/mail/mailer.ts";
import { MailError } from "#lib/platform/mail/mailTrouble.ts";
import { MAIL_LEASE_SECONDS } from "#lib/platform/patience.ts";
import type { Process } from "#tests/simulation/machine/scheduler.ts";
import type { World } from "./world.ts";

export function postOffice(world: World, process: Process): Mailer {
  const { scheduler, faults, dice } = world;
  return {
    send: async ({ messageId, subject, to }) => {
      await scheduler.park(process, "call", "mail", dice.int(20, 400));
      if (world.mailAwayUntil <= scheduler.now && faults.strikes("mail_away")) {
        world.mailAwayUntil = scheduler.now + dice.int(10, 3_600) * 1_000;
        scheduler.note("the mail server is away");
      }
      if (faults.isCalm) world.mailAwayUntil = 0;
      if (world.mailAwayUntil > scheduler.now) throw new MailError("away", { trouble: "away" });
      const id = messageId.slice(1, messageId.indexOf("@"));
      const why = await untrue(world, id);
      if (why) world.violate(`${process.name} sent "${subject}" to ${to.address}, and ${why}`);
    },
    close: () => undefined,
  };
}

/**
 * Whether what the mail tells of was no longer so when it was taken out of the outbox. A change in between takes its
 * own mail along.
 */
async function untrue({ ground, scheduler }: World, id: string): Promise<string | null> {
  const { rows } = await ground.database.query(query, [id]);
  const taken = (leaseUntil: unknown) => Number(leaseUntil) - MAIL_LEASE_SECONDS * 1_000;
  for (const row of rows) {
    if (Number(row.changed) >= taken(row.lease)) continue;
    if (row.status === "CANCELLED") return "its lesson was cancelled before";
    if (row.about === "reminder" && row.told !== row.revision) return "its lesson was moved before";
    if (Number(row.ends) < taken(row.lease)) return `its lesson was over at ${scheduler.now}`;
  }
  return null;
}

const ms = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`;
const query = `select m.about, s.status, l.revision as told, s.revision, ${ms("s.updated_at")} as changed,
    ${ms("s.scheduled_end_at")} as ends, ${ms("m.lease_until")} as lease
  from public.mails m join private.mail_lessons l on l.mail_id = m.id join public.sessions s on s.id = l.session_id
  where m.id = $1`;
