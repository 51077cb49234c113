/**
 * Of two who sign up with one address at the same time, the database lets one through. The library takes that for
 * a fault and writes it into the log as one; here it becomes the refusal that whoever comes a moment later gets.
 *
 * The same holds for whoever's account has just made room for another's (`makeRoomFor`), before it was complete.
 */
import type { BetterAuthOptions, DBAdapter, DBTransactionAdapter } from "better-auth";
import { APIError } from "better-auth/api";
import { codeOf, FOREIGN_KEY_VIOLATION } from "#lib/platform/reason.ts";

type Make = (options: BetterAuthOptions) => DBAdapter;

export const refusingTaken =
  (make: Make): Make =>
  (options) => {
    const adapter = make(options);
    return {
      ...refusing(adapter),
      transaction: (work) => adapter.transaction((trx) => work(refusing(trx))),
    };
  };

const UNIQUE_VIOLATION = "23505";
/** What each of the rows of a sign-up meets when another one has come before it. */
const taken: Record<string, string | undefined> = {
  user: UNIQUE_VIOLATION,
  account: FOREIGN_KEY_VIOLATION,
  session: FOREIGN_KEY_VIOLATION,
};

const refusing = <Adapter extends DBTransactionAdapter>(adapter: Adapter): Adapter => ({
  ...adapter,
  create: async (call) => {
    try {
      return await adapter.create(call);
    } catch (error) {
      if (codeOf(error) === undefined || codeOf(error) !== taken[call.model]) throw error;
      throw new APIError("UNPROCESSABLE_ENTITY", {
        message: "User already exists. Use another email.",
        code: "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL",
        cause: error,
      });
    }
  },
});
