/** Bugs about tokens and whose they are. */
import type { Bug } from "./bug.ts";

export const grantsBugs: readonly Bug[] = [
  {
    name: "tokens are refreshed without a lease",
    seed: 1,
    changes: [
      {
        file: "lib/records/grants/queries/refresh.ts",
        from: `          eb.or([eb("refresh_lease_until", "is", null), eb("refresh_lease_until", "<=", take.now)]),
`,
        to: "",
      },
    ],
  },
  {
    name: "a refused refresh is believed without reading again",
    seed: 225,
    changes: [
      {
        file: "lib/records/grants/queries/refresh.ts",
        from: `      .where("refresh_token_encrypted", "=", dead.seenRefreshToken)
`,
        to: "",
      },
      {
        file: "lib/services/calls/refreshGrant.ts",
        from: "return isOurs ? believeOnlyAfterReading(ctx, seen, refusal) : refreshGrant(ctx, seen);",
        to: "void isOurs;\n    return believeOnlyAfterReading(ctx, seen, refusal);",
      },
    ],
  },
  {
    name: "tokens of a consent with missing scopes are thrown away",
    seed: 134,
    changes: [
      {
        file: "lib/services/switching/authorize.ts",
        from: "    await forSure(ctx, consent, () => keepLesserConsent(ctx, consent));\n",
        to: "",
      },
    ],
  },
  {
    name: "a refused client is taken for a dead consent",
    seed: 14,
    changes: [
      {
        file: "lib/providers/errors.ts",
        from: `client_refused: "wait"`,
        to: `client_refused: "reconnect"`,
      },
    ],
  },
  {
    name: "one refused access token ends a connection",
    seed: 14,
    changes: [
      {
        file: "lib/services/calls/handleGrantError.ts",
        from: "if (error.accessTokenRefused) await noteRefused(ctx, grantSession.grant, isNew);",
        to: "if (error.accessTokenRefused) await recordDeadGrant(ctx, grantSession.grant, error);",
      },
    ],
  },
  {
    name: "a replaced connection is revoked while rooms still need it",
    seed: 29,
    changes: [
      {
        file: "lib/records/grants/queries/retired.ts",
        from: `is("m.state", "in", ["intended", "live", "superseded", "deleting"]),`,
        to: `is("m.state", "in", ["live"]),`,
      },
    ],
  },
];
