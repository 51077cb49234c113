/** Zoom's meetings and users, with bearer, scope, limit and fault checks. */
import { z } from "zod";
import { type Account, accountFor } from "#sandbox/accounts.ts";
import { type Call, type Effect, type Operation, throughFaults } from "#sandbox/faults.ts";
import { bearer, type Exchange, empty, json, jsonBody, type Reply } from "#sandbox/http.ts";
import type { World } from "#sandbox/world.ts";
import {
  gone,
  inProgress,
  missingScope,
  Refusal,
  refuse,
  tokenRefused,
  validationError,
  zoomError,
  zoomRefusal,
} from "#sandbox/zoom/errors.ts";
import { meetingBody, startOf } from "#sandbox/zoom/input.ts";
import { countWrite, type Label, type SecondLimits } from "#sandbox/zoom/limits.ts";
import { listMeetings } from "#sandbox/zoom/list.ts";
import {
  freshId,
  freshPassword,
  freshUuid,
  meetingsOf,
  resource,
  type StoredMeeting,
} from "#sandbox/zoom/store.ts";
import { tokenOf } from "#sandbox/zoom/tokens.ts";

interface Context {
  world: World;
  exchange: Exchange;
  user: Account;
}

function ownUser({ exchange, user }: Context): void {
  const wanted = exchange.params.userId ?? "";
  if (!["me", user.id, user.email].includes(wanted)) {
    refuse(404, 1001, `User does not exist: ${wanted}.`);
  }
}

/** Another user's meeting is treated as if it didn't exist. */
function stored({ world, exchange, user }: Context): StoredMeeting {
  const id = exchange.params.meetingId ?? "";
  const meeting = meetingsOf(world).get(id);
  if (meeting?.owner !== user.email || meeting.status === "deleted") throw new Refusal(gone(id));
  return meeting;
}

const save = (world: World, meeting: StoredMeeting) => meetingsOf(world).set(meeting.id, meeting);

/** Making the same request twice makes two meetings, because there is no idempotency key. */
function create(context: Context): Response {
  ownUser(context);
  const { world, exchange, user } = context;
  const given = meetingBody(jsonBody(exchange));
  const timezone = given.timezone ?? "UTC";
  const now = world.clock();
  const start = given.start_time ? startOf({ start_time: given.start_time, timezone }) : now;
  countWrite(world, user.id, null);
  const meeting: StoredMeeting = {
    id: freshId(world),
    uuid: freshUuid(),
    owner: user.email,
    status: "waiting",
    topic: given.topic ?? "Zoom Meeting",
    agenda: given.agenda ?? "",
    type: given.type ?? 2,
    start: start.toISOString(),
    duration: given.duration ?? 60,
    timezone,
    createdAt: now.toISOString(),
    password: given.password ?? freshPassword(),
    settings: {
      join_before_host: false,
      waiting_room: true,
      meeting_authentication: world.settings.zoomSignInToJoin,
      ...given.settings,
    },
    recurrence: given.recurrence ?? null,
  };
  save(world, meeting);
  return json(201, resource(world, meeting));
}

function update(context: Context): Response {
  const { world, exchange, user } = context;
  const meeting = stored(context);
  const given = meetingBody(jsonBody(exchange));
  const timezone = given.timezone ?? meeting.timezone;
  const start = given.start_time ? startOf({ start_time: given.start_time, timezone }) : null;
  countWrite(world, user.id, meeting.id);
  save(world, {
    ...meeting,
    topic: given.topic ?? meeting.topic,
    agenda: given.agenda ?? meeting.agenda,
    type: given.type ?? meeting.type,
    // A start in the past is ignored, and the answer is still 204.
    start: start && start > world.clock() ? start.toISOString() : meeting.start,
    duration: given.duration ?? meeting.duration,
    timezone,
    password: given.password ?? meeting.password,
    settings: { ...meeting.settings, ...given.settings },
    recurrence: given.recurrence ?? meeting.recurrence,
  });
  return empty(204);
}

function remove(context: Context): Response {
  const meeting = stored(context);
  if (meeting.status === "started") return inProgress();
  save(context.world, { ...meeting, status: "deleted" });
  return empty(204);
}

const statusBody = z.object({ action: z.enum(["end", "recover"]) });

/** `end` ends a meeting in progress, and `recover` restores a deleted one. */
function changeStatus(context: Context): Response {
  const { world, exchange, user } = context;
  const parsed = statusBody.safeParse(jsonBody(exchange));
  if (!parsed.success) return validationError([{ field: "action", message: "Invalid field." }]);
  const id = exchange.params.meetingId ?? "";
  const meeting = meetingsOf(world).get(id);
  const wanted = parsed.data.action === "recover" ? "deleted" : "started";
  if (meeting?.owner !== user.email || meeting.status !== wanted) return gone(id);
  save(world, { ...meeting, status: "waiting" });
  return empty(204);
}

function account(context: Context): Response {
  ownUser(context);
  const { user, world } = context;
  const [first = user.name, ...rest] = user.name.split(" ");
  return json(200, {
    id: user.id,
    first_name: first,
    last_name: rest.join(" "),
    display_name: user.name,
    email: user.email,
    type: world.settings.zoomBasicUsers.includes(user.email) ? 1 : 2,
    status: "active",
    timezone: "UTC",
    account_id: user.organisationId,
    verified: 1,
  });
}

function list(context: Context): Response {
  ownUser(context);
  return listMeetings(context.world, context.user.email, context.exchange);
}

interface Verb {
  scope: string;
  label: Label;
  run: (context: Context) => Response;
}

const verbs = {
  create: { scope: "meeting:write:meeting", label: "Medium", run: create },
  list: { scope: "meeting:read:list_meetings", label: "Medium", run: list },
  get: {
    scope: "meeting:read:meeting",
    label: "Light",
    run: (context) => json(200, resource(context.world, stored(context))),
  },
  update: { scope: "meeting:update:meeting", label: "Light", run: update },
  delete: { scope: "meeting:delete:meeting", label: "Light", run: remove },
  end: { scope: "meeting:update:status", label: "Light", run: changeStatus },
  account: { scope: "user:read:user", label: "Light", run: account },
} satisfies Partial<Record<Operation, Verb>>;
export type MeetingOperation = keyof typeof verbs;

const named = z.object({ topic: z.string() });

function titleFor(world: World, operation: MeetingOperation, exchange: Exchange) {
  const id = exchange.params.meetingId;
  if (id !== undefined) return meetingsOf(world).get(id)?.topic;
  return operation === "create" ? named.safeParse(jsonBody(exchange)).data?.topic : undefined;
}

/** The user behind the bearer token, or the refusal. */
function userBehind(world: World, exchange: Exchange, scope: string): Account | Response {
  const token = tokenOf(world, bearer(exchange));
  if (token?.kind !== "access" || new Date(token.expiresAt) <= world.clock()) return tokenRefused();
  if (token.state === "voided" && world.settings.zoomVoidedTokenCode === 4741) {
    return zoomError(401, 4741, "The token has been revoked.");
  }
  if (token.state !== "living") return tokenRefused();
  if (!token.scopes.includes(scope)) return missingScope(world, scope);
  return accountFor(world, "zoom", token.email);
}

export async function meetings(
  world: World,
  limits: SecondLimits,
  operation: MeetingOperation,
  exchange: Exchange,
): Promise<Reply> {
  const { scope, label, run } = verbs[operation];
  const call: Call = { provider: "zoom", operation, title: titleFor(world, operation, exchange) };
  if (bearer(exchange) === null) {
    const knock: Call = { provider: "zoom", operation: "reach" };
    const refuse = (effect: Effect) => zoomRefusal(world, effect, { scope, id: "" });
    return world.log(knock, await throughFaults(world.faults, knock, refuse, tokenRefused));
  }
  const user = userBehind(world, exchange, scope);
  if (user instanceof Response) return world.log(call, user);
  const of = { scope, id: exchange.params.meetingId ?? "" };
  const tooMany = () =>
    zoomError(429, 429, "Too many concurrent requests. Please try again later.");
  const carryOut = () => {
    try {
      const headers = limits.admit(world, user.organisationId, label);
      const answer = run({ world, exchange, user });
      for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value);
      return answer;
    } catch (error) {
      if (error instanceof Refusal) return error.answer;
      throw error;
    }
  };
  const reply = await world.crowd.through(world.settings, {
    account: `zoom ${user.id}`,
    operation,
    refuse: tooMany,
    work: () =>
      throughFaults(world.faults, call, (effect) => zoomRefusal(world, effect, of), carryOut),
  });
  return world.log(call, reply);
}
