/**
 * The one place that gives the focus back: from a dialog or menu to what opened it, and from a button that
 * its own action removes to what is left there. A browser by itself would lose the focus, and whoever works
 * by keyboard or screen reader would have to start again at the top of the page.
 */
import { headOfPage, isThere, isUsable, type Place, placeOf, whatIsLeftOf } from "./place.ts";

/** Where the focus was last, even if that element is gone by now. */
let last: Place | null = null;
/** Whether somebody has taken the focus away by pressing the background. Then it isn't lost. */
let isLeft = false;
/** Whether the focus is just leaving. The reason becomes known a moment later. */
let isGoing = false;
/** What was pressed last. A dialog or menu that appears was opened from there, however long it loaded. */
let pressed: Place | null = null;
/** What opened each dialog and menu. */
const openers = new WeakMap<Element, Place | null>();

/** Call this when a dialog or menu has been closed. It may still be fading out. */
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
  // Voice control, and Safari with a mouse, press a button without giving it the focus. It gets the focus at
  // once. Later, whoever presses and reads on elsewhere would be taken back.
  if (isNowhere()) control.focus({ preventScroll: true });
  pressed = placeOf(control);
}

/** Pressing anywhere else while a button waits for its answer also means that the focus isn't lost. */
function onPointerDown({ target }: PointerEvent): void {
  const isAtLast = target instanceof Node && last?.element.contains(target);
  // A browser takes the focus from a disabled button only when it draws the page again, so until then the
  // button still has it.
  const waits = isNowhere() || (last !== null && !isUsable(last.element));
  if (waits && !isAtLast) isLeft = true;
}

function onFocusOut(): void {
  isGoing = true;
  // Browsers fire this event before they remove an element, so only afterwards is it known whether the
  // element is still there.
  queueMicrotask(() => {
    isGoing = false;
    isLeft ||= isNowhere() && last !== null && isUsable(last.element);
    attend();
  });
}

/** Runs after every change of the page. */
function attend(): void {
  if (!last || isLeft || isGoing) return;
  const isAtLast = document.activeElement === last.element;
  if (!isAtLast && !isNowhere()) return;
  if (isUsable(last.element)) {
    // The element was disabled for a while, which took the focus away.
    if (!isAtLast) goTo(last, last.isSeen);
  } else if (!isUnderWay(last.element)) {
    goTo(last, last.isSeen);
  }
}

/** Whether the element was pressed and waits for its answer. It gets the focus back afterwards. */
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
  // The page doesn't scroll for somebody who can't see the focus, nor when a new page has replaced the old
  // one.
  if (target) focus(target, { preventScroll: !isSeen || left === null });
}

function focus(target: HTMLElement, options: FocusOptions): void {
  if (target.tabIndex < 0 && !target.hasAttribute("tabindex")) {
    target.tabIndex = -1;
    target.addEventListener("blur", () => target.removeAttribute("tabindex"), { once: true });
  }
  target.focus(options);
}

/** Starts watching the focus. */
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
  document.addEventListener("pointerdown", onPointerDown, true);
}

// This doesn't wait for a component's effect, because the first button may be pressed before any effect runs.
if (typeof document !== "undefined") keepFocus();
