/**
 * The one place that gives the focus back: from a dialog or menu to what opened it, from a button that its own action
 * takes away to what is left there. Left to itself a browser lets it fall to nowhere, and whoever works by keyboard or
 * screen reader begins the page anew.
 */
import { headOfPage, isThere, isUsable, type Place, placeOf, whatIsLeftOf } from "./place.ts";

/** Where the focus was last, even if that is gone by now. */
let last: Place | null = null;
/** Somebody has taken the focus away from there, by a click on the ground: then it isn't lost. */
let isLeft = false;
/** It goes away from there just now; why, is seen a moment later. */
let isGoing = false;
/** What was pressed last. A dialog or menu that comes was asked for there, however long it was on its way. */
let pressed: Place | null = null;
/** Of each dialog and menu, what opened it. */
const openers = new WeakMap<Element, Place | null>();

/** To be called when a dialog or menu has been closed, while it may still be fading. */
export function layerCloses(): void {
  const { activeElement } = document;
  if (last?.layer && (isNowhere() || last.layer.contains(activeElement))) {
    goTo(openers.get(last.layer) ?? null, last.isSeen);
  }
}

function remember(target: EventTarget | null): void {
  if (!(target instanceof HTMLElement)) return;
  const place = placeOf(target);
  if (place.layer && !openers.has(place.layer)) {
    openers.set(place.layer, pressed ?? last);
  }
  last = place;
  isLeft = false;
}

function onClick({ target }: MouseEvent): void {
  const control = target instanceof Element ? target.closest("button, a[href]") : null;
  if (!(control instanceof HTMLElement)) return;
  // Voice control, and Safari with a mouse, press a button without giving it the focus.
  if (!control.contains(document.activeElement)) remember(control);
  pressed = placeOf(control);
}

function onFocusOut(): void {
  isGoing = true;
  // Browsers say so before they take an element away, so only afterwards it is known whether it still is there.
  queueMicrotask(() => {
    isGoing = false;
    isLeft = isNowhere() && last !== null && isUsable(last.element);
    attend();
  });
}

/** After every change of the page. */
function attend(): void {
  if (!last || isLeft || isGoing) return;
  const isAtLast = document.activeElement === last.element;
  if (!isAtLast && !isNowhere()) return;
  if (isUsable(last.element)) {
    // It couldn't be pressed for a while.
    if (!isAtLast) goTo(last, last.isSeen);
  } else if (!isUnderWay(last.element)) {
    goTo(last, last.isSeen);
  }
}

/** What was pressed and can't be pressed again before it is answered; then it gets the focus back. */
const isUnderWay = (element: Element): boolean =>
  isThere(element) && element.hasAttribute("data-loading");

function isNowhere(): boolean {
  const { activeElement, body } = document;
  return activeElement === null || activeElement === body;
}

function goTo(place: Place | null, isSeen: boolean): void {
  if (place?.layer && !isThere(place.layer)) {
    goTo(openers.get(place.layer) ?? null, isSeen);
    return;
  }
  const left = place && whatIsLeftOf(place);
  const target = left ?? headOfPage();
  // Whoever doesn't see where the focus is isn't moved; neither is a page that has come in place of the former one.
  if (target) focus(target, { preventScroll: !isSeen || left === null });
}

function focus(target: HTMLElement, options: FocusOptions): void {
  if (target.tabIndex < 0 && !target.hasAttribute("tabindex")) {
    target.tabIndex = -1;
    target.addEventListener("blur", () => target.removeAttribute("tabindex"), { once: true });
  }
  target.focus(options);
}

/** Begins to look after the focus. */
function keepFocus(): void {
  if (!isNowhere()) remember(document.activeElement);
  new MutationObserver(attend).observe(document, {
    subtree: true,
    childList: true,
    attributeFilter: ["disabled", "data-loading"],
  });
  document.addEventListener("focusin", ({ target }) => remember(target), true);
  document.addEventListener("focusout", onFocusOut, true);
  document.addEventListener("click", onClick, true);
}

// Not by an effect of a component: the first button may be pressed before there is one.
if (typeof document !== "undefined") keepFocus();
