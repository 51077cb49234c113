import { beforeAll, expect, test } from "vitest";
import { createAuth } from "#server/auth.ts";
import { keepRuntime, type Runtime } from "#server/runtime.ts";
import { scene } from "#tests/harness/scene.ts";
import { tutor as tara } from "./cast.ts";
import { enterDemo } from "./enter.ts";
import { signUpOnce } from "./people.ts";

const { segue } = scene({ shared: true });
let auth: Runtime["auth"];
beforeAll(() => {
  auth = createAuth(segue.ctx);
});

/** As an installation where the demo runs, or doesn't. */
function enter(demo: boolean, body: object): Promise<Response> {
  const ctx = { ...segue.ctx, config: { ...segue.ctx.config, demo } };
  keepRuntime({ ctx, auth, database: segue.database } as Partial<Runtime> as Runtime);
  return enterDemo(
    new Request(`${segue.ctx.config.appUrl}/api/demo/enter`, {
      method: "POST",
      headers: { "content-type": "application/json", "content-length": "18" },
      body: JSON.stringify(body),
    }),
  );
}

test("one press signs a visitor in as the demo's tutor, while the demo runs", async () => {
  await signUpOnce(segue.ctx, auth, tara);
  const answer = await enter(true, { as: "tutor" });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ user: { email: tara.email } });
  expect(answer.headers.get("set-cookie")).toContain("HttpOnly");
});

test("where no demo runs there is no such way in, whoever has an account there", async () => {
  const answer = await enter(false, { as: "tutor" });
  expect(answer.status).toBe(404);
  expect(answer.headers.get("set-cookie")).toBeNull();
});

test("nobody comes in as somebody who isn't there, or whose password is no longer the demo's", async () => {
  expect((await enter(true, { as: "student" })).status).toBe(401);
  expect((await enter(true, { as: "admin" })).status).toBe(400);
  const { internalAdapter, password } = await auth.$context;
  const known = await internalAdapter.findUserByEmail(tara.email);
  await internalAdapter.updatePassword(known?.user.id ?? "", await password.hash("another one"));
  expect((await enter(true, { as: "tutor" })).status).toBe(401);
});
