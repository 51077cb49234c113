import { describe, expect, it, test } from "vitest";
import { wordsFor } from "#lib/platform/words.ts";
import { connectErrors } from "#lib/services/switching/connectErrors.ts";
import {
  type Counts,
  isStillNews,
  messageOf,
  otherAccount,
  type Standing,
  takenOver,
} from "./notice.ts";
import { outcomeOf } from "./outcome.ts";

const words = {
  words: wordsFor("en", "videoSetup"),
  errors: wordsFor("en", "connectErrors"),
};

const counts = (of: Partial<Counts>): Counts => ({
  id: "m1",
  status: "completed",
  total: 5,
  moved: 5,
  failed: 0,
  deferred: 0,
  ...of,
});

const shown = (
  query: Record<string, string>,
  latest: Counts | null = null,
  standing: Standing = null,
) => {
  const outcome = outcomeOf(query);
  return outcome && messageOf(words, outcome, latest, null, standing);
};

const moved = (count: number) =>
  `✅ Successfully connected video provider!\n🔄 ${count} future sessions were automatically updated with new meeting links.`;
const warning =
  "✅ Successfully connected video provider!\n⚠️ Some future sessions may need to be manually updated. Please check your sessions page.";

describe("the message after a way to the provider", () => {
  it("says verbatim how many sessions have moved, one included", () => {
    expect(shown({ success: "true", migrated: "5" })?.text).toBe(moved(5));
    expect(shown({ success: "true", migrated: "1" })?.text).toBe(moved(1));
  });

  it("warns verbatim when some didn't", () => {
    expect(shown({ success: "true", migration_warning: "true" })?.text).toBe(warning);
  });

  it("is short when nothing had to move", () => {
    expect(shown({ success: "true" })?.text).toBe("Successfully connected video provider!");
  });

  it("follows a migration that still runs to the verbatim message of its end", () => {
    const query = { success: "true", migration: "m1" };
    expect(shown(query, counts({ status: "running", moved: 2 }))).toMatchObject({
      tone: "busy",
      text: "2 of 5 lessons have their new room.",
    });
    expect(shown(query, counts({}))?.text).toBe(moved(5));
    expect(
      shown(query, counts({ status: "completed_with_failures", moved: 4, failed: 1 })),
    ).toEqual(expect.objectContaining({ tone: "warning", text: warning }));
    expect(shown(query, counts({ status: "waiting", moved: 3, deferred: 2 }))?.text).toBe(moved(3));
  });

  it("keeps the count of what has moved when the rest waits for a date", () => {
    const query = { success: "true", migrated: "3", migration: "m1" };
    const message = shown(query, counts({ status: "waiting", moved: 3, deferred: 2 }));
    expect(message?.text).toBe(moved(3));
    expect(message?.detail).toContain("2 lessons move later");
  });

  it("says after every error, known or not, what is connected, and claims nothing else", () => {
    const connected = { label: "Zoom", status: "connected" } as const;
    for (const error of [...connectErrors, "too_many", "no_such_code", "constructor", "a.b"]) {
      const { text = "", detail } = shown({ error }, null, connected) ?? {};
      expect(text, error).not.toMatch(/untouched|unchanged|previous connection|nothing/i);
      expect(detail, error).toBe("Zoom is connected, and no link has changed.");
    }
    expect(shown({ error: "exchange_failed" })?.detail).toBe("No provider is connected yet.");
    const dead = { label: "Zoom", status: "needs_reconnect" } as const;
    expect(shown({ error: "access_denied" }, null, dead)?.detail).toContain(
      "needs to be reconnected",
    );
  });

  it("says nothing without a result, and nothing about a count that is none", () => {
    expect(shown({})).toBeNull();
    expect(shown({ success: "true", migrated: "<b>" })?.text).toBe(
      "Successfully connected video provider!",
    );
  });
});

test("a switch to another account of the same provider says so beside the required words", () => {
  const accounts = { from: "tara@example.com", to: "other@example.com" };
  const said = (kind: "switch" | "undo", of: typeof accounts | null) =>
    otherAccount(words.words, { kind: "moved", count: 5 }, { kind, accounts: of }, "Zoom");
  expect(said("switch", accounts)).toBe(
    "This is a different Zoom account: other@example.com instead of tara@example.com.",
  );
  expect(said("switch", null)).toBeNull();
  expect(said("undo", accounts)).toBeNull();
});

describe("the message after a refresh", () => {
  it("says how many sessions have new links, as soon as that is known", () => {
    const notice = { kind: "refreshing", counts: counts({ status: "running", moved: 0 }) } as const;
    expect(messageOf(words, notice, null, null).tone).toBe("busy");
    expect(messageOf(words, notice, counts({}), null).text).toBe("5 sessions have new links");
  });

  it("names failures in words", () => {
    const failed = counts({ status: "completed_with_failures", moved: 4, failed: 1 });
    const message = messageOf(words, { kind: "refreshing", counts: failed }, failed, null);
    expect(message.text).toBe("4 sessions have new links\nSome sessions failed to migrate");
    expect(message.detail).toContain("1 lesson keeps its previous room");
  });
});

test("after an undo it says how many lessons are back", () => {
  const notice = { kind: "undoing", counts: counts({ moved: 3, total: 3 }) } as const;
  expect(messageOf(words, notice, null, null)).toEqual({
    tone: "good",
    text: "3 lessons are back where they were.",
    detail: null,
  });
  const redone = { ...notice, kind: "redoing" } as const;
  expect(messageOf(words, redone, null, null).text).toBe(
    "3 lessons are in the rooms of that change again.",
  );
});

describe("a message that a newer change has overtaken", () => {
  const running = counts({ status: "running", moved: 2 });
  const notice = { kind: "refreshing", counts: running } as const;

  it("says so, and goes on saying it when the newer one is shown", () => {
    const overtaken = takenOver(notice, "m1");
    expect(overtaken && messageOf(words, overtaken, counts({ id: "m2" }), null).text).toBe(
      "A newer change has taken over. It is shown below.",
    );
    expect(takenOver(notice, "m0")).toBe(notice);
    expect(takenOver(null, "m1")).toBeNull();
  });

  it("isn't shown from the address again once it was undone or retried", () => {
    const moved = outcomeOf({ success: "true", migrated: "5" });
    const latest = (kind: "switch" | "undo" | "retry") => ({ kind });
    expect(isStillNews(moved, null)).toBe(true);
    expect(isStillNews(moved, latest("switch"))).toBe(true);
    expect(isStillNews(moved, latest("undo"))).toBe(false);
    expect(
      isStillNews(outcomeOf({ success: "true", migration_warning: "true" }), latest("retry")),
    ).toBe(false);
    expect(isStillNews(outcomeOf({ error: "access_denied" }), latest("undo"))).toBe(true);
  });
});
