/** As much of a world as whoever looks on must see. */
import type { Config } from "#lib/platform/config.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import type { Faults } from "#tests/simulation/machine/faults.ts";
import type { Process, Scheduler } from "#tests/simulation/machine/scheduler.ts";
import type { Cloud } from "#tests/simulation/model/cloud.ts";
import type { Snapshot } from "./snapshot.ts";

/** A wish that a process is carrying out. */
export interface Wish {
  name: string;
  tutorId: string;
  /** Where it wants the tutor to be connected. */
  target?: { provider: ProviderId; account: string } | undefined;
  /** A commit of it has brought the tutor there. */
  isStored: boolean;
}

export interface Watched {
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  readonly clouds: Record<ProviderId, Cloud>;
  readonly config: Config;
  readonly wishes: ReadonlyMap<Process, Wish>;
  /** What the tables said last. */
  readonly seen: Snapshot;
  /** The first call is the one that counts. */
  violate(words: string): void;
}
