import { expect, test } from "vitest";
import { NOW, providersAt, type Scripted, serve } from "#lib/providers/testServer.ts";

const zoomAt = (url: string) => providersAt(url).get("zoom");
const HOUR = 3_600;
const DAY = 24 * HOUR;

test.each<[unknown, number]>([
  [0, HOUR],
  [-5, HOUR],
  ["soon", HOUR],
  [null, HOUR],
  [[], HOUR],
  [1, 120],
  [9e15, DAY],
  ["1e400", DAY],
])(
  "tokens with the lifetime %j are kept, for %i seconds, since those before them may be dead",
  async (lifetime, seconds) => {
    await using server = await serve([granted({ expires_in: lifetime })]);
    expect(await zoomAt(server.url).refresh("refresh-1")).toMatchObject({
      accessToken: "access-1",
      refreshToken: "refresh-2",
      expiresAt: new Date(NOW.getTime() + seconds * 1_000),
    });
  },
);

test.each<[string, object]>([
  ["no scope", { scope: null }],
  ["scopes as a list", { scope: ["user:read:user"] }],
  ["no type", { token_type: null }],
  ["another number for success", {}],
  ["an id_token that nobody can read", { id_token: "" }],
])("tokens with %s are tokens all the same", async (_, more) => {
  await using server = await serve([granted(more, 201)]);
  const tokens = await zoomAt(server.url).refresh("refresh-1");
  expect(tokens).toMatchObject({ accessToken: "access-1", refreshToken: "refresh-2" });
});

test.each<[string, Scripted, string]>([
  ["a page", { status: 200, text: "<html>Sign in to this network</html>" }, "unavailable"],
  ["an empty body", { status: 200, text: "" }, "unavailable"],
  ["no access token", granted({ access_token: undefined }), "unavailable"],
  ["an empty access token", granted({ access_token: "" }), "unavailable"],
  ["a number for it", granted({ access_token: 7 }), "unavailable"],
  ["a dead grant", { status: 200, json: { error: "invalid_grant" } }, "invalid_request"],
  ["a refused client", { status: 200, json: { error: "invalid_client" } }, "client_refused"],
  ["a redirect", { status: 302, text: "" }, "unavailable"],
])("a success that holds %s is none, and ends no grant", async (_, reply, code) => {
  await using server = await serve([reply]);
  const failed = zoomAt(server.url).refresh("refresh-1");
  await expect(failed).rejects.toMatchObject({ name: "ProviderError", code });
});

test.each(["zoom", "google_meet"] as const)(
  "a stranger's answer to a revocation at %s isn't taken for one",
  async (id) => {
    const strangers: Scripted[] = [
      { status: 200, text: "<html>Sign in to this network</html>" },
      { status: 200, json: { message: "Please sign in to this network" } },
      { status: 404, json: { message: "no Route matched with those values" } },
      { status: 403, json: { error: "Forbidden" } },
    ];
    const own = id === "zoom" ? { status: "success" } : {};
    await using server = await serve([...strangers, { status: 200, json: own }]);
    const provider = providersAt(server.url).get(id);
    for (const _ of strangers) {
      await expect(provider.revoke("refresh-1")).rejects.toMatchObject({ code: "unavailable" });
    }
    await provider.revoke("refresh-1");
  },
);

function granted(more: object = {}, status = 200): Scripted {
  return {
    status,
    json: {
      access_token: "access-1",
      token_type: "bearer",
      refresh_token: "refresh-2",
      expires_in: 3599,
      scope: zoomAt("http://127.0.0.1:9").requiredScopes.join(" "),
      ...more,
    },
  };
}
