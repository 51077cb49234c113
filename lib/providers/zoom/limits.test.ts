import { expect, test } from "vitest";
import { grant, providersAt, request, serve } from "#lib/providers/testServer.ts";
import { notePlan } from "#lib/providers/zoom/limits.ts";

function planSeen(category: string, type: string, limit: string): string | null {
  let seen: string | null = null;
  const headers = new Headers({
    "x-ratelimit-category": category,
    "x-ratelimit-type": type,
    "x-ratelimit-limit": limit,
  });
  notePlan({ ...grant, sawPlan: (plan) => (seen = plan) }, { headers });
  return seen;
}

test.each([
  ["Light", "QPS", "4", "free"],
  ["Medium", "QPS", "20", "pro"],
  ["MEDIUM", "qps", "60", "business"],
  ["Light", "QPS", "3", "free"],
  ["Light", "QPS", "79", "pro"],
  ["Light", "QPS", "500", "business"],
  ["Heavy", "QPS", "10", null],
  ["Medium", "Daily-limit", "100", null],
  ["Medium", "QPS", "many", null],
  ["Medium", "QPS", "", null],
])("a %s limit of type %s with %s calls tells the plan %4$s", (category, type, limit, plan) => {
  expect(planSeen(category, type, limit)).toBe(plan);
});

test("every answer tells the plan, a refusal too", async () => {
  const headers = {
    "x-ratelimit-category": "Medium",
    "x-ratelimit-type": "QPS",
    "x-ratelimit-limit": "2",
  };
  await using server = await serve([{ status: 429, json: { code: 429, message: "No" }, headers }]);
  const seen: string[] = [];
  const asked = providersAt(server.url)
    .get("zoom")
    .createMeeting({ ...grant, sawPlan: (plan) => void seen.push(plan) }, request);
  await expect(asked).rejects.toMatchObject({ code: "rate_limited" });
  expect(seen).toEqual(["free"]);
});
