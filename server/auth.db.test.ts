import { beforeAll, expect, test } from "vitest";
import { scene } from "#tests/harness/scene.ts";
import { type Auth, createAuth } from "./auth.ts";
import { CLIENT_HEADER } from "./headers.ts";

const { segue } = scene({ shared: true });
let auth: Auth;
let senders = 0;
beforeAll(signUpMia);

test("guessing at one address is stopped, wherever it comes from, and only there and for a while", async () => {
  // Sends no password, so that no time is spent on hashing one.
  for (let tries = 1; tries < TRIES; tries++) {
    const { status } = await ask("sign-in", { email: "MIA@People.example" });
    expect(status).toBe(400);
  }
  expect(await signIn("mia@people.example", PASSWORD)).toBe(200);
  expect(await signIn("mia@people.example", PASSWORD)).toBe(429);
  expect(await signIn("Mia@people.example", PASSWORD)).toBe(429);
  expect(await signIn("other@people.example", "wrong horse battery")).toBe(401);
  segue.clock.advance({ minutes: 16 });
  expect(await signIn("mia@people.example", PASSWORD)).toBe(200);
});

const TRIES = 30;

const PASSWORD = "correct horse battery";

/** Sends each request from an address of its own. */
function ask(what: "sign-in" | "sign-up", body: object): Promise<Response> {
  senders += 1;
  const { appUrl } = segue.ctx.config;
  return auth.handler(
    new Request(`${appUrl}/api/account/${what}/email`, {
      method: "POST",
      headers: { "content-type": "application/json", [CLIENT_HEADER]: `203.0.113.${senders}` },
      body: JSON.stringify(body),
    }),
  );
}

const signIn = async (email: string, password: string) =>
  (await ask("sign-in", { email, password })).status;

async function signUpMia(): Promise<void> {
  auth = createAuth(segue.ctx);
  await ask("sign-up", {
    email: "mia@people.example",
    password: PASSWORD,
    name: "Mia",
    role: "student",
    timeZone: "Europe/Berlin",
  });
}
