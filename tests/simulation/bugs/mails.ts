/** Bugs about what people are told. */
import type { Bug } from "./bug.ts";

export const mailsBugs: readonly Bug[] = [
  {
    name: "what people were told isn't noted",
    seed: 1,
    changes: [
      {
        file: "lib/records/sessions/queries/notified.ts",
        from: "      [columns[side]]: lesson.provider,\n",
        to: "",
      },
    ],
  },
  {
    name: "only lessons that moved alone are told",
    seed: 1,
    changes: [
      {
        file: "lib/services/telling/notifyPeople/isSettled.ts",
        from: "  if (moves.length === 0) return false;",
        to: "  if (moves.length !== 1) return false;",
      },
    ],
  },
  {
    name: "a connection dies without a word",
    seed: 6,
    changes: [
      {
        file: "lib/services/calls/refreshGrant.ts",
        from: "if (dead?.isTheirs) await",
        to: "if (dead?.isTheirs && ctx.random() > 2) await",
      },
    ],
  },
  {
    name: "each call that finds a connection dead tells of it again",
    seed: 6,
    changes: [
      {
        file: "lib/records/grants/queries/refresh.ts",
        from: `      .where("error_code", "is", null)
      .returning(`,
        to: "      .returning(",
      },
    ],
  },
  {
    name: "whoever was reminded is reminded again",
    seed: 10,
    changes: [
      {
        file: "lib/records/reminders/queries.ts",
        from: `    .where("r.session_id", "is", null)\n`,
        to: "",
      },
      {
        file: "lib/records/reminders/queries.ts",
        from: "return (numInsertedOrUpdatedRows ?? 0n) > 0n;",
        to: "return numInsertedOrUpdatedRows !== undefined;",
      },
    ],
  },
  {
    name: "a waiting mail is sent without looking",
    seed: 8,
    changes: [
      {
        file: "lib/records/mails/rules.ts",
        from: '  if (mail.valid_until !== null && mail.valid_until <= now) return drop("over");',
        to: '  if (now > new Date(0)) return { kind: "send" };',
      },
    ],
  },
];
