/** What is left of a page where a system takes all fillings away, as Windows does with its contrast themes. */
import type { Locator, Page } from "@playwright/test";

/** Marks that stand for different things, and must look different. */
const told = "[data-kind][data-to]";
/** Marks that are there for a reason, and must look different from the same thing without them. */
const marked = [
  { of: ".navIcon[data-marked]", attribute: "data-marked" },
  { of: "[data-combobox-option][data-combobox-selected]", attribute: "data-combobox-selected" },
] as const;

/** @returns what can't be told apart. The page's colours are as they were afterwards. */
export async function indistinct(page: Page): Promise<string[]> {
  await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
  const found = [...(await alikeTiles(page)), ...(await lostMarks(page))];
  await page.emulateMedia({ forcedColors: "none", reducedMotion: "reduce" });
  return found;
}

async function alikeTiles(page: Page): Promise<string[]> {
  const seen = new Map<string, string>();
  const alike: string[] = [];
  const kinds = await copyOfEachKind(page);
  for (const [index, kind] of kinds.entries()) {
    const copy = page.locator(`#copies > :nth-child(${index + 1})`);
    const look = (await copy.screenshot({ animations: "disabled" })).toString("base64");
    const same = seen.get(look);
    if (same !== undefined) alike.push(`${kind} looks like ${same}`);
    seen.set(look, kind);
  }
  await page.evaluate(() => document.getElementById("copies")?.remove());
  return alike;
}

/** All at once, because a picture that moves has others a moment later. */
const copyOfEachKind = (page: Page): Promise<string[]> =>
  page.evaluate((selector) => {
    const copies = document.createElement("div");
    copies.id = "copies";
    Object.assign(copies.style, { position: "fixed", inset: "0 auto auto 0", zIndex: "9999" });
    copies.style.setProperty("--tile", "24px");
    const kinds = new Map<string, Node>();
    for (const tile of document.querySelectorAll<HTMLElement>(selector)) {
      const { kind, open } = tile.dataset;
      kinds.set(`${kind}${open === undefined ? "" : ", open"}`, tile.cloneNode(true));
    }
    copies.append(...kinds.values());
    document.body.append(copies);
    return [...kinds.keys()];
  }, told);

async function lostMarks(page: Page): Promise<string[]> {
  const lost: string[] = [];
  for (const { of, attribute } of marked) {
    const mark = page.locator(of).filter({ visible: true }).first();
    if ((await mark.count()) === 0) continue;
    const before = await lookOf(mark);
    if (before === (await lookOf(mark, attribute))) lost.push(of);
  }
  return lost;
}

/** Of a copy that stands at one place, so that nothing but itself makes a difference. */
async function lookOf(mark: Locator, without?: string): Promise<string> {
  const copied = await mark.evaluateHandle((element, attribute) => {
    const copy = element.cloneNode(true) as HTMLElement;
    if (attribute) copy.removeAttribute(attribute);
    Object.assign(copy.style, { position: "fixed", inset: "8px auto auto 8px", zIndex: "9999" });
    element.after(copy);
    return copy;
  }, without);
  const picture = await copied.screenshot({ animations: "disabled" });
  await copied.evaluate((copy) => copy.remove());
  return picture.toString("base64");
}
