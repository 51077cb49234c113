/**
 * Preloaded into a test's web process: shifts its `Date` from the machine's clock by the number of
 * milliseconds in the file. The file is read on every call, so a moved clock takes effect at once.
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
