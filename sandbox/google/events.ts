/** `calendars/{id}/events`: insert, get, patch, delete, list, with bearer, scope and fault checks. */
import { randomBytes } from "node:crypto";
import { z } from "zod";
import { type Call, type Operation, throughFaults } from "#sandbox/faults.ts";
import {
  calendarError,
  calendarRefusal,
  insufficient,
  unauthorised,
} from "#sandbox/google/errors.ts";
import {
  checkOrder,
  conferenceRequest,
  eventBody,
  eventTime,
  merge,
  plainFields,
  Refusal,
  refuse,
} from "#sandbox/google/input.ts";
import { listEvents } from "#sandbox/google/list.ts";
import {
  type Conference,
  etagOf,
  eventKey,
  eventsOf,
  freshCode,
  lookAgain,
  resource,
  type StoredEvent,
  save,
  titleOf,
} from "#sandbox/google/store.ts";
import { accessToken } from "#sandbox/google/tokens.ts";
import { bearer, type Exchange, empty, json, jsonBody, type Reply } from "#sandbox/http.ts";
import type { World } from "#sandbox/world.ts";

const writing = ["calendar.events.owned", "calendar.events", "calendar"];
const reading = [
  ...writing,
  "calendar.events.owned.readonly",
  "calendar.events.readonly",
  "calendar.readonly",
];
const ownId = /^[a-v0-9]{5,1024}$/;

interface Context {
  world: World;
  exchange: Exchange;
  owner: string;
  call: Call;
}

const sendUpdates = (exchange: Exchange) => exchange.url.searchParams.get("sendUpdates") ?? "none";

/** Whether the request may change conferences at all. Without version 1 they are silently dropped. */
const withConference = (exchange: Exchange) =>
  exchange.url.searchParams.get("conferenceDataVersion") === "1";

function newConference({ world, call }: Context, requestId: string): Conference {
  const pending = world.faults.conference(call, "conference_pending");
  const failing = world.faults.conference(call, "conference_failure");
  const outcome = failing ? "failure" : "success";
  return {
    requestId,
    status: pending ? "pending" : outcome,
    outcome,
    pendingGets: pending ? (pending.times ?? null) : 0,
    code: freshCode(world),
  };
}

function stored({ world, exchange, owner }: Context): StoredEvent {
  const event = eventsOf(world).get(eventKey(owner, exchange.params.eventId ?? ""));
  return event ?? refuse(404, "notFound", "Not Found");
}

function insert(context: Context): Reply {
  const { world, exchange, owner } = context;
  const body = eventBody(jsonBody(exchange));
  const [start, end] = [eventTime(body.start, "start"), eventTime(body.end, "end")];
  checkOrder(start, end);
  const id = body.id ?? randomBytes(13).toString("hex");
  if (!ownId.test(id)) refuse(400, "invalid", "Invalid resource id value.");
  const requestId = withConference(exchange) ? conferenceRequest(body) : null;
  if (eventsOf(world).get(eventKey(owner, id))) {
    refuse(409, "duplicate", "The requested identifier already exists.");
  }
  const now = world.clock().toISOString();
  const event: StoredEvent = {
    id,
    owner,
    status: body.status === "tentative" ? "tentative" : "confirmed",
    created: now,
    updated: now,
    version: 0,
    sequence: 0,
    start,
    end,
    fields: merge({}, plainFields(body)),
    conference: requestId === null ? null : newConference(context, requestId),
    sendUpdates: [sendUpdates(exchange)],
  };
  save(world, event);
  return json(200, resource(world, event), { etag: etagOf(event) });
}

function get(context: Context): Reply {
  const { world } = context;
  const event = stored(context);
  const shown = lookAgain(event);
  if (shown !== event) save(world, shown);
  return json(200, resource(world, shown), { etag: etagOf(shown) });
}

function changedConference(
  context: Context,
  event: StoredEvent,
  body: ReturnType<typeof eventBody>,
) {
  if (!withConference(context.exchange)) return event.conference;
  if (body.conferenceData === null) return null;
  const requestId = conferenceRequest(body);
  // The request that made the present conference may be repeated; that changes nothing.
  if (requestId === null || requestId === event.conference?.requestId) return event.conference;
  return newConference(context, requestId);
}

function patch(context: Context): Reply {
  const { world, exchange } = context;
  const event = stored(context);
  const wanted = exchange.headers["if-match"];
  if (wanted !== undefined && wanted !== "*" && wanted !== etagOf(event)) {
    refuse(412, "conditionNotMet", "Precondition Failed");
  }
  const body = eventBody(jsonBody(exchange));
  if (
    event.status === "cancelled" &&
    !body.status &&
    world.settings.googlePatchDeleted === "gone"
  ) {
    refuse(410, "deleted", "Resource has been deleted");
  }
  const start = body.start ? eventTime(body.start, "start", event.start) : event.start;
  const end = body.end ? eventTime(body.end, "end", event.end) : event.end;
  checkOrder(start, end);
  const moved = start.at !== event.start.at || end.at !== event.end.at;
  const changed: StoredEvent = {
    ...event,
    status: body.status ?? event.status,
    updated: world.clock().toISOString(),
    version: event.version + 1,
    sequence: event.sequence + (moved ? 1 : 0),
    start,
    end,
    fields: merge(event.fields, plainFields(body)),
    conference: changedConference(context, event, body),
    sendUpdates: [...event.sendUpdates, sendUpdates(exchange)],
  };
  save(world, changed);
  return json(200, resource(world, changed), { etag: etagOf(changed) });
}

function remove(context: Context): Reply {
  const { world, exchange } = context;
  const event = stored(context);
  if (event.status === "cancelled") refuse(410, "deleted", "Resource has been deleted");
  save(world, {
    ...event,
    status: "cancelled",
    updated: world.clock().toISOString(),
    version: event.version + 1,
    sendUpdates: [...event.sendUpdates, sendUpdates(exchange)],
  });
  return empty(204);
}

const verbs = {
  create: insert,
  get,
  update: patch,
  delete: remove,
  list: ({ world, owner, exchange }: Context) => listEvents(world, owner, exchange),
} satisfies Partial<Record<Operation, (context: Context) => Reply>>;
export type EventOperation = keyof typeof verbs;

const named = z.object({ summary: z.string() });

function titleFor(world: World, operation: EventOperation, owner: string, exchange: Exchange) {
  const id = exchange.params.eventId;
  if (id !== undefined) {
    const event = eventsOf(world).get(eventKey(owner, id));
    return event && titleOf(event);
  }
  return operation === "create" ? named.safeParse(jsonBody(exchange)).data?.summary : undefined;
}

/** Turns a refusal thrown by the operation into its answer. */
function run(context: Context, operation: EventOperation): Reply {
  try {
    return verbs[operation](context);
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}

export async function events(
  world: World,
  operation: EventOperation,
  exchange: Exchange,
): Promise<Reply> {
  if (bearer(exchange) === null) {
    const knock: Call = { provider: "google", operation: "reach" };
    return world.log(
      knock,
      await throughFaults(world.faults, knock, calendarRefusal, unauthorised),
    );
  }
  const token = accessToken(world, bearer(exchange));
  const owner = token?.email ?? "";
  const title = token ? titleFor(world, operation, owner, exchange) : undefined;
  const call: Call = { provider: "google", operation, title };
  if (!token) return world.log(call, unauthorised());
  const fitting = operation === "get" || operation === "list" ? reading : writing;
  const granted = token.scopes.some((scope) =>
    fitting.includes(scope.replace("https://www.googleapis.com/auth/", "")),
  );
  if (!granted) return world.log(call, insufficient());
  const calendar = exchange.params.calendarId;
  if (calendar !== "primary" && calendar !== owner) {
    return world.log(call, calendarError(404, "notFound", "Not Found"));
  }
  const tooMany = () =>
    calendarError(403, "userRateLimitExceeded", "User Rate Limit Exceeded", "usageLimits");
  const reply = await world.crowd.through(world.settings, {
    account: `google ${owner}`,
    operation,
    refuse: tooMany,
    work: () =>
      throughFaults(world.faults, call, calendarRefusal, () =>
        run({ world, exchange, owner, call }, operation),
      ),
  });
  return world.log(call, reply);
}
