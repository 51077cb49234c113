import { expect, test } from "vitest";
import { asService } from "#lib/platform/db.ts";
import { limits, SHARED_TIMES, UNKNOWN_ADDRESS } from "#lib/records/limits/rules.ts";
import { refusal, scene } from "#tests/harness/scene.ts";
import { admit, admitNow, countUses, forgetOldUses } from "./admit.ts";
import { Refusal } from "./errors.ts";

const { segue, tutor, student } = scene();
const { most, seconds } = limits.refresh.windows[0];

const refresh = (whose = tutor.id) => admitNow(segue.ctx, "refresh", whose);
const waitOf = (work: Promise<void>) =>
  work.then(
    () => null,
    (error: Refusal) => error.retryAfterSeconds,
  );

async function useUp(name: "refresh" | "newFeed", whose: string, times: number): Promise<void> {
  for (let use = 0; use < times; use++) await admitNow(segue.ctx, name, whose);
}

test("of many at once exactly as many pass as there is room for", async () => {
  await useUp("refresh", tutor.id, most - 7);
  const answers = await Promise.all(Array.from({ length: 20 }, () => refusal(refresh())));
  expect(answers.filter(({ code }) => code === "done").length).toBe(7);
  expect(answers.filter(({ code }) => code === "too_many").length).toBe(13);
});

test("a use counts for exactly its window, and the answer says to the second when there is room", async () => {
  await refresh();
  segue.clock.advance({ seconds: seconds / 2 });
  await useUp("refresh", tutor.id, most - 1);
  expect(await waitOf(refresh())).toBe(seconds / 2);
  segue.clock.advance({ seconds: seconds / 2 - 1 });
  expect(await waitOf(refresh())).toBe(1);
  segue.clock.advance({ seconds: 0.999 });
  expect(await waitOf(refresh())).toBe(1);
  segue.clock.advance({ seconds: 0.001 });
  expect(await waitOf(refresh())).toBeNull();
  // Only the first one has gone: a window that began anew would have let all through by now.
  expect(await waitOf(refresh())).toBe(seconds / 2);
});

test("what was refused doesn't count, so trying on doesn't make the wait longer", async () => {
  await useUp("refresh", tutor.id, most);
  for (let attempt = 0; attempt < 5; attempt++) await refusal(refresh());
  segue.clock.advance({ seconds });
  await useUp("refresh", tutor.id, most);
});

test("what a transaction took back was never counted", async () => {
  const broken = asService(segue.ctx.db, async (trx) => {
    await admit(segue.ctx, trx, "refresh", tutor.id);
    throw new Error("Something else went wrong");
  });
  await expect(broken).rejects.toThrow("Something else");
  await useUp("refresh", tutor.id, most);
});

test("of several counts either all are counted or none", async () => {
  await useUp("newFeed", tutor.id, limits.newFeed.windows[0].most);
  const both = (["refresh", "newFeed"] as const).map((name) => ({ name, whose: tutor.id }));
  const { ids } = await asService(segue.ctx.db, (trx) => countUses(segue.ctx, trx, both));
  expect(ids).toBeNull();
  await useUp("refresh", tutor.id, most);
});

test("one person's uses are nobody else's, and one verb's are no other's", async () => {
  await useUp("refresh", tutor.id, most);
  expect(await waitOf(refresh(student.id))).toBeNull();
  await admitNow(segue.ctx, "check", tutor.id);
});

test("senders whose address isn't known share a count that is large enough for all of them", async () => {
  const { windows } = limits.resetAsked;
  const asked = { name: "resetAsked", whose: UNKNOWN_ADDRESS } as const;
  await admitNow(segue.ctx, asked.name, asked.whose);
  await copy(windows[0].most * SHARED_TIMES - 2);
  await admitNow(segue.ctx, asked.name, asked.whose);
  expect(await refusal(admitNow(segue.ctx, asked.name, asked.whose))).toMatchObject({
    code: "too_many",
  });
});

test("from the table nobody can read whose uses these were", async () => {
  await admitNow(segue.ctx, "strangersMail", "nobody.else@people.example");
  await refresh();
  const text = JSON.stringify(await segue.rows("select * from limited_uses"));
  expect(text).not.toMatch(/nobody\.else|people\.example/);
  expect(text).not.toContain(tutor.id);
});

test("uses are removed once they count no more, and not before", async () => {
  await segue.rows("delete from limited_uses");
  await refresh();
  const count = async () => (await segue.rows("select from limited_uses")).length;
  segue.clock.advance({ seconds: seconds - 1 });
  await forgetOldUses(segue.ctx);
  expect(await count()).toBe(1);
  segue.clock.advance({ seconds: 1 });
  await forgetOldUses(segue.ctx);
  expect(await count()).toBe(0);
});

test.each([
  [1, "a second", "einer Sekunde"],
  [45, "45 seconds", "45 Sekunden"],
  [90, "90 seconds", "90 Sekunden"],
  [91, "2 minutes", "2 Minuten"],
  [5_400, "90 minutes", "90 Minuten"],
  [5_401, "2 hours", "2 Stunden"],
])("a wait of %i s is said in words that people count in", (waitSeconds, english, german) => {
  const refused = new Refusal("too_many", "tooMany.check", { waitSeconds });
  expect(refused.inLanguage("en")).toContain(`Try again in ${english}.`);
  expect(refused.inLanguage("de")).toContain(`Versuche es in ${german} noch einmal.`);
});

/** Copies the newest use this many times. */
async function copy(times: number): Promise<void> {
  await segue.rows(`insert into limited_uses (rule, whose, used_at, counts_until)
    select rule, whose, used_at, counts_until
      from (select * from limited_uses order by used_at desc, ctid desc limit 1) newest, generate_series(1, ${times})`);
}
