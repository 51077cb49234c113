/**
 * Preloaded into a test's web process: its `Date` stands as many milliseconds from the machine's as the
 * file says. The file is read at each look, so that whoever has moved the clock needn't wait.
 */
import { readFileSync } from "node:fs";

const file = process.env.SEGUE_MOVED_CLOCK ?? "";
const Machine = globalThis.Date;
const now = () => Machine.now() + Number(readFileSync(file, "utf8"));

globalThis.Date = new Proxy(Machine, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length > 0 ? args : [now()], newTarget),
  apply: () => new Machine(now()).toString(),
  get: (target, name) => (name === "now" ? now : Reflect.get(target, name)),
});
