import { beforeAll, beforeEach, expect, test } from "vitest";
import { limits, UNKNOWN_ADDRESS } from "#lib/records/limits/rules.ts";
import { admitNow } from "#lib/services/verb/admit.ts";
import type { Refusal } from "#lib/services/verb/errors.ts";
import { createAuth } from "#server/auth.ts";
import { CLIENT_HEADER } from "#server/headers.ts";
import { keepRuntime, type Runtime } from "#server/runtime.ts";
import { inWhole, someOf } from "#tests/harness/extent.ts";
import { scene } from "#tests/harness/scene.ts";
import { accountRoute } from "./accountRoute.ts";
import { paced } from "./pace.ts";

const { segue } = scene({ shared: true });
const [perAccount] = limits.failedSignIn.windows;
const [perSender] = limits.failedSignInHere.windows;
const [perAddress] = limits.failedSignInFrom.windows;
const [perBrowser] = limits.failedSignInKnown.windows;
/** The longest that any answer is held back. */
const LONGEST_SECONDS = 8;

beforeAll(() => {
  const auth = createAuth(segue.ctx);
  keepRuntime({ ctx: segue.ctx, auth, database: segue.database } as Partial<Runtime> as Runtime);
});

beforeEach(() => segue.rows("delete from limited_uses"));

const PASSWORD = "correct horse battery";
let people = 0;
let senders = 0;

test("after thirty wrong passwords from anywhere, the right one lets its owner in: at once where they signed in before, slowly elsewhere", async () => {
  const { email, cookie } = await signUp();
  for (let tries = 0; tries < 30; tries++) await wrong(email);
  const before = segue.clock().getTime();
  const usual = await post("/sign-in/email", { email, password: PASSWORD }, { cookie });
  expect([usual.status, segue.clock().getTime() - before]).toEqual([200, 0]);
  const elsewhere = await post("/sign-in/email", { email, password: PASSWORD });
  expect(elsewhere.status).toBe(200);
  const waited = (segue.clock().getTime() - before) / 1000;
  expect(waited).toBeGreaterThan(0);
  expect(waited).toBeLessThanOrEqual(LONGEST_SECONDS);
});

test("each wrong password is answered more slowly than the one before, up to a bound", async () => {
  const email = "slower@people.example";
  const waits: number[] = [];
  for (let tries = 0; tries < 20; tries++) waits.push((await wrong(email)).seconds);
  expect(waits.slice(0, 5)).toEqual([0, 0, 0, 0, 0]);
  expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  expect(waits.at(-1)).toBe(LONGEST_SECONDS);
});

test("an address without an account is treated as one with", async () => {
  const { email } = await signUp();
  for (const guessed of [email, "nobody@people.example"]) {
    const waits: number[] = [];
    for (let tries = 0; tries < 10; tries++) waits.push((await wrong(guessed)).seconds);
    expect(waits.reduce((sum, seconds) => sum + seconds)).toBe(0.25 + 0.5 + 1 + 2 + 4);
  }
});

test("guesses at one account are bounded, over all senders and of many at once too", async () => {
  const email = "guessed@people.example";
  await fill("failedSignIn", email, perAccount.most - 3);
  const answers = await Promise.all(Array.from({ length: 20 }, () => wrong(email)));
  expect(answers.filter(({ status }) => status === 401).length).toBe(3);
  expect(answers.filter(({ status }) => status === 429).length).toBe(17);
  expect((await wrong("another@people.example")).status).toBe(401);
});

test("one sender alone can't use up the tries of an account", async () => {
  const email = "pestered@people.example";
  const from = "198.51.100.66";
  await fill("failedSignInHere", [email, from], perSender.most);
  expect((await wrong(email, { from })).status).toBe(429);
  expect((await right(email)).status).toBe(200);
});

test("even then the owner gets in: in the usual browser at once, elsewhere by a new password", async () => {
  const { email, cookie } = await signUp();
  await fill("failedSignIn", email, perAccount.most);
  expect(await right(email)).toMatchObject({ status: 429 });
  expect(await right(email, { cookie })).toEqual({ status: 200, seconds: 0 });
  expect((await post("/request-password-reset", { email })).status).toBe(200);
  const newPassword = "another horse battery";
  const reset = await post("/reset-password", { newPassword, token: await tokenFor(email) });
  expect(reset.status).toBe(200);
  const elsewhere = await post("/sign-in/email", { email, password: newPassword });
  expect(elsewhere.status).toBe(200);
});

test("the answer says in plain words why, and when to try again", async () => {
  const { email } = await signUp();
  await fill("failedSignIn", email, perAccount.most);
  segue.clock.advance({ minutes: 20 });
  const answer = await post("/sign-in/email", { email, password: PASSWORD });
  expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, `${40 * 60}`]);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(await answer.json()).toMatchObject({
    status: 429,
    code: "too_many",
    detail: expect.stringContaining("try again in 40 minutes"),
  });
  segue.clock.advance({ minutes: 40 });
  expect((await right(email)).status).toBe(200);
});

test("windows slide: there is no moment at which a full count begins anew", async () => {
  const email = "slides@people.example";
  await fill("failedSignIn", email, perAccount.most / 2);
  segue.clock.advance({ minutes: 50 });
  await fill("failedSignIn", email, perAccount.most / 2);
  expect((await wrong(email)).status).toBe(429);
  segue.clock.advance({ minutes: 10 });
  await fill("failedSignIn", email, perAccount.most / 2);
  expect((await wrong(email)).status).toBe(429);
});

test("a known browser's own tries are bounded too, and then count as a stranger's", async () => {
  const { email, cookie } = await signUp();
  for (let tries = 0; tries < perBrowser.most; tries++) {
    expect(await wrong(email, { cookie })).toEqual({ status: 401, seconds: 0 });
  }
  await fill("failedSignIn", email, 30);
  expect(await wrong(email, { cookie })).toEqual({ status: 401, seconds: LONGEST_SECONDS });
});

test.each([
  ["of another account", async () => (await signUp()).cookie],
  ["with another's signature", async (own: string) => `${own.slice(0, -3)}AAA`],
  ["with a later end", async (own: string) => own.replace(/\.\d+\./, ".9999999999.")],
  ["with another id", async (own: string) => own.replace(/=[^.]+/, "=AAAAAAAAAAAAAAAAAAAAAA")],
  ["without a value", async (own: string) => own.replace(/=.*/, "=")],
  [
    "that is too old",
    async (own: string) => {
      segue.clock.advance({ days: 401 });
      return own;
    },
  ],
  ["from before the password was reset", resetFirst],
])("a cookie %s makes no browser known", async (_, made) => {
  const { email, cookie } = await signUp();
  const shown = await made(cookie, email);
  await fill("failedSignIn", email, 30);
  expect(await wrong(email, { cookie: shown })).toEqual({ status: 401, seconds: LONGEST_SECONDS });
});

test("the cookie opens nothing, and scripts can't read it", async () => {
  const { email, cookie } = await signUp();
  const answer = await post("/sign-in/email", { email, password: PASSWORD });
  const set = answer.headers.getSetCookie().find((one) => one.startsWith("segue_known_"));
  expect(set).toMatch(/; HttpOnly; SameSite=Lax$/);
  const { auth } = (globalThis as unknown as { segueRuntime: Runtime }).segueRuntime;
  expect(await auth.api.getSession({ headers: new Headers({ cookie }) })).toBeNull();
  const wrongly = await post("/sign-in/email", { email, password: "wrong horse battery" });
  expect([wrongly.status, knownIn(wrongly)]).toEqual([401, ""]);
});

const PUPILS = inWhole(300, 60);
const schools = [
  ["an unknown address", UNKNOWN_ADDRESS],
  ["one address", "198.51.100.7"],
] as const;

test.each(someOf(schools, 1))(
  `a school of ${PUPILS} signs in behind %s within ten minutes, some mistyping`,
  async (_, from) => {
    for (let pupil = 0; pupil < PUPILS; pupil++) {
      const email = `pupil${pupil}@school.example`;
      for (let mistakes = 0; mistakes < pupil % 3; mistakes++) {
        expect((await wrong(email, { from })).status).toBe(401);
      }
      expect(await right(email, { from })).toEqual({ status: 200, seconds: 0 });
      segue.clock.advance({ seconds: 2 });
    }
  },
);

test("right passwords aren't counted, nor what was no try at all", async () => {
  const email = "often@people.example";
  const from = "198.51.100.8";
  for (let times = 0; times < 30; times++) await right(email, { from });
  for (const status of [400, 403, 500, 503]) {
    const request = new Request("http://localhost:3000/", { headers: { [CLIENT_HEADER]: from } });
    const answer = async () => new Response(null, { status });
    await paced(segue.ctx, "POST /sign-in/email", request, email, answer);
  }
  const broken = paced(segue.ctx, "POST /sign-in/email", new Request("http://a/"), email, () =>
    Promise.reject(new Error("broken")),
  );
  await expect(broken).rejects.toThrow("broken");
  expect(await segue.rows("select from limited_uses")).toEqual([]);
});

test("one sender's wrong passwords are bounded over all accounts", async () => {
  const from = "198.51.100.9";
  await fill("failedSignInFrom", from, perAddress.most);
  expect((await wrong("new@people.example", { from })).status).toBe(429);
  expect((await wrong("new@people.example")).status).toBe(401);
});

test.each([
  ["/sign-up/email", "signUp"],
  ["/request-password-reset", "resetAsked"],
] as const)("%s is bounded for each sender, and only for that one", async (path, name) => {
  const from = "198.51.100.10";
  const body = { email: "x@people.example" };
  await fill(name, from, limits[name].windows[0].most);
  const who = { name: "Mia", role: "student", timeZone: "Europe/Berlin", password: PASSWORD };
  const answer = await post(path, { ...who, ...body }, { from });
  expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "3600"]);
  expect((await post(path, { ...who, ...body })).status).not.toBe(429);
});

/** Counts so many uses at once. */
async function fill(
  name: keyof typeof limits,
  whose: string | string[],
  times: number,
): Promise<void> {
  await admitNow(segue.ctx, name, whose);
  await segue.rows(`insert into limited_uses (rule, whose, used_at, counts_until)
    select rule, whose, used_at, counts_until
      from (select * from limited_uses order by used_at desc, ctid desc limit 1) newest,
           generate_series(1, ${times - 1})`);
}

async function tokenFor(email: string): Promise<string> {
  const [mail] = await segue.rows(
    `select text_body from private.mail_texts join mails on id = mail_id where to_email = '${email}'
      and text_body like '%/reset-password?%' order by created_at desc, mails.ctid desc limit 1`,
  );
  return /reset-password\?token=([\w-]+)/.exec(String(mail?.text_body))?.[1] ?? "";
}

async function resetFirst(own: string, email: string): Promise<string> {
  await post("/request-password-reset", { email });
  const newPassword = "another horse battery";
  const reset = await post("/reset-password", { newPassword, token: await tokenFor(email) });
  expect(reset.status).toBe(200);
  return own;
}

const somewhere = () => `203.0.113.${senders++}`;

interface From {
  from?: string;
  cookie?: string;
}

/** Sends it through the whole route, password and all. */
function post(path: string, body: object, { from = somewhere(), cookie }: From = {}) {
  const headers = { [CLIENT_HEADER]: from, ...(cookie && { cookie }) };
  return accountRoute(
    new Request(`${segue.ctx.config.appUrl}/api/account${path}`, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    }),
  );
}

/** @returns the address of somebody new, and the cookie that makes this browser known to them */
async function signUp() {
  const email = `mia${people++}@people.example`;
  const who = { name: "Mia", role: "student", timeZone: "Europe/Berlin" };
  const answer = await post("/sign-up/email", { ...who, email, password: PASSWORD });
  expect(answer.status).toBe(200);
  return { email, cookie: knownIn(answer) };
}

const knownIn = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .find((cookie) => cookie.startsWith("segue_known_"))
    ?.split(";")[0] ?? "";

/** Asks the pace alone, without hashing anything. @returns the status, and the seconds that it took */
async function ask(email: string, isRight: boolean, from: From = {}) {
  const began = segue.clock().getTime();
  const { from: address = somewhere(), cookie } = from;
  const headers = { [CLIENT_HEADER]: address, ...(cookie && { cookie }) };
  const request = new Request("http://localhost:3000/", { method: "POST", headers });
  const answer = await paced(segue.ctx, "POST /sign-in/email", request, email, async () =>
    Response.json({}, { status: isRight ? 200 : 401 }),
  ).catch(({ status }: Refusal) => ({ status }));
  return { status: answer.status, seconds: (segue.clock().getTime() - began) / 1000 };
}

const wrong = (email: string, from?: From) => ask(email, false, from);

const right = (email: string, from?: From) => ask(email, true, from);
