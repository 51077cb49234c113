/** What must hold on every page, whatever somebody has pressed before. */
import type { Page } from "@playwright/test";

export interface Facts {
  title: string;
  headings: number;
  waysOn: number;
  sideways: number;
  /** Lessons ahead without a provider's name and without a word why. */
  lessonsWithoutWay: string[];
  /** What the strip counts, what it says and what it draws. */
  strip: { now: number; drawn: number; total: number; all: number; said: number | null } | null;
  unnamed: string[];
  text: string;
  alerts: string[];
  dialog: { name: string; hasFocus: boolean } | null;
  focusIsLost: boolean;
}

export interface Property {
  says: string;
  /** What is wrong; null where it holds. */
  breaks: (facts: Facts) => string | null;
}

/** Texts that no reader should see: a value that is none, a key of the catalog, a part of a message. */
const ODD_TEXT =
  /\bundefined\b|\bNaN\b|\[object |\{\w+\}|MISSING_MESSAGE|Invalid Date|\b[a-z]+[A-Z][a-zA-Z]*\.[a-z]\w+/;

export const properties: Property[] = [
  {
    says: "a page has a name and one main heading",
    breaks: ({ title, headings }) =>
      title.trim() !== "" && headings === 1 ? null : `“${title}” with ${headings} headings`,
  },
  {
    says: "no page is without a way on",
    breaks: ({ waysOn }) => (waysOn > 0 ? null : "nothing can be pressed"),
  },
  {
    says: "nothing scrolls sideways",
    breaks: ({ sideways }) => (sideways <= 0 ? null : `${sideways} px`),
  },
  {
    says: "a lesson ahead shows a way in or a reason",
    breaks: ({ lessonsWithoutWay: [lesson] }) => lesson ?? null,
  },
  {
    says: "the strip draws what it counts",
    breaks: ({ strip }) =>
      !strip || (strip.now === strip.drawn && strip.total === strip.all)
        ? null
        : JSON.stringify(strip),
  },
  {
    says: "two numbers for one thing never differ",
    breaks: ({ strip }) =>
      !strip || strip.said === null || strip.said === strip.now ? null : JSON.stringify(strip),
  },
  {
    says: "whatever can be pressed has a name",
    breaks: ({ unnamed: [first] }) => first ?? null,
  },
  {
    says: "no reader sees a value that is none, or a key",
    breaks: ({ text }) => ODD_TEXT.exec(text)?.[0] ?? null,
  },
  {
    says: "one event is told once",
    breaks: ({ alerts }) =>
      alerts.find((alert, index) => alert !== "" && alerts.indexOf(alert) !== index) ?? null,
  },
  {
    says: "a dialog has a name, and the focus is in it",
    breaks: ({ dialog }) =>
      !dialog || (dialog.name !== "" && dialog.hasFocus) ? null : JSON.stringify(dialog),
  },
  {
    says: "the focus isn't lost with a dialog",
    breaks: ({ focusIsLost }) => (focusIsLost ? "the focus is nowhere" : null),
  },
];

/**
 * @param hasClosed whether a dialog has just been closed by a key, and so the focus has to be somewhere. Tab at the end of a
 * page leads out of it, and a press on the ground takes the focus from where it was.
 */
export const factsOf = (page: Page, hasClosed: boolean): Promise<Facts> =>
  page.evaluate((isClosed) => {
    const isShown = (element: Element) => element.checkVisibility({ visibilityProperty: true });
    const all = (selector: string) => [...document.querySelectorAll(selector)].filter(isShown);
    const root = document.documentElement;
    const controls = all("a[href], button, [role=tab], [role=menuitem], summary");
    const nameOf = (element: Element) =>
      [
        element.getAttribute("aria-label"),
        ...(element.getAttribute("aria-labelledby") ?? "")
          .split(" ")
          .map((id) => document.getElementById(id)?.textContent),
        element.textContent,
      ]
        .map((text) => text?.trim() ?? "")
        .find((text) => text !== "") ?? "";
    const [strip] = all("main [role=progressbar]");
    const [dialog] = all("[role=dialog]");
    const said = /(\d+) of \d+ lessons have their new room/.exec(
      document.querySelector("main .figures")?.textContent ?? "",
    )?.[1];
    const ahead = all("li[data-status=SCHEDULED], li[data-status=JOIN_OPEN]");
    return {
      title: document.title,
      headings: all("main h1").length,
      waysOn: controls.filter((element) => !element.matches(":disabled")).length,
      sideways: root.scrollWidth - root.clientWidth,
      lessonsWithoutWay: ahead
        .filter((lesson) => !lesson.querySelector(".providerName, [data-state]"))
        .map((lesson) => lesson.textContent ?? ""),
      strip: strip
        ? {
            now: Number(strip.getAttribute("aria-valuenow")),
            drawn: strip.querySelectorAll("[data-kind=moved]").length,
            total: Number(strip.getAttribute("aria-valuemax")),
            all: strip.querySelectorAll("[data-kind]").length,
            said: said === undefined ? null : Number(said),
          }
        : null,
      unnamed: controls
        .filter((element) => nameOf(element) === "")
        .map((element) => element.outerHTML.slice(0, 200)),
      text: document.querySelector("main")?.textContent ?? "",
      alerts: all("main [role=alert]").map((alert) => alert.textContent ?? ""),
      dialog: dialog
        ? { name: nameOf(dialog), hasFocus: dialog.contains(document.activeElement) }
        : null,
      focusIsLost: isClosed && document.activeElement === document.body,
    };
  }, hasClosed);
