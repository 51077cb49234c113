/**
 * Sends a migration's progress as server-sent events: the whole migration after each change, until it
 * settles.
 */
import { asService } from "#lib/platform/db.ts";
import { type MigrationVersion, versionsOf } from "#lib/records/migrations/queries/versions.ts";
import { migrationDetail } from "#lib/services/switching/migrationHistory.ts";
import { type Call, whoIs } from "#server/http.ts";
import { drain } from "#server/process/drain.ts";
import { requirePlace, takePlace } from "./places.ts";
import { watchMigration } from "./watchMigrations.ts";

/** In milliseconds. No proxy in between closes a connection that sends something this often. */
const HEARTBEAT_MS = 15_000;
/** Somebody who has signed out gets nothing more after this time. */
const ASK_AGAIN_MS = 2_000;
/** A browser that is this many events behind gets only the newest state. */
const UNREAD = 4;

const headers = {
  "content-type": "text/event-stream; charset=utf-8",
  // Also keeps the server from compressing, which would delay the events.
  "cache-control": "no-store, no-transform",
  "x-accel-buffering": "no",
};

/**
 * The stream ends when the migration settles, when the person signs out, or when the browser disconnects. A
 * browser that reconnects with `Last-Event-ID` gets only what is new, and 204 when there will be nothing
 * more.
 * @throws Refusal `not_found`, or `too_many` when the person has as many streams as one may have here
 */
export async function migrationEvents(call: Call): Promise<Response> {
  const { person } = call;
  if (isHead(call)) {
    requirePlace(person.id);
    return opened(call, () => undefined);
  }
  const leave = takePlace(person.id);
  try {
    const answer = await opened(call, leave);
    if (!answer.body) leave();
    return answer;
  } catch (error) {
    leave();
    throw error;
  }
}

/** @param leave called when the stream has ended */
async function opened(call: Call, leave: () => void): Promise<Response> {
  const { ctx, person, request, id } = call;
  const detail = await migrationDetail(ctx, person, id);
  const latest = await asService(ctx.db, async (trx) => (await versionsOf(trx, [id])).get(id));
  const known = request.headers.get("last-event-id");
  const isKnown = latest !== undefined && known === idOf(latest);
  if (isKnown && detail.status !== "running") return new Response(null, { status: 204 });
  // Nobody would read this stream or end it, so it would keep its place for good.
  if (isHead(call)) return new Response(null, { headers });
  const stream = new ReadableStream<Uint8Array>(
    new MigrationStream(call, isKnown ? known : null, leave),
    new CountQueuingStrategy({ highWaterMark: UNREAD }),
  );
  return new Response(stream, { headers });
}

const isHead = ({ request }: Call): boolean => request.method === "HEAD";

/** Rises with time, and differs after every change. */
const idOf = (latest: MigrationVersion): string =>
  `${latest.changedAt.getTime()}-${latest.version.slice(0, 8)}`;

class MigrationStream implements UnderlyingDefaultSource<Uint8Array> {
  readonly #call: Call;
  readonly #encoder = new TextEncoder();
  /** A copy, because the request itself may be gone by the time that they are needed. */
  readonly #headers: Headers;
  #told: string | null;
  #isOver = false;
  #leave: () => void = () => undefined;
  #ended: () => void = () => undefined;
  readonly #gone: () => void;
  #askedAt: number;
  #spokenAt: number;

  constructor(call: Call, told: string | null, gone: () => void) {
    this.#call = call;
    this.#gone = gone;
    this.#headers = new Headers(call.request.headers);
    this.#told = told;
    this.#askedAt = this.#now();
    this.#spokenAt = this.#askedAt;
  }

  start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    const end = () => this.#end(controller);
    // Its browser opens it again, at another process or at this one's successor.
    this.#ended = drain.endWithProcess(end);
    this.#call.request.signal.addEventListener("abort", end, { once: true });
    // Sends a first byte at once, so that the browser knows that it is connected.
    this.#say(controller, ": here\n\n");
    this.#leave = watchMigration(this.#call.ctx, {
      migrationId: this.#call.id,
      seen: (latest) => this.#seen(controller, latest),
      ended: end,
    });
    if (this.#call.request.signal.aborted) end();
  }

  cancel(): void {
    this.#isOver = true;
    this.#letGo();
  }

  async #seen(
    controller: ReadableStreamDefaultController<Uint8Array>,
    latest: MigrationVersion,
  ): Promise<void> {
    const isNews = idOf(latest) !== this.#told;
    const hasRoom = (controller.desiredSize ?? 0) > 0;
    const isTimeToAsk = isNews || this.#now() - this.#askedAt >= ASK_AGAIN_MS;
    if (isTimeToAsk && !(await this.#isStillHere())) return this.#end(controller);
    if (this.#isOver) return;
    if (isNews && hasRoom) return this.#tell(controller, latest);
    if (this.#now() - this.#spokenAt >= HEARTBEAT_MS) this.#say(controller, ": still here\n\n");
  }

  async #tell(
    controller: ReadableStreamDefaultController<Uint8Array>,
    latest: MigrationVersion,
  ): Promise<void> {
    const { ctx, person, id } = this.#call;
    // Reads as the person each time, so that what they may no longer see isn't sent.
    const detail = await migrationDetail(ctx, person, id);
    if (this.#isOver) return;
    this.#told = idOf(latest);
    this.#say(controller, `id: ${this.#told}\ndata: ${JSON.stringify(detail)}\n\n`);
    // Decides by the version that was read before `detail`: if the migration has changed since, the next read
    // sends it.
    if (latest.status !== "running") this.#end(controller);
  }

  async #isStillHere(): Promise<boolean> {
    this.#askedAt = this.#now();
    const signedIn = await whoIs(this.#headers);
    return signedIn?.browserSessionId === this.#call.browserSessionId;
  }

  #say(controller: ReadableStreamDefaultController<Uint8Array>, text: string): void {
    this.#spokenAt = this.#now();
    controller.enqueue(this.#encoder.encode(text));
  }

  /** Idempotent. */
  #end(controller: ReadableStreamDefaultController<Uint8Array>): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#letGo();
    controller.close();
  }

  #letGo(): void {
    this.#ended();
    this.#leave();
    this.#gone();
  }

  #now(): number {
    return this.#call.ctx.clock().getTime();
  }
}
