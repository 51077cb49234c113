/** Bugs that a careful person might make. They prove that the simulation would catch them. */
export interface Bug {
  name: string;
  changes: { file: string; from: string; to: string }[];
}

export const bugs: readonly Bug[] = [
  {
    name: "the old room is deleted before the new one is there",
    changes: [
      {
        file: "lib/services/reconcile/steps/make.ts",
        from: "  if (claim.inMigration) logMoving(ctx, ids);",
        to: `  if (claim.session.provider === grantSession.provider.id && claim.session.meeting_external_id)
    await grantSession.provider.deleteMeeting(grantSession.access, claim.session.meeting_external_id);
  if (claim.inMigration) logMoving(ctx, ids);`,
      },
    ],
  },
  {
    name: "replaced rooms go before the undo window is over",
    changes: [
      {
        file: "lib/services/reconcile/steps/swap.ts",
        from: "const deleteAfter = inMigration ? null : oldRoomStaysUntil(now, ctx.config);",
        to: "const deleteAfter = now;",
      },
    ],
  },
  {
    name: "an answer is written without a fence",
    changes: [
      {
        file: "lib/records/meetings/queries.ts",
        from: `    .where("id", "=", claimed.id)
    .where("state", "=", claimed.state)
    .where("attempts", "=", claimed.attempts)`,
        to: `    .where("id", "=", claimed.id)`,
      },
    ],
  },
  {
    name: "a row is taken without a lease",
    changes: [
      {
        file: "lib/records/meetings/queries.ts",
        from: `    .where("attempts", "=", claim.seenAttempts)
    .where((eb) => eb.or([eb("lease_until", "is", null), eb("lease_until", "<=", claim.now)]))`,
        to: "",
      },
      {
        file: "lib/services/reconcile/planner.ts",
        from: "row.lease_until ?? now,\n    (needsCall",
        to: "now,\n    (needsCall",
      },
    ],
  },
  {
    name: "after a lost answer it is created again without looking",
    changes: [
      {
        file: "lib/services/reconcile/planner.ts",
        from: `  if (row.outcome_unknown && !rules.createIsIdempotent(row))
    return { kind: "look", meetingId: row.id };`,
        to: "",
      },
    ],
  },
  {
    name: "a room that is gone counts as there",
    changes: [
      {
        file: "lib/services/drift/checkRoom.ts",
        from: `    if (found.code !== "gone") return`,
        to: "    if (found instanceof Error) return",
      },
    ],
  },
  {
    name: "a room for an older time is swapped in",
    changes: [
      {
        file: "lib/services/reconcile/steps/swap.ts",
        from: "    session.revision === claimed.revision &&\n",
        to: "",
      },
    ],
  },
  {
    name: "a room for an older wish is swapped in",
    changes: [
      {
        file: "lib/services/reconcile/steps/swap.ts",
        from: `    connection.grant_id === claimed.grant_id &&
    connection.generation === claimed.generation &&
`,
        to: "",
      },
    ],
  },
  {
    name: "tokens are refreshed without a lease",
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
    changes: [
      {
        file: "lib/records/grants/queries/refresh.ts",
        from: `      .where("refresh_token_encrypted", "=", dead.seenRefreshToken)
`,
        to: "",
      },
      {
        file: "lib/services/calls/refreshGrant.ts",
        from: "return isOurs ? believeOnlyAfterReading(ctx, seen, error) : refreshGrant(ctx, seen);",
        to: "void isOurs;\n    return believeOnlyAfterReading(ctx, seen, error);",
      },
    ],
  },
  {
    name: "a replaced connection is revoked while rooms still need it",
    changes: [
      {
        file: "lib/records/grants/queries/retired.ts",
        from: `is("m.state", "in", ["intended", "live", "superseded", "deleting"]),`,
        to: `is("m.state", "in", ["live"]),`,
      },
    ],
  },
  {
    name: "a room is deleted while people may be inside",
    changes: [
      {
        file: "lib/services/reconcile/planner.ts",
        from: "const held = mayBeUnderWay(lesson, rules.now, rules.joinOpensMinutesBefore)",
        to: "const held = false",
      },
    ],
  },
  {
    name: "a cancelled lesson keeps its room",
    changes: [
      {
        file: "lib/services/sessions/cancelSession.ts",
        from: "  await supersedeLive(trx, session.id, now, now);",
        to: "",
      },
    ],
  },
  {
    name: "nobody looks for rooms that were made late",
    changes: [
      {
        file: "lib/services/drift/orphanScan.ts",
        from: "  if (due.length === 0) return",
        to: "  if (due.length >= 0) return { looked: false, nextAt: null };\n  if (due.length === 0) return",
      },
    ],
  },
  {
    name: "a day's calls are not counted",
    changes: [
      {
        file: "lib/services/calls/permits.ts",
        from: "const costs = costsOf(caller, limits, ask.kind, ask.reserved ?? false);",
        to: `const costs = costsOf(caller, limits.filter(({ window }) => window !== "utc_day"), ask.kind, ask.reserved ?? false);`,
      },
    ],
  },
  {
    name: "what people were told isn't noted",
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
    changes: [
      {
        file: "lib/services/telling/notifyPeople/isSettled.ts",
        from: "  if (moves.length === 0) return false;",
        to: "  if (moves.length !== 1) return false;",
      },
    ],
  },
  {
    name: "whoever was reminded is reminded again",
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
];
