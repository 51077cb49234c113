/** What goes wrong in a scene, for everybody alike. */
import { setTimeout as sleep } from "node:timers/promises";
import type { PostgresServer } from "#tests/harness/databases/postgresServer.ts";
import type { StandIns } from "#tests/harness/standIns.ts";

export type Manner = "refused" | "slower";
export type Trouble = "nothing" | "errors" | "storm" | "lost" | "kill" | "restart";

export const described: Record<Trouble, string> = {
  nothing: "nothing goes wrong",
  errors: "one create in twenty is answered with 503",
  storm: "after two seconds each create is refused with 429, for three seconds",
  lost: "one create in ten is carried out, and its answer lost",
  kill: "the process is killed half-way, and started again at once",
  restart: "PostgreSQL is restarted half-way",
};

const STORM_MS = { after: 2_000, lasts: 3_000 };

export interface Stage {
  standIns: StandIns;
  postgres: PostgresServer;
  provider: "google" | "zoom";
  /** Resolves when half of the meetings have been made. */
  half: () => Promise<void>;
  /** Kills whoever works, and starts it again. */
  kill: () => Promise<void>;
}

/** Call it at the consent. @returns when it was dealt, for a blow */
export async function deal(trouble: Trouble, stage: Stage): Promise<number | null> {
  const { standIns, postgres, provider } = stage;
  const create = { provider, operation: "create" } as const;
  switch (trouble) {
    case "nothing":
      return null;
    case "errors":
      await standIns.faults({ ...create, effect: "unavailable", share: 0.05 });
      return null;
    case "lost":
      await standIns.faults({ ...create, effect: "cut_after_write", share: 0.1 });
      return null;
    case "storm":
      await sleep(STORM_MS.after);
      await standIns.faults({ ...create, effect: "rate_limited" });
      await sleep(STORM_MS.lasts);
      await standIns.faults();
      return null;
    case "kill": {
      await stage.half();
      const at = Date.now();
      await stage.kill();
      return at;
    }
    case "restart": {
      await stage.half();
      const at = Date.now();
      await postgres.halt();
      await postgres.resume();
      return at;
    }
  }
}
