import { beforeAll, expect, test } from "vitest";
import { limits } from "#lib/records/limits/rules.ts";
import { confirmByHand } from "#lib/services/people/unconfirmed.ts";
import { createAuth } from "#server/auth.ts";
import { CLIENT_HEADER } from "#server/headers.ts";
import { whoIs } from "#server/http.ts";
import { openApiDocument } from "#server/openapi/document.ts";
import { keepRuntime, type Runtime } from "#server/runtime.ts";
import { scene } from "#tests/harness/scene.ts";
import { accountRoute, endpoints } from "./accountRoute.ts";

const { segue, tutor } = scene({ shared: true });
let published: string[];
beforeAll(() => {
  const auth = createAuth(segue.ctx);
  keepRuntime({ ctx: segue.ctx, auth, database: segue.database } as Partial<Runtime> as Runtime);
  published = Object.values(auth.api).flatMap(namesOf);
});

test("of all that the library publishes, only what is listed here exists", async () => {
  expect(published.length).toBeGreaterThan(25);
  const others = published.filter((name) => !Object.hasOwn(endpoints, name));
  expect(published.length - others.length).toBe(Object.keys(endpoints).length);
  for (const name of [...others, "POST /constructor", "GET /sign-up/email", "POST /"]) {
    const answer = await send(name, {});
    expect(`${name} ${answer.status}`).toBe(`${name} 404`);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
  }
});

test("whoever signs up is known by what our own rules have let in, and by nothing else", async () => {
  const extra = { image: "x".repeat(1_000), emailVerified: true, id: "mine", createdAt: 0 };
  const answer = await send("POST /sign-up/email", {
    ...mia,
    email: " Mia@People.example ",
    ...extra,
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(
    await segue.rows(
      `select name, image, email_verified from identity."user" where email = 'mia@people.example'`,
    ),
  ).toEqual([{ name: "Mia", image: null, email_verified: false }]);
});

test.each([
  ["name", "Mia\r\nBcc: all@people.example"],
  ["name", "Mia\u0000"],
  ["name", "Mia\u2028Your lesson is cancelled"],
  ["name", "Mia \u202egnp.exe"],
  ["name", "Mia \ud800"],
  ["name", "x".repeat(121)],
  ["name", " "],
  ["email", "mia@"],
  ["email", "mia@people.example\nall@people.example"],
  ["email", `${"x".repeat(250)}@people.example`],
  ["password", "short"],
  ["password", "x".repeat(129)],
  ["timeZone", "europe/berlin"],
  ["timeZone", "+02:00"],
  ["timeZone", "PST"],
  ["timeZone", "Mars/Olympus"],
  ["role", "admin"],
  ["language", "xx"],
])("sign-up refuses a wrong %s and names it: %j", async (field, value) => {
  const answer = await send("POST /sign-up/email", {
    ...mia,
    email: "other@people.example",
    [field]: value,
  });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ code: "invalid_input", field });
});

test("a refusal by the library has the same form as every other", async () => {
  const answer = await send("POST /sign-in/email", { email: mia.email, password: "wrong horse" });
  expect(answer.status).toBe(401);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(await answer.json()).toMatchObject({
    status: 401,
    code: "INVALID_EMAIL_OR_PASSWORD",
    detail: expect.any(String),
  });
});

test("whatever the library refuses, it does so by a code that the contract publishes", async () => {
  const { enum: codes } =
    openApiDocument("https://segue.example").components.schemas.Problem.properties.code;
  const refused = [
    await send("POST /sign-in/email", { email: mia.email, password: "wrong horse" }),
    await send("POST /sign-up/email", { ...mia, email: tutor.email }),
    await send("POST /reset-password", { token: "none", newPassword: mia.password }),
  ];
  for (const answer of refused) {
    expect(answer.ok).toBe(false);
    expect(codes).toContain((await answer.json()).code);
  }
});

test.each(["a\u0000b", "\ud800"])(
  "a token that no mail can hold is refused before anybody looks for it: %j",
  async (token) => {
    const answer = await send("POST /reset-password", { token, newPassword: mia.password });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: "invalid_input", field: "token" });
  },
);

// Whatever goes to the console fails the test, as everywhere.
test("a fault under the library is answered like any other, and goes to our own log alone", async () => {
  await segue.rows('alter table identity."user" rename to elsewhere');
  try {
    const answer = await send("POST /request-password-reset", { email: mia.email });
    expect(answer.status).toBe(500);
    expect(await answer.json()).toMatchObject({ code: "internal" });
    expect(segue.messages().filter((said) => /unexpectedly/.test(said))).toHaveLength(1);
  } finally {
    await segue.rows('alter table identity.elsewhere rename to "user"');
  }
});

test("a program that says how it fetches, as Node does, signs in without an origin", async () => {
  const { email, password } = mia;
  const answer = await send(
    "POST /sign-in/email",
    { email, password },
    { "sec-fetch-mode": "cors" },
  );
  expect(answer.status).toBe(200);
  expect(answer.headers.get("set-auth-token")).toMatch(/\S+\.\S+/);
});

test("a body that is too large or no JSON is refused before anybody reads it", async () => {
  const large = await send("POST /sign-in/email", { email: "x".repeat(300 * 1024) });
  expect(large.status).toBe(413);
  const url = `${segue.ctx.config.appUrl}/api/account/sign-in/email`;
  const broken = await accountRoute(new Request(url, { method: "POST", body: "{" }));
  expect(broken.status).toBe(400);
});

test.each([
  ["that nobody has confirmed", false, limits.strangersMail.windows[0].most],
  // And the mail that asked whether the address is theirs.
  ["that is confirmed", true, limits.resetMail.windows[0].most + 1],
])(
  "of forty resets asked for an account %s few are mailed, and every answer is the same",
  async (_, isConfirmed, most) => {
    const email = `forty${isConfirmed}@people.example`;
    await send("POST /sign-up/email", { ...mia, email });
    if (isConfirmed) await confirmByHand(segue.ctx, email);
    const answers = new Set<string>();
    for (let times = 0; times < 40; times++) {
      const answer = await send("POST /request-password-reset", { email });
      answers.add(`${answer.status} ${await answer.text()}`);
    }
    const nobody = await send("POST /request-password-reset", { email: "nobody@people.example" });
    answers.add(`${nobody.status} ${await nobody.text()}`);
    expect(answers.size).toBe(1);
    const mails = await segue.rows(`select from private.mail_texts where to_email = '${email}'`);
    expect(mails.length).toBe(most);
  },
);

const mia = {
  name: "Mia",
  email: "mia@people.example",
  password: "correct horse battery",
  role: "student",
  timeZone: "Europe/Berlin",
};

let senders = 0;

/** Sends each request from an address of its own. */
function send(name: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  const [method = "", path = ""] = name.split(" ");
  senders += 1;
  const sent = { ...headers, [CLIENT_HEADER]: `203.0.113.${senders}` };
  return accountRoute(
    new Request(`${segue.ctx.config.appUrl}/api/account${path}`, {
      method,
      headers: { ...sent, "content-type": "application/json" },
      ...(method !== "GET" && { body: JSON.stringify(body) }),
    }),
  );
}

interface Published {
  path?: string;
  options?: { method?: string | string[] };
}

const namesOf = (endpoint: unknown): string[] => {
  const { path, options } = endpoint as Published;
  return path ? [options?.method ?? "GET"].flat().map((method) => `${method} ${path}`) : [];
};

test("whatever the tables of sign-in hold, a backup of them opens nothing", async () => {
  await send("POST /sign-up/email", { ...mia, email: "leaked@people.example" });
  const answer = await send("POST /sign-in/email", {
    email: "leaked@people.example",
    password: mia.password,
  });
  const cookie = answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const bearer = answer.headers.get("set-auth-token") ?? "";
  expect((await answer.json()).token).toBe(bearer);
  await send("POST /request-password-reset", { email: "leaked@people.example" });
  const name = cookie.split("=")[0];
  const stored = await segue.rows(`
    select s.token, v.identifier from identity.session s join identity."user" u on u.id = s.user_id
      join identity.verification v on v.value = u.id::text
      where u.email = 'leaked@people.example'`);
  expect(stored.length).toBeGreaterThan(0);
  expect(await knows({ cookie })).toBe(true);
  expect(await knows({ authorization: `Bearer ${bearer}` })).toBe(true);
  for (const { token, identifier } of stored) {
    for (const value of [token, identifier, decodeURIComponent(bearer).split(".")[0]]) {
      expect(await knows({ cookie: `${name}=${value}` })).toBe(false);
      expect(await knows({ authorization: `Bearer ${value}` })).toBe(false);
      const reset = { token: value, newPassword: "another password of theirs" };
      expect((await send("POST /reset-password", reset)).status).toBe(400);
    }
  }
});

const knows = async (headers: Record<string, string>) =>
  (await whoIs(new Headers(headers))) !== null;
