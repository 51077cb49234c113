/** Shows support what it should see before a mail about it comes. */
import { asService } from "#lib/platform/db.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import { deadConnections } from "#lib/records/grants/queries/active.ts";
import { heldMails } from "#lib/records/mails/queries/refused.ts";
import { newestWithFailures } from "#lib/records/migrations/queries/failed.ts";
import {
  type OperatorTroubleView,
  operatorTroubles,
} from "#lib/services/calls/operatorTroubles.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { assertSupport } from "./onBehalf.ts";
import { overdueTutors } from "./overdueTutors.ts";

/** The most tutors of each kind. With more of one kind, the problem isn't these tutors' own. */
const LIMIT = 20;

export interface Trouble {
  tutor: { id: string; name: string; email: string };
  provider: ProviderId | null;
  count: number;
  since: string;
}

/** Mails that can't leave, whoever they are for. */
export interface MailTroubles {
  /** server: it refuses to send for us. away: it can't be reached. */
  trouble: "server" | "away";
  detail: string;
  count: number;
  since: string;
}

export interface Troubles {
  mail: MailTroubles[];
  operator: OperatorTroubleView[];
  reconnect: Trouble[];
  overdue: Trouble[];
  failed: Trouble[];
}

export async function recentTroubles(ctx: Context, admin: Person): Promise<Troubles> {
  assertSupport(admin);
  const now = ctx.clock();
  const { dead, overdue, failed, mail } = await asService(ctx.db, async (trx) => ({
    dead: await deadConnections(trx, LIMIT),
    overdue: (await overdueTutors(ctx, trx)).slice(0, LIMIT),
    failed: await newestWithFailures(trx, now, LIMIT),
    mail: await heldMails(trx),
  }));
  return {
    operator: await operatorTroubles(ctx),
    mail: mail.map(({ trouble: why, detail, count, since }) => ({
      trouble: why,
      detail: detail ?? "",
      count: Number(count),
      since: since.toISOString(),
    })),
    reconnect: dead.map((row) => trouble(row, row.provider, 1, row.updated_at)),
    overdue: overdue.map((row) => trouble(row, null, Number(row.count), row.since)),
    failed: failed.map((row) => trouble(row, row.to_provider, Number(row.count), row.created_at)),
  };
}

const trouble = (
  { id, name, email }: Trouble["tutor"],
  provider: ProviderId | null,
  count: number,
  since: Date,
): Trouble => ({ tutor: { id, name, email }, provider, count, since: since.toISOString() });
