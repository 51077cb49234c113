import { expect, test } from "vitest";
import type { MigrationDetail } from "#lib/services/switching/views.ts";
import type { Told } from "./follow.ts";
import { oneStream, type Said } from "./oneStream.ts";

const detail = (moved: number, status = "running") => ({ moved, status }) as MigrationDetail;

/** A browser with as many tabs as are opened, and locks that go to those who wait, in their order. */
function browser() {
  const ears = new Set<{ name: string; heard: (said: Said) => void }>();
  const held = new Set<string>();
  const waiting: { name: string; leaves: AbortSignal; lead: () => Promise<void> }[] = [];

  function grant(): void {
    const next = waiting.findIndex(({ name, leaves }) => leaves.aborted || !held.has(name));
    if (next < 0) return;
    const [asked] = waiting.splice(next, 1);
    if (asked && !asked.leaves.aborted) {
      held.add(asked.name);
      void asked.lead().then(() => {
        held.delete(asked.name);
        grant();
      });
    }
    grant();
  }

  function tab(name = "change of Tara") {
    const seen: unknown[] = [];
    const streams: Told[] = [];
    let open = 0;
    let isVisible = true;
    let changed: () => void = () => undefined;
    const told: Told = {
      detail: ({ moved }) => void seen.push(moved),
      offline: (isOffline) => void (isOffline && seen.push("offline")),
      signedOut: () => void seen.push("signed out"),
    };
    const leave = oneStream(
      name,
      {
        whenFree: (lock, leaves, lead) => {
          waiting.push({ name: lock, leaves, lead });
          grant();
        },
        channel: (channel, heard) => {
          const ear = { name: channel, heard };
          ears.add(ear);
          return {
            say: (said) => {
              for (const one of [...ears]) if (one !== ear && one.name === channel) one.heard(said);
            },
            close: () => void ears.delete(ear),
          };
        },
        isVisible: () => isVisible,
        onVisibility: (listener) => {
          changed = listener;
          return () => {
            changed = () => undefined;
          };
        },
      },
      told,
      (all) => {
        open += 1;
        streams.push(all);
        return () => {
          open -= 1;
        };
      },
    );
    const show = async (visible: boolean) => {
      isVisible = visible;
      changed();
      await settled();
    };
    return { seen, leave, show, open: () => open, stream: () => streams.at(-1) as Told };
  }
  return { tab, listening: () => ears.size };
}

/** Lets what is promised happen. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

test("eight tabs have one stream, and all of them see what it tells", async () => {
  const { tab } = browser();
  const tabs = Array.from({ length: 8 }, () => tab());
  expect(tabs.map(({ open }) => open())).toEqual([1, 0, 0, 0, 0, 0, 0, 0]);
  tabs[0]?.stream().detail(detail(3));
  tabs[0]?.stream().offline(true);
  expect(tabs.map(({ seen }) => seen)).toEqual(Array(8).fill([3, "offline"]));
});

test("when the leading tab is closed, another leads, and the rest follow it", async () => {
  const { tab } = browser();
  const [first, second, third] = [tab(), tab(), tab()];
  first.leave();
  await settled();
  expect([first, second, third].map(({ open }) => open())).toEqual([0, 1, 0]);
  second.stream().detail(detail(4));
  expect([first.seen, second.seen, third.seen]).toEqual([[], [4], [4]]);
});

test("a tab that nobody looks at leaves the lead to one that is looked at, and still hears", async () => {
  const { tab } = browser();
  const [first, second] = [tab(), tab()];
  await first.show(false);
  expect([first.open(), second.open()]).toEqual([0, 1]);
  second.stream().detail(detail(2));
  expect(first.seen).toEqual([2]);
  await second.show(false);
  expect([first.open(), second.open()]).toEqual([0, 0]);
  await first.show(true);
  expect([first.open(), second.open()]).toEqual([1, 0]);
});

test("a tab that comes later learns at once what it has missed", () => {
  const { tab } = browser();
  const first = tab();
  first.stream().detail(detail(5));
  expect(tab().seen).toEqual([5]);
});

test("what has settled, or a person who has signed out, ends it in all tabs", async () => {
  const { tab, listening } = browser();
  const settling = [tab(), tab()];
  settling[0]?.stream().detail(detail(6, "completed"));
  await settled();
  expect(settling.map(({ open }) => open())).toEqual([0, 0]);
  const leaving = [tab(), tab()];
  leaving[0]?.stream().signedOut();
  await settled();
  expect(leaving.map(({ open, seen }) => [open(), seen])).toEqual(
    Array(2).fill([0, ["signed out"]]),
  );
  expect(listening()).toBe(0);
});

test("two people who use one browser hear nothing of each other", () => {
  const { tab } = browser();
  const [tara, tom] = [tab("change of Tara"), tab("change of Tom")];
  expect([tara.open(), tom.open()]).toEqual([1, 1]);
  tara.stream().detail(detail(1));
  expect(tom.seen).toEqual([]);
});
