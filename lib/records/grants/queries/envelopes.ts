/** The ciphertexts of all grants, one by one, whichever table they sit in. */
import type { Queryable, Trx } from "#lib/platform/db.ts";

const CURRENT = "tutor_video_provider_connections";
const RETIRED = "retired_video_provider_connections";

const columns = {
  access: "access_token_encrypted",
  refresh: "refresh_token_encrypted",
} as const;

export interface SealedToken {
  grantId: string;
  kind: keyof typeof columns;
  sealed: string;
}

/**
 * Reads both tables in one statement, so a grant that moves between them at that moment is found in one of
 * them.
 */
export async function sealedTokens(q: Queryable): Promise<SealedToken[]> {
  const wanted = ["grant_id", columns.access, columns.refresh] as const;
  const rows = await q
    .selectFrom(RETIRED)
    .select(wanted)
    .unionAll(q.selectFrom(CURRENT).select(wanted))
    .execute();
  return rows.flatMap((row) =>
    (["access", "refresh"] as const).flatMap((kind) => {
      const sealed = row[columns[kind]];
      return sealed === null ? [] : [{ grantId: row.grant_id, kind, sealed }];
    }),
  );
}

/** @returns false where the token has been replaced meanwhile */
export async function replaceEnvelope(
  trx: Trx,
  token: Pick<SealedToken, "grantId" | "kind">,
  { seen, envelope }: { seen: string; envelope: string },
): Promise<boolean> {
  for (const table of [CURRENT, RETIRED] as const) {
    const { numUpdatedRows } = await trx
      .updateTable(table)
      .set({ [columns[token.kind]]: envelope })
      .where("grant_id", "=", token.grantId)
      .where(columns[token.kind], "=", seen)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows > 0n) return true;
  }
  return false;
}
