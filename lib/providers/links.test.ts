import fc from "fast-check";
import { expect, test } from "vitest";
import { isMeetingLink } from "#lib/providers/links.ts";

const zoom = { domains: ["zoom.us", "zoom.com"], apiUrl: "https://api.zoom.us/v2" };
const standIn = { domains: ["zoom.us"], apiUrl: "http://127.0.0.1:4000/v2" };

test.each([
  "https://zoom.us/j/12345678901",
  "https://us05web.zoom.us/j/12345678901?pwd=abc",
  "https://school.zoom.com/j/1",
])("a link on the provider's own hosts is accepted: %s", (link) => {
  expect(isMeetingLink(link, zoom)).toBe(true);
});

test.each([
  "http://zoom.us/j/1",
  "https://zoom.us",
  "https://zoom.us:8443/j/1",
  "https://zoom.us@evil.example/j/1",
  "https://user:pass@zoom.us/j/1",
  "https://zoom.us.evil.example/j/1",
  "https://notzoom.us/j/1",
  "https://zoom.us./j/1",
  "https://zoom.us\\@evil.example/j/1",
  "https://zoom.us/j/1\n",
  " https://zoom.us/j/1",
  "javascript:alert(1)//zoom.us",
  "zoom.us/j/1",
  "",
  "http://127.0.0.1:4000/j/1",
  `https://zoom.us/j/1?pwd=${"x".repeat(2_000)}`,
])("what only looks like one is refused: %s", (link) => {
  expect(isMeetingLink(link, zoom)).toBe(false);
});

test("http on loopback is accepted from a stand-in on loopback only", () => {
  expect(isMeetingLink("http://127.0.0.1:4000/j/1", standIn)).toBe(true);
  expect(isMeetingLink("http://localhost:4000/j/1", standIn)).toBe(true);
  expect(isMeetingLink("http://10.0.0.1:4000/j/1", standIn)).toBe(false);
  expect(isMeetingLink("http://zoom.us/j/1", standIn)).toBe(false);
  expect(isMeetingLink("https://zoom.us/j/1", standIn)).toBe(true);
});

test("a link on another host is never accepted", () => {
  const isTheirs = (host: string) => /(^|\.)zoom\.(us|com)$/.test(host);
  const host = fc.oneof(
    fc.domain(),
    fc.domain().map((domain) => `zoom.us.${domain}`),
    fc.stringMatching(/^[a-z0-9-]{1,20}$/).map((name) => `${name}zoom.us`),
    fc.ipV4(),
  );
  fc.assert(
    fc.property(host, fc.webPath(), fc.webQueryParameters(), (name, path, query) => {
      const link = `https://${name}${path}?${query}`;
      fc.pre(URL.canParse(link) && !isTheirs(new URL(link).hostname));
      expect(isMeetingLink(link, zoom)).toBe(false);
    }),
  );
});

test("whatever is accepted opens on a host of the provider", () => {
  const link = fc.oneof(
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    fc.string().map((text) => `https://${text}`),
    fc.string().map((text) => `https://zoom.us${text}`),
    fc.string().map((text) => `https://${text}.zoom.us/j/1`),
  );
  fc.assert(
    fc.property(link, (candidate) => {
      fc.pre(isMeetingLink(candidate, zoom));
      expect(new URL(candidate).hostname).toMatch(/(^|\.)zoom\.(us|com)$/);
    }),
  );
});
