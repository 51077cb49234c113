/** A place on a page, and where the focus goes when that place is gone. */

/** Layers open over the page and are closed again. */
const LAYERS = "[role=dialog], [role=menu]";
/** A field that asks for the focus when its form appears. */
const ASKING = "[data-autofocus]";
/** Parts of a page that have a heading or a name of their own. */
const PARTS = `section, fieldset[aria-label], [role=tabpanel], main, ${LAYERS}`;

export interface Place {
  element: HTMLElement;
  /** The dialog or menu that contains it. */
  layer: Element | null;
  name: string;
  /** All elements of its kind, itself among them, in the order of the page. */
  kind: NodeListOf<HTMLElement>;
  /** Its row in a list. */
  row: Element | null;
  /** All rows of that list. */
  rows: Element[];
  /** What contains it, from the inside out. */
  parts: Element[];
  /** Fields around it that ask for the focus, and were there already. */
  asking: Element[];
  /** Whether the focus is visible there, so that somebody follows it with their eyes. */
  isSeen: boolean;
}

/**
 * Records where an element is. Call this while the element exists, because afterwards nobody can tell. It
 * runs at each step of the focus, so it compares nothing yet: a page can have thousands of buttons.
 */
export function placeOf(element: HTMLElement): Place {
  const row = element.closest("li");
  const parts = partsAround(element);
  return {
    element,
    layer: element.closest(LAYERS),
    name: nameOf(element),
    kind: ofItsKind(element),
    row,
    rows: [...(row?.parentElement?.children ?? [])],
    parts,
    asking: [...(parts[0]?.querySelectorAll(ASKING) ?? [])],
    isSeen: element.matches(":focus-visible"),
  };
}

export const isThere = (element: Element): boolean =>
  element.isConnected && !element.closest("[inert]") && element.checkVisibility();

export const isUsable = (element: Element): boolean =>
  isThere(element) && !element.matches(":disabled");

/** The element or its replacement. If it is gone for good: the form that it opened, its row, or the heading around it. */
export function whatIsLeftOf(place: Place): HTMLElement | null {
  if (isUsable(place.element)) return place.element;
  const row = rowsFrom(place).find(isThere);
  const part = place.parts.find(isThere);
  return successorOf(place) ?? openedBy(place) ?? asElement(row) ?? (part ? headOf(part) : null);
}

/** The top of the page, for an element that has left nothing behind. */
export function headOfPage(): HTMLElement | null {
  const main = document.querySelector("main");
  return main && headOf(main);
}

function successorOf({ element, name, kind }: Place): HTMLElement | null {
  const sameId = element.id === "" ? null : document.getElementById(element.id);
  if (sameId && isUsable(sameId)) return sameId;
  const isAlike = (one: HTMLElement) => one === element || nameOf(one) === name;
  // An element that has left the page keeps its name.
  const alike = [...kind].filter(isAlike);
  // If there is one element fewer of this name, this one is gone. If there are as many as before, another has
  // taken its place.
  const now = [...ofItsKind(element)].filter(isAlike);
  const other = now.length === alike.length ? now[alike.indexOf(element)] : undefined;
  return other && !alike.includes(other) && isUsable(other) ? other : null;
}

/** A form that has come where the element was. */
function openedBy({ parts: [around], asking }: Place): HTMLElement | null {
  const fields = [...(around?.querySelectorAll<HTMLElement>(ASKING) ?? [])];
  return fields.find((field) => isUsable(field) && !asking.includes(field)) ?? null;
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

/** The browser makes this list quickly as long as nobody looks into it. */
const ofItsKind = ({ localName }: Element) => document.querySelectorAll<HTMLElement>(localName);

/** The place's row, then the rows after it, then those before it, from the nearest on. */
function rowsFrom({ row, rows }: Place): Element[] {
  const at = row ? rows.indexOf(row) : 0;
  return [...rows.slice(at), ...rows.slice(0, at).reverse()];
}

function partsAround(element: Element): Element[] {
  const found: Element[] = [];
  const around = (inner: Element) => inner.parentElement?.closest(PARTS) ?? null;
  for (let part = around(element); part; part = around(part)) found.push(part);
  return found;
}

const asElement = (element: Element | null | undefined): HTMLElement | null =>
  element instanceof HTMLElement ? element : null;
