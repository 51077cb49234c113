/**
 * Whoever reads the table of sign-ins, or a backup of it, must not be able to sign in with what stands there.
 * So the library's session tokens are hashed on their way into the table, and looked up by their hash.
 *
 * A token is random enough that its hash needs neither a salt nor a key.
 */
import type { BetterAuthOptions, DBAdapter, DBTransactionAdapter, Where } from "better-auth";
import { sha256 } from "#lib/platform/crypto.ts";

type Make = (options: BetterAuthOptions) => DBAdapter;

export const withHashedTokens =
  (make: Make): Make =>
  (options) => {
    const adapter = make(options);
    return {
      ...hashing(adapter),
      transaction: (work) => adapter.transaction((trx) => work(hashing(trx))),
    };
  };

function hashing<Adapter extends DBTransactionAdapter>(adapter: Adapter): Adapter {
  const at = <Call extends { model: string; where?: Where[] | undefined }>(call: Call): Call =>
    call.model === "session" && call.where
      ? { ...call, where: call.where.map(hashedCondition) }
      : call;
  return {
    ...adapter,
    create: async (call) => {
      const row = await adapter.create<Row, Row>({ ...call, data: hashedToken(call) });
      return asAsked(row, tokenIn(call.data)) as never;
    },
    findOne: async (call) => asAsked(await adapter.findOne<Row>(at(call)), askedFor(call)) as never,
    findMany: (call) => adapter.findMany(at(call)),
    count: (call) => adapter.count(at(call)),
    update: async (call) => {
      const row = await adapter.update<Row>({ ...at(call), update: hashedToken(call) });
      return asAsked(row, askedFor(call)) as never;
    },
    updateMany: (call) => adapter.updateMany({ ...at(call), update: hashedToken(call) }),
    delete: (call) => adapter.delete(at(call)),
    deleteMany: (call) => adapter.deleteMany(at(call)),
    consumeOne: (call) => adapter.consumeOne(at(call)),
    incrementOne: (call) => adapter.incrementOne(at(call)),
  };
}

type Row = Record<string, unknown>;
interface Written {
  model: string;
  data?: Row;
  update?: Row;
}

function hashedToken({ model, data, update }: Written): Row {
  const row = data ?? update ?? {};
  const token = tokenIn(row);
  return model === "session" && token !== null ? { ...row, token: sha256(token) } : row;
}

function hashedCondition(condition: Where): Where {
  if (condition.field !== "token") return condition;
  const { value } = condition;
  return { ...condition, value: Array.isArray(value) ? value.map(hashOf) : hashOf(value) } as Where;
}

const hashOf = (value: unknown): string => sha256(String(value));

const tokenIn = (row: Row): string | null => (typeof row.token === "string" ? row.token : null);

/** The token that a call looks for, if it looks for exactly one. */
function askedFor({ model, where }: { model: string; where?: Where[] }): string | null {
  const value = where?.find(({ field }) => field === "token")?.value;
  return model === "session" && typeof value === "string" ? value : null;
}

/** The caller gets back the token that it gave, which it goes on to set as a cookie. */
const asAsked = (row: Row | null, token: string | null): Row | null =>
  row && token !== null && "token" in row ? { ...row, token } : row;
