import { afterAll, beforeAll, expect, test } from "vitest";
import { CALENDAR_SCOPE, TestSandbox } from "#sandbox/testing.ts";

const sandbox = new TestSandbox(new Date("2026-11-20T09:00:00Z"));
const providers = ["google", "zoom"] as const;

beforeAll(() => sandbox.start());
afterAll(() => sandbox.end());

const page = async (provider: "google" | "zoom", change: Record<string, string> = {}) =>
  (await sandbox.request(sandbox.authorization(provider, change))).text;

test.each(providers)(
  "%s offers four accounts, another one, and both decisions",
  async (provider) => {
    const text = await page(provider);
    expect(text.match(/type="radio"/g)).toHaveLength(5);
    expect(text).toContain("Use another account");
    expect(text).toMatch(/value="allow">Allow<\/button>/);
    expect(text).toMatch(/value="deny">Deny<\/button>/);
    expect(text).toContain("Sandbox");
  },
);

test.each(providers)("%s selects the account of the login hint", async (provider) => {
  const text = await page(provider, { login_hint: "Demo.Three@example.org" });
  expect(text).toContain('value="demo.three@example.org" checked');
  expect(text.match(/type="radio"[^>]*checked/g)).toHaveLength(1);
  const unknown = await page(provider, { login_hint: 'new@example.org"><b>' });
  expect(unknown).toContain('value="other" checked');
  expect(unknown).toContain('value="new@example.org&quot;&gt;&lt;b&gt;"');
});

test("Google's calendar scope can be left out, its sign-in scopes can't", async () => {
  const text = await page("google");
  expect(text.match(/type="checkbox"/g)).toHaveLength(1);
  expect(text).toContain(`name="granted_scope" value="${CALENDAR_SCOPE}" checked`);
});

test.each(providers)(
  "%s makes the account of an unknown address and keeps its ids",
  async (provider) => {
    const url = sandbox.authorization(provider);
    const form = { account: "other", email: "New.Tutor@example.org", decision: "allow" };
    expect((await sandbox.consent(url, form)).searchParams.get("code")).toBeTruthy();
    const state = (await sandbox.request(`${sandbox.url}/control/state`)).json;
    const { accounts } = state[provider] as { accounts: Record<string, string>[] };
    expect(accounts.at(-1)).toMatchObject({ email: "new.tutor@example.org", name: "New Tutor" });
  },
);

test.each(providers)("%s lets go who denies without an account", async (provider) => {
  const form = { account: "other", email: "", decision: "deny" };
  const to = await sandbox.consent(sandbox.authorization(provider), form);
  expect(to.searchParams.get("error")).toBe("access_denied");
});

test.each(providers)(
  "%s shows the page again when no usable account was given",
  async (provider) => {
    const got = await sandbox.request(sandbox.authorization(provider), {
      method: "POST",
      body: new URLSearchParams({ account: "other", email: "nobody", decision: "allow" }),
    });
    expect(got.status).toBe(400);
    expect(got.text).toContain('role="alert"');
  },
);
