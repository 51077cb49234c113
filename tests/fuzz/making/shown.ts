/** By what a request shows who sends it: rightly, with what has ended, cut, or mixed from two people. */

import type { Player } from "#tests/fuzz/world/players.ts";
import { asProgram, unsigned } from "#tests/harness/visitors/person.ts";
import { chance, type Draw, pick } from "./valid.ts";

export interface Shown {
  headers: [string, string][];
  /** Whose rights the request may have at most. */
  as: Player[];
}

const bearerOf = (value: string): [string, string] => ["authorization", `Bearer ${value}`];
const cookieOf = (value: string): [string, string] => ["cookie", value];
const half = (text: string) => text.slice(0, text.length / 2);

export function rightly(g: Draw, caller: Player): Shown {
  const headers = chance(g, 50)
    ? [cookieOf(caller.cookie)]
    : Object.entries(asProgram(caller)).map(([name, value]): [string, string] => [name, value]);
  return { headers, as: [caller] };
}

/** Each of these is a column of the access matrix, or lies between two of them. */
export function wrongly(g: Draw, others: readonly Player[], caller: Player): Shown {
  const other = pick(g, others);
  const ended = caller.ended[0] ?? { cookie: "better-auth.session_token=a.b", bearer: "a.b" };
  const [token = "", signature = ""] = caller.bearer.split(".");
  const [, foreign = ""] = other.bearer.split(".");
  const nobody = (...headers: [string, string][]): Shown => ({ headers, as: [] });
  const both = (...headers: [string, string][]): Shown => ({ headers, as: [caller, other] });
  return pick<() => Shown>(g, [
    () => nobody(),
    () => nobody(bearerOf(ended.bearer)),
    () => nobody(cookieOf(ended.cookie)),
    () => nobody(bearerOf(token)),
    () => nobody(cookieOf(unsigned(caller))),
    () => nobody(bearerOf(half(caller.bearer))),
    () => nobody(cookieOf(half(caller.cookie))),
    () => nobody(bearerOf(`${token}.${foreign === signature ? "x" : foreign}`)),
    () => nobody(cookieOf(`${unsigned(caller)}.${foreign === signature ? "x" : foreign}`)),
    () => nobody(bearerOf(caller.id)),
    () =>
      nobody(
        cookieOf(`better-auth.session_data=${half(caller.cookie)}; better-auth.session_token=`),
      ),
    () => both(cookieOf(caller.cookie), bearerOf(other.bearer)),
    () => both(cookieOf(`${caller.cookie}; ${other.cookie}`)),
    () => both(cookieOf(caller.cookie), cookieOf(other.cookie)),
    () => both(bearerOf(ended.bearer), cookieOf(other.cookie)),
    () => both(cookieOf(`${other.cookie}%00; ${caller.cookie}`)),
  ])();
}
