/** What only whoever runs the installation can mend; see the paragraph at `operator_troubles`. */
import { type Selectable, sql } from "kysely";
import type { OperatorTroubles } from "#lib/platform/database.types.ts";
import type { Queryable, Trx } from "#lib/platform/db.ts";
import type { OperatorKind } from "#lib/providers/errors.ts";
import type { ProviderId } from "#lib/providers/provider.ts";

export type OperatorTrouble = Selectable<OperatorTroubles>;

const TABLE = "operator_troubles";

/** A trouble that is met all the time is written once a minute, so that its row holds nobody up. */
const FRESH_SECONDS = 60;

/** @returns the row as it stands now; undefined where that it is under way was written just before */
export const seeTrouble = (
  trx: Trx,
  seen: {
    provider: ProviderId;
    kind: OperatorKind;
    detail: string | null;
    helpUrl: string | null;
    now: Date;
  },
): Promise<OperatorTrouble | undefined> =>
  trx
    .insertInto(TABLE)
    .values({
      provider: seen.provider,
      kind: seen.kind,
      detail: seen.detail,
      help_url: seen.helpUrl,
      first_seen: seen.now,
      last_seen: seen.now,
    })
    .onConflict((conflict) =>
      conflict
        .columns(["provider", "kind"])
        .doUpdateSet({
          detail: seen.detail,
          help_url: seen.helpUrl,
          last_seen: seen.now,
          first_seen: sql<Date>`case when operator_troubles.resolved_at is null
            then operator_troubles.first_seen else excluded.first_seen end`,
          resolved_at: null,
        })
        .where((eb) =>
          eb.or([
            eb("operator_troubles.resolved_at", "is not", null),
            eb(
              "operator_troubles.last_seen",
              "<=",
              new Date(seen.now.getTime() - FRESH_SECONDS * 1000),
            ),
          ]),
        ),
    )
    .returningAll()
    .executeTakeFirst();

export const setTroubleTold = (
  trx: Trx,
  { provider, kind }: Pick<OperatorTrouble, "provider" | "kind">,
  now: Date,
) =>
  trx
    .updateTable(TABLE)
    .set({ told_at: now })
    .where("provider", "=", provider)
    .where("kind", "=", kind)
    .execute();

/** Where a mail about it wasn't sent, and none was before: then nobody knows of it, and it is told if it comes back. */
export const forgetTold = (
  trx: Trx,
  { provider, kind }: Pick<OperatorTrouble, "provider" | "kind">,
) =>
  trx
    .updateTable(TABLE)
    .set({ told_at: null })
    .where("provider", "=", provider)
    .where("kind", "=", kind)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("mails as m")
            .select("m.id")
            .where("m.about", "=", "operator")
            .where("m.about_provider", "=", provider)
            .where("m.about_trouble", "=", kind)
            .where("m.status", "=", "sent")
            .whereRef("m.created_at", ">=", "operator_troubles.told_at"),
        ),
      ),
    )
    .execute();

export const isUnderWay = async (
  q: Queryable,
  { provider, kind }: Pick<OperatorTrouble, "provider" | "kind">,
): Promise<boolean> =>
  (await openTroubles(q)).some((open) => open.provider === provider && open.kind === kind);

/** The provider has answered as it should. Writes nothing where no such trouble is under way. */
export const resolveTrouble = (trx: Trx, provider: ProviderId, kind: OperatorKind, now: Date) =>
  trx
    .updateTable(TABLE)
    .set({ resolved_at: now })
    .where("provider", "=", provider)
    .where("kind", "=", kind)
    .where("resolved_at", "is", null)
    .execute();

export const troubleOf = (
  q: Queryable,
  provider: ProviderId,
  kind: OperatorKind,
): Promise<OperatorTrouble | undefined> =>
  q
    .selectFrom(TABLE)
    .selectAll()
    .where("provider", "=", provider)
    .where("kind", "=", kind)
    .executeTakeFirst();

/** Those under way, the oldest first. */
export const openTroubles = (q: Queryable): Promise<OperatorTrouble[]> =>
  q
    .selectFrom(TABLE)
    .selectAll()
    .where("resolved_at", "is", null)
    .orderBy("first_seen")
    .orderBy("kind")
    .execute();
