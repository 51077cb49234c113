/** The meeting rooms that the links of the stand-ins lead to. */
import { roomsOf } from "#sandbox/google/store.ts";
import { type Exchange, formBody, html, type Reply, type Router } from "#sandbox/http.ts";
import { sameText } from "#sandbox/oauth.ts";
import { markup } from "#sandbox/pages/html.ts";
import { page } from "#sandbox/pages/layout.ts";
import type { World } from "#sandbox/world.ts";
import { encryptedPassword, meetingsOf, type StoredMeeting, zakFits } from "#sandbox/zoom/store.ts";

interface Room {
  provider: "Zoom" | "Google Meet";
  id: string;
  title: string;
  start: string;
  as: "host" | "guest";
}

function roomPage(room: Room): Reply {
  const shown = `${room.start.slice(0, 16).replace("T", " ")} UTC`;
  return html(
    200,
    page(
      `${room.provider} · ${room.title}`,
      markup`<h1>${room.provider}</h1>
<p>Sandbox room</p>
<dl><dt>Title</dt><dd>${room.title}</dd>
<dt>Starts</dt><dd><time datetime="${room.start}">${shown}</time></dd>
<dt>You are the</dt><dd>${room.as}</dd>
<dt>Room</dt><dd>${room.id}</dd></dl>`,
    ),
  );
}

const closed = (status: number, provider: string, words: string): Reply =>
  html(
    status,
    page(`${provider} · ${words}`, markup`<h1>${provider}</h1><p role="alert">${words}</p>`),
  );
const missing = (provider: string) => closed(404, provider, "This meeting does not exist");

/** A Meet code still works after its event was deleted. `authuser` marks the owner. */
function meetRoom(world: World, exchange: Exchange): Reply {
  const room = roomsOf(world).get(exchange.params.code ?? "");
  if (!room) return missing("Google Meet");
  const as = exchange.url.searchParams.get("authuser") === room.owner ? "host" : "guest";
  return roomPage({
    provider: "Google Meet",
    id: room.code,
    title: room.title,
    start: room.start,
    as,
  });
}

/** As Zoom's own page does, where a link holds no passcode. It posts to the address that it was opened at. */
const askForPasscode = (status: number, wrong: boolean): Reply =>
  html(
    status,
    page(
      "Zoom · Enter the passcode",
      markup`<h1>Zoom</h1>
${wrong && markup`<p role="alert">That passcode is wrong. Try again.</p>`}
<form method="post"><p><label>Meeting passcode <input name="passcode" autocomplete="off" required></label></p>
<p><button>Join meeting</button></p></form>`,
    ),
  );

function zoomGuest(meeting: StoredMeeting, exchange: Exchange): Reply | null {
  if (meeting.settings.meeting_authentication === true) {
    return closed(403, "Zoom", "Sign in to Zoom to join this meeting");
  }
  const link = exchange.url.searchParams.get("pwd");
  if (meeting.password === "") return null;
  if (link !== null) {
    const isRight = sameText(link.split(".")[0] ?? "", encryptedPassword(meeting));
    return isRight ? null : closed(403, "Zoom", "The passcode in this link is wrong");
  }
  const typed = formBody(exchange).get("passcode");
  if (typed === null) return askForPasscode(200, false);
  return sameText(typed, meeting.password) ? null : askForPasscode(403, true);
}

function zoomRoom(world: World, exchange: Exchange, as: Room["as"]): Reply {
  const meeting = meetingsOf(world).get(exchange.params.id ?? "");
  if (!meeting || meeting.status === "deleted") return missing("Zoom");
  const query = exchange.url.searchParams;
  const refused = as === "guest" ? zoomGuest(meeting, exchange) : null;
  if (refused) return refused;
  if (as === "host" && !zakFits(world, meeting, query.get("zak") ?? "")) {
    return closed(403, "Zoom", "This host link has expired");
  }
  return roomPage({
    provider: "Zoom",
    id: meeting.id,
    title: meeting.topic,
    start: meeting.start,
    as,
  });
}

export function roomRoutes(router: Router, world: World): void {
  router
    .on("GET", "/meet/:code", (exchange) => meetRoom(world, exchange))
    .on("GET", "/zoom/j/:id", (exchange) => zoomRoom(world, exchange, "guest"))
    .on("POST", "/zoom/j/:id", (exchange) => zoomRoom(world, exchange, "guest"))
    .on("GET", "/zoom/s/:id", (exchange) => zoomRoom(world, exchange, "host"));
}
