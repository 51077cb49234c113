import fc from "fast-check";
import { expect, test } from "vitest";
import { agendaOf, carriesMarker } from "#lib/providers/zoom/marker.ts";

const key = fc.stringMatching(/^[a-v0-9]{26}$/);
const installationId = fc.oneof(fc.uuid(), fc.stringMatching(/^[a-z0-9-]{1,64}$/));
const marked = fc.record({ key, installationId });

test("a meeting is known by its agenda, even cut to the 250 characters of a list", () => {
  fc.assert(
    fc.property(marked, (of) => {
      const agenda = agendaOf(of);
      expect(carriesMarker(agenda, of)).toBe(true);
      expect(carriesMarker(agenda.slice(0, 250), of)).toBe(true);
      expect(carriesMarker(agenda.replaceAll("\n", "\r\n"), of)).toBe(true);
      expect(carriesMarker(agenda.replaceAll("\n", " "), of)).toBe(true);
    }),
  );
});

test("another key or another installation is never taken for ours", () => {
  fc.assert(
    fc.property(marked, marked, (one, other) => {
      fc.pre(one.key !== other.key || one.installationId !== other.installationId);
      expect(carriesMarker(agendaOf(one), other)).toBe(false);
    }),
  );
});

test("part of a mark is no mark, nor one further down", () => {
  const of = { key: "k".repeat(26), installationId: "inst-1" };
  const agenda = agendaOf(of);
  expect(carriesMarker(agenda.slice(0, 30), of)).toBe(false);
  expect(carriesMarker(agenda.replace("\n", "x\n"), of)).toBe(false);
  expect(carriesMarker(`Bring a pen\n${agenda}`, of)).toBe(false);
  expect(carriesMarker("", of)).toBe(false);
  expect(carriesMarker(null, of)).toBe(false);
});
