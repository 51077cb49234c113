/**
 * The stand-ins' memory: an append-only journal of `{collection, key, value}` lines in one file.
 *
 * A line is written (synchronously) before the answer to the request leaves, so that a killed process forgets
 * nothing that it has confirmed. The start replays the journal and rewrites it with one line per living key.
 * Values are plain JSON and are replaced, never changed in place.
 */
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";

export interface Collection<T> {
  get(key: string): T | undefined;
  set(key: string, value: T): void;
  delete(key: string): void;
  /** In the order in which the keys first appeared. */
  values(): T[];
  entries(): [string, T][];
}

interface Line {
  c: string;
  k: string;
  /** If absent, the key was deleted. */
  v?: unknown;
}

function parse(file: string): Line[] {
  const lines = readFileSync(file, "utf8").split("\n");
  // Whatever follows the last line break was cut off in the middle of a write that was never confirmed.
  lines.pop();
  return lines.map((line) => JSON.parse(line) as Line);
}

export class Journal {
  readonly #file: string;
  readonly #collections = new Map<string, Map<string, unknown>>();
  #descriptor: number | null = null;

  constructor(stateDir: string) {
    mkdirSync(stateDir, { recursive: true, mode: 0o700 });
    this.#file = join(stateDir, "journal.jsonl");
    for (const line of existsSync(this.#file) ? parse(this.#file) : []) {
      const map = this.#map(line.c);
      if (line.v === undefined) map.delete(line.k);
      else map.set(line.k, line.v);
    }
  }

  /** Compacts the journal and opens it for writing. Only one process at a time may do so. */
  open(): void {
    const lines: string[] = [];
    for (const [c, map] of this.#collections) {
      for (const [k, v] of map) lines.push(`${JSON.stringify({ c, k, v })}\n`);
    }
    writeFileSync(`${this.#file}.tmp`, lines.join(""), { mode: 0o600 });
    renameSync(`${this.#file}.tmp`, this.#file);
    this.#descriptor = openSync(this.#file, "a", 0o600);
  }

  close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
  }

  collection<T>(name: string): Collection<T> {
    const map = this.#map(name) as Map<string, T>;
    return {
      get: (key) => map.get(key),
      set: (key, value) => {
        this.#append({ c: name, k: key, v: value });
        map.set(key, value);
      },
      delete: (key) => {
        if (!map.has(key)) return;
        this.#append({ c: name, k: key });
        map.delete(key);
      },
      values: () => [...map.values()],
      entries: () => [...map.entries()],
    };
  }

  #map(name: string): Map<string, unknown> {
    const known = this.#collections.get(name);
    if (known) return known;
    const made = new Map<string, unknown>();
    this.#collections.set(name, made);
    return made;
  }

  #append(line: Line): void {
    if (this.#descriptor === null) throw new Error("The sandbox's journal is not open.");
    writeSync(this.#descriptor, `${JSON.stringify(line)}\n`);
  }
}
