/** A place on a page, and where the focus goes when that place is gone. */

/** What opens over the page and is left again. */
const LAYERS = "[role=dialog], [role=menu]";
/** What on a page has a heading or a name of its own. */
const PARTS = `section, fieldset[aria-label], [role=tabpanel], main, ${LAYERS}`;

export interface Place {
  element: HTMLElement;
  /** The dialog or menu that it is in. */
  layer: Element | null;
  /** All that is named as it is, itself among them, in the order of the page. */
  alike: HTMLElement[];
  /** Its row in a list, then those after it, then those before it. */
  rows: Element[];
  /** What it stands in, from the inside out. */
  parts: Element[];
  /** Whether somebody sees the focus there, and so follows it with their eyes. */
  isSeen: boolean;
}

/** To be written down while it is there: afterwards nobody can tell where it was. */
export function placeOf(element: HTMLElement): Place {
  const row = element.closest("li");
  return {
    element,
    layer: element.closest(LAYERS),
    alike: namedAs(element),
    rows: row ? [row, ...others(row, "next"), ...others(row, "previous")] : [],
    parts: partsAround(element),
    isSeen: element.matches(":focus-visible"),
  };
}

export const isThere = (element: Element): boolean =>
  element.isConnected && !element.closest("[inert]") && element.checkVisibility();

export const isUsable = (element: Element): boolean =>
  isThere(element) && !element.matches(":disabled");

/** Itself, or what has taken its place; where that is gone for good the row, or the heading of what it stood in. */
export function whatIsLeftOf(place: Place): HTMLElement | null {
  if (isUsable(place.element)) return place.element;
  const row = place.rows.find(isThere);
  const part = place.parts.find(isThere);
  return successorOf(place) ?? asElement(row) ?? (part ? headOf(part) : null);
}

/** Where a page begins, for what has left nothing behind. */
export function headOfPage(): HTMLElement | null {
  const main = document.querySelector("main");
  return main && headOf(main);
}

function successorOf({ element, alike }: Place): HTMLElement | null {
  const sameId = element.id === "" ? null : document.getElementById(element.id);
  if (sameId && isUsable(sameId)) return sameId;
  // One fewer of these: it is gone. As many as before: another stands where it stood.
  const now = namedAs(element);
  const other = now.length === alike.length ? now[alike.indexOf(element)] : undefined;
  return other && !alike.includes(other) && isUsable(other) ? other : null;
}

function headOf(part: Element): HTMLElement | null {
  const isLayer = part.matches(LAYERS);
  const heading = part.querySelector(part.matches("main") ? "h1" : "h1, h2, h3");
  return asElement(!isLayer && heading && isThere(heading) ? heading : part);
}

const nameOf = (element: Element): string =>
  [
    element.getAttribute("role"),
    element.getAttribute("aria-label") ?? element.textContent,
    element.getAttribute("aria-describedby"),
  ].join("\n");

function namedAs(element: HTMLElement): HTMLElement[] {
  const name = nameOf(element);
  const ofItsKind = document.querySelectorAll<HTMLElement>(element.localName);
  return [...ofItsKind].filter((one) => nameOf(one) === name);
}

function others(row: Element, way: "next" | "previous"): Element[] {
  const found: Element[] = [];
  const step = (from: Element) => from[`${way}ElementSibling`];
  for (let one = step(row); one; one = step(one)) found.push(one);
  return found;
}

function partsAround(element: Element): Element[] {
  const found: Element[] = [];
  const around = (inner: Element) => inner.parentElement?.closest(PARTS) ?? null;
  for (let part = around(element); part; part = around(part)) found.push(part);
  return found;
}

const asElement = (element: Element | null | undefined): HTMLElement | null =>
  element instanceof HTMLElement ? element : null;
