/** What a run knows: who plays, and all ids, keys and tokens that earlier answers have given away. */
import fc from "fast-check";
import { z } from "zod";
import type { App } from "#tests/harness/app.ts";
import { ask } from "#tests/harness/visitors/ask.ts";
import { asProgram, book, connect, request } from "#tests/harness/visitors/person.ts";
import { join, type Kind, kinds, type Player, recover, type Words } from "./players.ts";

export const targets = [
  "sessions",
  "bookings",
  "migrations",
  "notes",
  "students",
  "change-requests",
] as const;
export type Target = (typeof targets)[number];

export interface Token {
  kind: "confirm" | "reset" | "asked" | "door" | "feed";
  value: string;
  of: Player;
}

export interface Circle {
  players: Record<Kind, Player>;
  ids: Record<Target, string[]>;
  /** The lesson that its two people must still be able to read at the end. */
  lesson: string;
}

export interface World {
  app: App;
  words: Words;
  circles: Circle[];
  /** All of them, since an old one may still be on its way somewhere. */
  tokens: Token[];
  everybody(): Player[];
}

const CIRCLES = 2;
/** The newest of each kind are enough, and lists stay short. */
const MOST_IDS = 20;

export async function newWorld(app: App, seed: number): Promise<World> {
  const words = wordsFrom(seed);
  const world: World = {
    app,
    words,
    circles: [],
    tokens: [],
    everybody: () => world.circles.flatMap(({ players }) => Object.values(players)),
  };
  for (let circle = 0; circle < CIRCLES; circle++)
    world.circles.push(await newCircle(app, words, circle));
  return world;
}

async function newCircle(app: App, words: Words, circle: number): Promise<Circle> {
  const players = {} as Record<Kind, Player>;
  for (const kind of kinds) players[kind] = await join(app, words, kind, circle);
  const { tutor, student } = players;
  await connect(app, tutor, circle === 0 ? "zoom" : "google");
  const subject = `Lesson ${student.word}`;
  const lesson = await book(app, student, tutor, { subject, hour: 0 });
  const booking = await request(app, student, tutor, { subject, hour: 1 });
  const path = "/api/sessions/migrate-provider";
  const refreshed = await ask(app.url, { method: "POST", path, headers: asProgram(tutor) });
  const { migrationId } = z.object({ migrationId: z.uuid() }).parse(JSON.parse(refreshed.text));
  const ids = {
    sessions: [lesson],
    bookings: [booking],
    migrations: [migrationId],
    notes: [],
    students: [student.id],
    "change-requests": [],
  };
  return { players, ids, lesson };
}

/** The same words for the same seed. */
function wordsFrom(seed: number): Words {
  let number = 0;
  return (letters) => {
    number += 1;
    const letter = fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz");
    const word = fc.string({ unit: letter, minLength: letters, maxLength: letters });
    return fc.sample(word, { seed: seed * 7919 + number, numRuns: 1 })[0] ?? "";
  };
}

/** Takes up the ids in what somebody was answered; they are that circle's. */
export function learn({ circles }: World, circle: number, path: string, text: string): void {
  const ids = circles[circle]?.ids;
  if (!ids) return;
  for (const [, id = ""] of text.matchAll(/"changeRequest":\{"id":"([0-9a-f-]{36})"/g)) {
    if (!ids["change-requests"].includes(id)) ids["change-requests"].push(id);
  }
  ids["change-requests"].splice(0, Math.max(0, ids["change-requests"].length - MOST_IDS));
  const found = [...text.matchAll(/"(id|migrationId|sessionIds)":\[?"([0-9a-f-]{36})"/g)];
  for (const [, name, id = ""] of found.slice(-MOST_IDS)) {
    const target = name === "migrationId" ? "migrations" : targetIn(name ?? "", path);
    if (!target || ids[target].includes(id)) continue;
    ids[target].push(id);
    if (ids[target].length > MOST_IDS) ids[target].shift();
  }
}

function targetIn(name: string, path: string): Target | undefined {
  // Its answers are about the lesson.
  const isOfLesson = path.startsWith("/api/change-requests");
  if (name === "sessionIds" || isOfLesson) return "sessions";
  return targets.find((target) => path.startsWith(`/api/${target}`));
}

export function learnToken({ tokens }: World, token: Token): void {
  if (!tokens.some(({ value }) => value === token.value)) tokens.push(token);
}

const inMails: readonly (readonly [Token["kind"], RegExp])[] = [
  ["confirm", /confirm-address\?token=([\w-]+)/],
  ["reset", /reset-password\?token=([\w-]+)/],
  ["asked", /\/asked\/([\w-]+)/],
  ["door", /\/j\/(\w+)/],
];

/** Takes up the links that were mailed. Whoever's word stands in the address is whose link it is. */
async function readMails(world: World): Promise<void> {
  const answer = await fetch(`${world.app.sandboxUrl}/inbox.json`);
  const mails = (await answer.json()) as { to: unknown; text: string }[];
  for (const { to, text } of mails.slice(0, 100).toReversed()) {
    const address = JSON.stringify(to);
    const of = world.everybody().find(({ secret }) => address.includes(secret));
    for (const [kind, pattern] of of ? inMails : []) {
      const value = pattern.exec(text)?.[1];
      if (value && of) learnToken(world, { kind, value, of });
    }
  }
}

/** Everybody is signed in, both tutors are connected, and no limit is used up. */
export async function tend(world: World): Promise<void> {
  await world.app.command("sql", "delete from limited_uses");
  // Requests for a lesson are counted where they stand, for a day.
  await world.app.command("sql", "update bookings set created_at = created_at - interval '2 days'");
  for (const player of world.everybody()) {
    if (await recover(world.app, world.words, player)) continue;
    throw new Error(`${player.kind} ${player.circle} can't sign in any more`);
  }
  for (const { players } of world.circles) {
    const headers = asProgram(players.tutor);
    const { text } = await ask(world.app.url, { path: "/api/connection", headers });
    if (!text.includes('"status":"connected"')) await connect(world.app, players.tutor, "zoom");
  }
  await readMails(world);
}
