import { createServer } from "node:net";
import { inspect } from "node:util";
import { expect, test } from "vitest";
import { z } from "zod";
import { MOST_BYTES } from "#lib/providers/believed.ts";
import { apiCall, type Call, exchange, parseAnswer } from "#lib/providers/http.ts";
import { serve } from "#lib/providers/testServer.ts";
import { PATIENCE_MS } from "#tests/harness/patience.ts";

const call = (url: string, more: Partial<Call> = {}): Call => ({
  method: "POST",
  url: new URL(url),
  body: "{}",
  deadline: AbortSignal.timeout(PATIENCE_MS),
  ...more,
});

async function refusedUrl(): Promise<string> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`;
}

test("a connection that was refused sent nothing, so even a create is just unavailable", async () => {
  const url = await refusedUrl();
  await expect(exchange(call(url, { creates: true }))).rejects.toMatchObject({
    name: "ProviderError",
    code: "unavailable",
    message: "Could not be reached (ECONNREFUSED)",
  });
});

test("a name that can't be found sent nothing", async () => {
  await expect(exchange(call("http://nowhere.invalid/", { creates: true }))).rejects.toMatchObject({
    code: "unavailable",
  });
});

test.each(["cut", "hang"] as const)(
  "after a %s answer the outcome of a create is unknown",
  async (how) => {
    await using server = await serve([how, how]);
    const deadline = () => AbortSignal.timeout(how === "hang" ? 50 : PATIENCE_MS);
    await expect(
      exchange(call(server.url, { creates: true, deadline: deadline() })),
    ).rejects.toMatchObject({ code: "outcome_unknown" });
    await expect(exchange(call(server.url, { deadline: deadline() }))).rejects.toMatchObject({
      code: "timeout",
    });
  },
);

test("a redirect is not followed, so the bearer stays with its host", async () => {
  await using other = await serve([{ status: 200, json: {} }]);
  await using server = await serve([{ status: 302, headers: { location: other.url } }]);
  const answer = await apiCall({
    method: "GET",
    url: new URL(server.url),
    accessToken: "access-1",
    deadline: AbortSignal.timeout(PATIENCE_MS),
  });
  expect(answer.status).toBe(302);
  expect(other.asked).toEqual([]);
});

test("a network error carries nothing of the request", async () => {
  await using server = await serve(["cut"]);
  const error = await apiCall({
    method: "POST",
    url: new URL(server.url),
    accessToken: "secret-access-token",
    json: { secret: "body" },
    deadline: AbortSignal.timeout(PATIENCE_MS),
  }).catch((reason: unknown) => reason);
  expect(inspect(error, { depth: 10 })).not.toMatch(/secret/);
});

test("an answer is believed only after it was parsed", () => {
  const schema = z.object({ id: z.number() });
  const answer = { status: 201, headers: new Headers(), text: "", json: { id: "x" } };
  expect(() => parseAnswer(schema, answer, { creates: true })).toThrow(
    expect.objectContaining({ code: "outcome_unknown" }),
  );
  expect(() => parseAnswer(schema, answer)).toThrow(
    expect.objectContaining({ code: "unavailable" }),
  );
});

test.each([
  [{ creates: true }, "outcome_unknown"],
  [{}, "unavailable"],
])("an answer without an end is read only so far (%j: %s)", async (more, code) => {
  await using server = await serve([{ status: 200, text: "x".repeat(MOST_BYTES + 1) }]);
  await expect(exchange(call(server.url, more))).rejects.toMatchObject({
    code,
    message: "The answer is too long to be read",
    status: 200,
  });
});
