/**
 * One process's access to the shared database. It parks at the scheduler before each transaction and after
 * each commit, and its connection may be cut at any statement or at the commit itself.
 */
import type { CompiledQuery, QueryResult } from "kysely";
import type { Db } from "#lib/platform/db.ts";
import { handleOver, OneConnection, Wire } from "./connection.ts";
import type { Faults } from "./faults.ts";
import type { Prepared } from "./prepared.ts";
import type { Process, Scheduler } from "./scheduler.ts";

export interface Wires {
  database: Prepared;
  scheduler: Scheduler;
  faults: Faults;
  /** Called after each commit that wrote something, before anybody else goes on. */
  committed: (process: Process) => Promise<void>;
}

/** The error that the server reports when an administrator ends a connection. */
class ConnectionCut extends Error {
  readonly code = "57P01";
  constructor() {
    super("terminating connection due to administrator command");
  }
}

export const processDatabase = (wires: Wires, process: Process): Db =>
  handleOver(new FragileDriver(wires, process));

class FragileWire extends Wire {
  readonly #faults: Faults;

  constructor({ database, faults }: Wires) {
    super(database);
    this.#faults = faults;
  }

  override executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.isCut || this.#faults.strikes("connection_killed", 0.1)) {
      this.isCut = true;
      return Promise.reject(new ConnectionCut());
    }
    return super.executeQuery(query);
  }
}

class FragileDriver extends OneConnection {
  readonly #wires: Wires;
  readonly #process: Process;

  constructor(wires: Wires, process: Process) {
    super(wires.database);
    this.#wires = wires;
    this.#process = process;
  }

  override async acquireConnection(): Promise<Wire> {
    const { scheduler } = this.#wires;
    await scheduler.park(this.#process, "database", "database");
    if (scheduler.busy > 0) throw new Error("Two processes hold the one connection");
    scheduler.busy += 1;
    return new FragileWire(this.#wires);
  }

  override async commitTransaction(wire: Wire): Promise<void> {
    const { faults, committed } = this.#wires;
    if (wire.isCut) throw new ConnectionCut();
    await super.commitTransaction(wire);
    if (wire.wrote) await committed(this.#process);
    // The commit has succeeded, but its process never learns that.
    if (faults.strikes("commit_unknown", 0.1)) {
      wire.isCut = true;
      throw new ConnectionCut();
    }
  }

  override async releaseConnection(): Promise<void> {
    const { scheduler } = this.#wires;
    scheduler.busy -= 1;
    await scheduler.park(this.#process, "committed", "has its answer");
  }
}
