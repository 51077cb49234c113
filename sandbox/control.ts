/** The control API: fault switches, settings, what the providers know, and what people do there by hand. */
import { z } from "zod";
import { accountsOf, emailSchema } from "#sandbox/accounts.ts";
import { faultSchema } from "#sandbox/faults.ts";
import { eventsOf, joinUrlOf as meetUrl, save, titleOf } from "#sandbox/google/store.ts";
import {
  expireAccessTokens as expireGoogle,
  grants as googleGrants,
  revokeAccount,
} from "#sandbox/google/tokens.ts";
import {
  type Exchange,
  empty,
  type Handler,
  json,
  jsonBody,
  type Reply,
  type Router,
} from "#sandbox/http.ts";
import { mailTroubleSchema } from "#sandbox/mail/troubles.ts";
import { type Settings, settingsSchema, type World } from "#sandbox/world.ts";
import { meetingsOf, type StoredMeeting, joinUrlOf as zoomUrl } from "#sandbox/zoom/store.ts";
import {
  expireAccessTokens as expireZoom,
  livingGrants,
  revokeUser,
} from "#sandbox/zoom/tokens.ts";
import { sendWebhook, webhookSchema } from "#sandbox/zoom/webhooks.ts";

/** One shape for both providers. `marker` is where Segue's own key can be found. */
export interface MeetingSummary {
  id: string;
  owner: string;
  title: string;
  start: string;
  /** Google: confirmed, tentative, cancelled; Zoom: waiting, started, deleted. */
  status: string;
  joinUrl: string | null;
  /** Zoom only: what the room asks whoever comes by a link without it. */
  passcode?: string;
  /** Google: the private properties; Zoom: the agenda. */
  marker: Record<string, string> | string;
  /** Google only: the value of `sendUpdates` in each write. */
  sendUpdates?: string[];
}

function googleMeetings(world: World): MeetingSummary[] {
  return eventsOf(world)
    .values()
    .map((event) => {
      const properties = event.fields.extendedProperties as
        | { private?: Record<string, string> }
        | undefined;
      return {
        id: event.id,
        owner: event.owner,
        title: titleOf(event),
        start: event.start.at,
        status: event.status,
        joinUrl: meetUrl(world, event),
        marker: properties?.private ?? {},
        sendUpdates: event.sendUpdates,
      };
    });
}

function zoomMeetings(world: World): MeetingSummary[] {
  return meetingsOf(world)
    .values()
    .map((meeting) => ({
      id: meeting.id,
      owner: meeting.owner,
      title: meeting.topic,
      start: meeting.start,
      status: meeting.status,
      joinUrl: zoomUrl(world, meeting),
      passcode: meeting.password,
      marker: meeting.agenda,
    }));
}

const accounts = (world: World, provider: "google" | "zoom") =>
  accountsOf(world, provider)
    .values()
    .map(({ email, name, id }) => ({ email, name, id }));

/** The state for tests and people. It never contains a token. */
function stateOf(world: World) {
  return {
    google: {
      accounts: accounts(world, "google"),
      grants: googleGrants(world)
        .entries()
        .map(([email, { scopes }]) => ({ email, scopes })),
      meetings: googleMeetings(world),
    },
    zoom: {
      accounts: accounts(world, "zoom"),
      grants: livingGrants(world),
      meetings: zoomMeetings(world),
    },
  };
}

const provider = z.enum(["google", "zoom"]);
const ofMeeting = z.object({ provider, id: z.coerce.string() });
const ofAccount = z.object({ provider, email: emailSchema });

/** Runs `act` with the parsed body, or answers with what is wrong with the body. */
function withBody<T>(schema: z.ZodType<T>, act: (body: T) => Reply | Promise<Reply>): Handler {
  return (exchange) => {
    const parsed = schema.safeParse(jsonBody(exchange));
    return parsed.success ? act(parsed.data) : json(400, { error: z.prettifyError(parsed.error) });
  };
}

function changeZoom(
  world: World,
  id: string,
  change: Partial<Pick<StoredMeeting, "status" | "password">>,
): Reply {
  const meeting = meetingsOf(world).get(id);
  if (!meeting) return json(404, { error: "no such meeting" });
  meetingsOf(world).set(id, { ...meeting, ...change });
  return empty(204);
}

function deleteByHand(world: World, of: z.infer<typeof ofMeeting>): Reply {
  if (of.provider === "zoom") return changeZoom(world, of.id, { status: "deleted" });
  const found = eventsOf(world)
    .values()
    .filter((event) => event.id === of.id);
  for (const event of found) {
    const version = event.version + 1;
    save(world, { ...event, status: "cancelled", version, updated: world.clock().toISOString() });
  }
  return found.length > 0 ? empty(204) : json(404, { error: "no such event" });
}

function revoke(world: World, of: z.infer<typeof ofAccount>): Reply {
  if (of.provider === "google") revokeAccount(world, of.email);
  else revokeUser(world, of.email);
  return empty(204);
}

export function controlRoutes(router: Router, world: World): void {
  const zoomMeeting = z.object({ id: z.coerce.string() });
  router
    .on("GET", "/control/faults", () => json(200, world.faults.all()))
    .on(
      "PUT",
      "/control/faults",
      withBody(z.array(faultSchema), (list) => {
        world.faults.replace(list);
        return json(200, world.faults.all());
      }),
    )
    .on("DELETE", "/control/faults", () => {
      world.faults.replace([]);
      return empty(204);
    })
    .on("GET", "/control/mail", () => json(200, world.mailTroubles.all()))
    .on(
      "PUT",
      "/control/mail",
      withBody(z.array(mailTroubleSchema), (list) => {
        world.mailTroubles.replace(list);
        return json(200, world.mailTroubles.all());
      }),
    )
    .on("GET", "/control/settings", () => json(200, world.settings))
    .on("PUT", "/control/settings", (exchange) =>
      withBody<Settings>(settingsSchema, (settings) => {
        world.settings = settings;
        return json(200, settings);
      })({ ...exchange, body: mergedSettings(world, exchange) }),
    )
    .on("GET", "/control/state", () => json(200, stateOf(world)))
    .on("GET", "/control/calls", () => json(200, world.calls))
    .on("DELETE", "/control/calls", () => {
      world.forgetCalls();
      return empty(204);
    })
    .on("POST", "/control/expire-tokens", () => {
      expireGoogle(world);
      expireZoom(world);
      return empty(204);
    })
    .on(
      "POST",
      "/control/delete-meeting",
      withBody(ofMeeting, (of) => deleteByHand(world, of)),
    )
    .on(
      "POST",
      "/control/revoke",
      withBody(ofAccount, (of) => revoke(world, of)),
    )
    .on(
      "POST",
      "/control/start-meeting",
      withBody(zoomMeeting, ({ id }) => changeZoom(world, id, { status: "started" })),
    )
    .on(
      "POST",
      "/control/end-meeting",
      withBody(zoomMeeting, ({ id }) => changeZoom(world, id, { status: "waiting" })),
    )
    .on(
      "POST",
      "/control/set-passcode",
      withBody(zoomMeeting.extend({ passcode: z.string().max(10) }), ({ id, passcode }) =>
        changeZoom(world, id, { password: passcode }),
      ),
    )
    .on(
      "POST",
      "/control/webhook",
      withBody(webhookSchema, (of) => sendWebhook(world, of)),
    )
    .on(
      "POST",
      "/control/register",
      withBody(z.object({ appUrl: z.url() }), ({ appUrl }) => {
        world.appUrl = appUrl.replace(/\/$/, "");
        return empty(204);
      }),
    );
}

/** Settings that aren't named keep their values. */
function mergedSettings(world: World, exchange: Exchange): string {
  const given = jsonBody(exchange);
  if (typeof given !== "object" || given === null) return exchange.body;
  return JSON.stringify({ ...world.settings, ...given });
}
