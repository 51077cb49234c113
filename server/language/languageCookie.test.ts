import { expect, test, vi } from "vitest";
import { keepRuntime, type Runtime } from "#server/runtime.ts";
import { keepLanguage } from "./languageCookie.ts";

const set = vi.hoisted(() => vi.fn());
vi.mock("next/headers", () => ({ cookies: async () => ({ set }) }));

test.each([
  ["https://segue.example", true],
  ["http://localhost:3000", false],
])("at %s the chosen language's cookie is secure: %s", async (appUrl, secure) => {
  keepRuntime({ ctx: { config: { appUrl } } } as Runtime);
  await keepLanguage("de");
  const expected = { secure, httpOnly: true, sameSite: "lax", path: "/" };
  expect(set).toHaveBeenLastCalledWith("segue_language", "de", expect.objectContaining(expected));
});
