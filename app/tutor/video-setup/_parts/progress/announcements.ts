/** Between two sentences: fewer are noise, since a screen reader says each to its end. */
const APART_MS = 5_000;
/** A region is emptied before it is filled; otherwise the same sentence is said once and never again. */
const EMPTY_MS = 100;

/**
 * What a change's live region says. Sentences that come too soon are put together: the last one is always said,
 * and how it ended is said at once.
 */
export class Announcements {
  private saidAt = Number.NEGATIVE_INFINITY;
  private said = "";
  private timer: ReturnType<typeof setTimeout> | undefined;

  private readonly show: (text: string) => void;
  private readonly nowMs: () => number;

  constructor(show: (text: string) => void, nowMs = () => performance.now()) {
    this.show = show;
    this.nowMs = nowMs;
  }

  say(text: string, isEnd: boolean): void {
    this.stop();
    if (text === "" || text === this.said) return;
    const wait = isEnd ? 0 : Math.max(0, this.saidAt + APART_MS - this.nowMs());
    this.timer = setTimeout(() => this.empty(text, isEnd), wait);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private empty(text: string, isEnd: boolean): void {
    this.show("");
    this.timer = setTimeout(() => {
      this.saidAt = this.nowMs();
      // The next change may end in the same words, and is to be told all the same.
      this.said = isEnd ? "" : text;
      this.show(text);
    }, EMPTY_MS);
  }
}
