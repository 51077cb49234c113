/** @module-tag whole */
import { beforeAll, expect, test } from "vitest";
import { createAuth } from "#server/auth.ts";
import { CLIENT_HEADER } from "#server/headers.ts";
import { keepRuntime, type Runtime } from "#server/runtime.ts";
import { scene } from "#tests/harness/scene.ts";
import { accountRoute } from "./accountRoute.ts";

const { segue } = scene({ shared: true });
beforeAll(() => {
  const auth = createAuth(segue.ctx);
  keepRuntime({ ctx: segue.ctx, auth, database: segue.database } as Partial<Runtime> as Runtime);
});

const ERROR = 50;
const PASSWORD = "correct horse battery";

test("of many who sign up with one address at once each gets an account or a refusal, and none is a fault", async () => {
  for (let round = 0; round < 3; round++) {
    const email = `race${round}@people.example`;
    const answers = await Promise.all([1, 2, 3, 4, 5, 6].map((sender) => signUp(email, sender)));
    const codes = await Promise.all(
      answers.map(async (answer) => (answer.ok ? 200 : (await answer.json()).code)),
    );
    expect(codes).toContain(200);
    for (const code of codes)
      expect([200, "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL"]).toContain(code);
    expect(await enter(email)).toBe(200);
  }
  expect(segue.logs.filter(({ level }) => level >= ERROR)).toEqual([]);
});

const signUp = (email: string, sender: number) =>
  ask("sign-up", sender, {
    ...{ name: "Mia", email, password: PASSWORD },
    ...{ role: "student", timeZone: "Europe/Berlin" },
  });

const enter = async (email: string) =>
  (await ask("sign-in", 9, { email, password: PASSWORD })).status;

const ask = (what: string, sender: number, body: object): Promise<Response> =>
  accountRoute(
    new Request(`${segue.ctx.config.appUrl}/api/account/${what}/email`, {
      method: "POST",
      headers: { "content-type": "application/json", [CLIENT_HEADER]: `203.0.113.${sender}` },
      body: JSON.stringify(body),
    }),
  );
