import { expect, test } from "vitest";
import { providerIds } from "#lib/providers/provider.ts";
import { createProviders } from "#lib/providers/registry.ts";
import { providersAt } from "#lib/providers/testServer.ts";

const none = {
  google: {
    credentials: null,
    authUrl: "https://accounts.google.com/o/oauth2/v2/auth",
    tokenUrl: "https://oauth2.googleapis.com/token",
    revokeUrl: "https://oauth2.googleapis.com/revoke",
    apiUrl: "https://www.googleapis.com",
  },
  zoom: {
    credentials: null,
    oauthUrl: "https://zoom.us/oauth",
    apiUrl: "https://api.zoom.us/v2",
    plan: "pro" as const,
    webhookSecret: null,
  },
};

test("every provider that Segue knows is in the registry under its own id", () => {
  const providers = providersAt("http://127.0.0.1:9");
  expect(providers.all.map((provider) => provider.id)).toEqual([...providerIds]);
  for (const id of providerIds) expect(providers.get(id).id).toBe(id);
});

test("a provider without credentials is named but not handed out", () => {
  const zoomOnly = createProviders({
    ...none,
    zoom: { ...none.zoom, credentials: { clientId: "a", clientSecret: "b" } },
  });
  expect(zoomOnly.all.map((provider) => provider.id)).toEqual(["zoom"]);
  expect(zoomOnly.has("google_meet")).toBe(false);
  expect(zoomOnly.label("google_meet")).toBe("Google Meet");
  expect(() => zoomOnly.get("google_meet")).toThrow("Google Meet has no credentials configured");
});

test("a link tells its provider, with or without credentials", () => {
  const providers = createProviders(none);
  expect(providers.ownerOf("https://meet.google.com/abc-defg-hij")).toBe("google_meet");
  expect(providers.ownerOf("https://us05web.zoom.us/j/1?pwd=a")).toBe("zoom");
  expect(providers.ownerOf("https://example.com/j/1")).toBeNull();
  expect(providers.ownerOf("not a link")).toBeNull();
});

const at = {
  meet: "https://meet.google.com/abc-defg-hij",
  zoom: "https://us05web.zoom.us/j/82345678901",
};
const rooms = [
  ["google_meet", at.meet, at.meet],
  ["google_meet", `${at.meet}?authuser=1&pli=1#x`, at.meet],
  ["google_meet", `${at.meet}?continue=https://evil.example/`, at.meet],
  [
    "google_meet",
    "https://meet.google.com/lookup/class-5b",
    "https://meet.google.com/lookup/class-5b",
  ],
  ["zoom", `${at.zoom}?pwd=a.1`, `${at.zoom}?pwd=a.1`],
  ["zoom", `${at.zoom}?pwd=a_B-9.1#success`, `${at.zoom}?pwd=a_B-9.1`],
  ["zoom", `${at.zoom}?uname=x&zak=secret&pwd=a.1&tk=t`, `${at.zoom}?pwd=a.1`],
  ["zoom", `${at.zoom}?pwd=a&pwd=b`, `${at.zoom}?pwd=a`],
  ["zoom", `${at.zoom}?pwd=abc%2Bd/f%3D%3D`, `${at.zoom}?pwd=abc%2Bd%2Ff%3D%3D`],
  ["zoom", `${at.zoom}?pwd=abc~def`, `${at.zoom}?pwd=abc%7Edef`],
  ["zoom", `${at.zoom}?pwd=`, at.zoom],
  ["zoom", `${at.zoom}?return_url=//evil.example#/?next=x`, at.zoom],
  ["zoom", "https://zoom.us/w/82345678901", "https://zoom.us/w/82345678901"],
  ["zoom", "https://SCHOOL.zoom.us/my/tara.tutor?", "https://school.zoom.us/my/tara.tutor"],
  ["zoom", "https://zoom.us/wc/join/82345678901", "https://zoom.us/wc/join/82345678901"],
  ["zoom", "https://app.zoom.us/wc/82345678901/join", "https://app.zoom.us/wc/82345678901/join"],
] as const;

test.each(rooms)("a link of %s opens a room, with what that needs: %s", (id, link, room) => {
  expect(createProviders(none).roomLink(id, link)).toBe(room);
});

const otherPages = [
  ["google_meet", "https://meet.google.com/linkredirect?dest=https://evil.example/"],
  ["google_meet", "https://meet.google.com/new"],
  ["google_meet", "https://meet.google.com/landing/abc-defg-hij"],
  ["google_meet", "https://meet.google.com/abc-defg-hijk"],
  ["google_meet", "https://meet.google.com//evil.example/abc-defg-hij"],
  ["zoom", "https://zoom.us/signin?redirect=https://evil.example/"],
  ["zoom", "https://zoom.us/s/82345678901?zak=secret"],
  ["zoom", "https://zoom.us/j/82345678901/../../signin"],
  ["zoom", "https://zoom.us/rec/share/abc"],
  ["zoom", "https://zoom.us/my/tara%2f..%2fsignin"],
] as const;

test.each(otherPages)("another page of %s is no room: %s", (id, link) => {
  expect(createProviders(none).roomLink(id, link)).toBeNull();
});

test.each(["https://evil.example/", "//evil.example", "/signin", "a".repeat(65), "a b", "abc+def"])(
  "a link whose password can't be kept is no room's, rather than a link without it: %s",
  (pwd) => {
    expect(createProviders(none).roomLink("zoom", `${at.zoom}?pwd=${pwd}`)).toBeNull();
  },
);

test("links of stand-ins, which share a host, are told apart by their path", () => {
  const providers = providersAt("http://127.0.0.1:4000");
  expect(providers.ownerOf("http://127.0.0.1:4000/meet/abc-defg-hij")).toBe("google_meet");
  expect(providers.ownerOf("http://127.0.0.1:4000/zoom/j/82345678901?pwd=a")).toBe("zoom");
  expect(providers.ownerOf("http://127.0.0.1:4000/elsewhere")).toBeNull();
});

test("published limits are told as they are, by plan, beside our own of repairs", () => {
  const providers = providersAt("http://127.0.0.1:9");
  const told = (id: "google_meet" | "zoom", plan: string | null) =>
    providers
      .get(id)
      .budget.limits(plan)
      .map(({ name, calls, window, per }) => `${name}: ${calls} per ${window} and ${per}`);
  expect(told("google_meet", null)).toEqual([
    "user: 600 per minute and user",
    "project: 10000 per minute and project",
  ]);
  const zoom = (light: number, medium: number) => [
    `light: ${light} per second and organisation`,
    `medium: ${medium} per second and organisation`,
    "writes: 100 per utc_day and user",
    "repairs: 20 per utc_day and user",
  ];
  expect(told("zoom", "free")).toEqual(zoom(4, 2));
  expect(told("zoom", "pro")).toEqual(zoom(30, 20));
  expect(told("zoom", "business")).toEqual(zoom(80, 60));
  // The plan is unknown, or was stored under another name by an older version: the configured guess applies.
  expect(told("zoom", null)).toEqual(zoom(30, 20));
  expect(told("zoom", "edu")).toEqual(zoom(30, 20));
});
