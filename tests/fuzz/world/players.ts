/**
 * The people of a run, in two circles that have nothing to do with each other. Each carries words that stand
 * nowhere else, so that an answer which holds one of them shows whose row it comes from.
 */
import type { App } from "#tests/harness/app.ts";
import { ask } from "#tests/harness/visitors/ask.ts";
import {
  asProgram,
  signIn,
  signUp,
  trySignIn,
  type Visitor,
} from "#tests/harness/visitors/person.ts";

export const kinds = ["tutor", "student", "new tutor", "new student", "support"] as const;
export type Kind = (typeof kinds)[number];

export interface Player extends Visitor {
  kind: Kind;
  circle: number;
  /** Stands in the name and in whatever they write to others. */
  word: string;
  /** Stands in their address, which nobody else is to see. */
  secret: string;
  /** Passwords that requests may have set, where it isn't clear whose account they were for. */
  possible: string[];
  /** What they showed before a sign-in ended. */
  ended: Pick<Visitor, "cookie" | "bearer">[];
}

/** In every password, so that one in the log is found whoever chose it. */
export const PASSWORD_WORD = "pwzq";

export type Words = (letters: number) => string;

export async function join(app: App, words: Words, kind: Kind, circle: number): Promise<Player> {
  const word = `zq${words(10)}`;
  const secret = `zx${words(10)}`;
  const visitor = await signUp(app, {
    role: kind.endsWith("tutor") ? "tutor" : "student",
    name: `Person ${word}`,
    email: `${secret}@people.example`,
    password: `${PASSWORD_WORD}-${words(12)}`,
  });
  const player: Player = { ...visitor, kind, circle, word, secret, possible: [], ended: [] };
  if (kind.startsWith("new ")) return player;
  await app.command("confirm", player.email);
  if (kind !== "support") return player;
  await app.command("make-admin", player.email);
  Object.assign(player, await signIn(app, player));
  return player;
}

/**
 * After a request that may have ended a sign-in, changed an address or removed an account: everybody stands
 * there again as before.
 * @returns whether they could get in; not if both circles set a password of theirs at the same time
 */
export async function recover(app: App, words: Words, player: Player): Promise<boolean> {
  const me = await ask(app.url, { path: "/api/me", headers: asProgram(player) });
  if (me.status === 200) {
    player.email = String(JSON.parse(me.text).email);
    return true;
  }
  const { cookie, bearer } = player;
  player.ended = [{ cookie, bearer }, ...player.ended].slice(0, 5);
  if (await enter(app, player)) return true;
  // Only an account on which nothing hangs may be gone.
  if (!player.kind.startsWith("new ")) return false;
  const { ended } = player;
  Object.assign(player, await join(app, words, player.kind, player.circle), { ended });
  return true;
}

/** Begins a new sign-in, with the password that holds by now. @returns whether there is one */
export async function enter(app: App, player: Player): Promise<boolean> {
  for (const password of [player.password, ...player.possible]) {
    const shown = await trySignIn(app, { email: player.email, password });
    if (!shown) continue;
    Object.assign(player, shown, { password, possible: [] });
    return true;
  }
  return false;
}

/** Whether somebody with this player's rights may read that word of the other player. */
export function mayRead(reader: Player, of: Player, word: "word" | "secret"): boolean {
  if (reader === of || reader.kind === "support") return true;
  if (word === "secret") return false;
  // A new tutor is listed, and a new student books, as soon as a mailed link was used.
  if (of.kind.endsWith("tutor")) return true;
  return reader.kind === "tutor" && reader.circle === of.circle;
}
