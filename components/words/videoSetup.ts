import type { ProviderId } from "#lib/providers/provider.ts";
import type { ConnectionStatus } from "#lib/records/grants/rules.ts";

const lessons = (count: number) => (count === 1 ? "1 future lesson" : `${count} future lessons`);

export const videoSetupWords = {
  title: "Video Provider",

  /** Binding messages, for any number. */
  connected: "Successfully connected video provider!",
  moved: (count: number) =>
    `✅ Successfully connected video provider!\n🔄 ${count} future sessions were automatically updated with new meeting links.`,
  warning:
    "✅ Successfully connected video provider!\n⚠️ Some future sessions may need to be manually updated. Please check your sessions page.",
  refreshed: (count: number) => `${count} sessions have new links`,
  someFailed: "Some sessions failed to migrate",
  refreshPressed: (tutorId: string, provider: ProviderId) =>
    `🔄 Manual migration triggered for tutor ${tutorId} to ${provider}`,

  failedDetail: (failed: number) =>
    `${failed === 1 ? "1 lesson keeps its" : `${failed} lessons keep their`} previous room for now, and that room goes on working. You find what went wrong, and “Retry failed”, below.`,
  deferredDetail: (deferred: number, when: string | null) =>
    `${deferred === 1 ? "1 lesson moves" : `${deferred} lessons move`} ${when ? `after ${when}` : "later"}, because the provider allows only so many new rooms a day. Until then the present room stays valid.`,
  takenOver: "A newer change has taken over. It is shown below.",
  progress: (moved: number, total: number) => `${moved} of ${total} lessons have their new room.`,
  inBackground: "You can close this page; it goes on by itself.",

  now: {
    title: "Where do my lessons happen now?",
    nowhere: "Nowhere yet",
    notConnected: "Not connected",
    nowhereText:
      "Connect the account that your lessons shall happen in. Segue makes a room for every lesson there, and you can switch at any time.",
    keeping: (provider: string, count: number) =>
      `${provider} is disconnected. ${count === 0 ? "There are no future lessons." : `${lessons(count)} keep the rooms they have.`}`,
    sandbox: "sandbox",
    sandboxHint: "A local stand-in, not the provider’s own service",
    health: {
      connected: "Connected and working",
      needs_reconnect: "Needs to be reconnected",
      disconnected: "Disconnected",
    } satisfies Record<ConnectionStatus, string>,
    reconnectText: (provider: string) =>
      `${provider} no longer accepts this connection. Rooms that are there already go on working; new ones wait until you reconnect, and then everything goes on by itself.`,
    pausedText: (provider: string, when: string) =>
      `${provider} doesn’t answer Segue just now. Rooms that are there go on working; Segue tries again by itself at ${when}.`,
    since: (day: string) => `since ${day}`,
    future: lessons,
    next: (when: string) => `next ${when}`,
    none: "No future lessons",
    withoutRoom: (count: number) =>
      `${count === 1 ? "1 lesson has" : `${count} lessons have`} no room yet.`,
    elsewhere: (count: number) =>
      `${count === 1 ? "1 lesson is" : `${count} lessons are`} still in a room at another provider.`,
  },
  connect: (provider: string) => `Connect ${provider}`,
  reconnect: (provider: string) => `Reconnect ${provider}`,
  switchTo: (provider: string) => `Switch to ${provider}`,
  unavailable: (provider: string) => `This installation has no credentials for ${provider} yet.`,
  refresh: "Refresh Future Session Links",
  refreshHint: "New links for all future lessons at the provider you have now",
  refreshWaits: "A change is under way; wait until it is through.",
  disconnect: "Disconnect",
  disconnectAsk: (provider: string) => `Disconnect ${provider}?`,
  disconnectAction: (provider: string) => `Disconnect ${provider}`,
  disconnectText: (provider: string, count: number) =>
    `${count === 0 ? "You have no future lessons." : `${lessons(count)} keep their ${provider} links, and those go on working.`} New lessons get no room, and no booking can be accepted, until you connect a provider again.`,

  whatIf: {
    title: "What if I switch?",
    moves: (count: number, provider: string) =>
      count === 0
        ? "You have no future lessons, so nothing has to move."
        : `${lessons(count)} ${count === 1 ? "gets" : "get"} a new ${provider} room, soonest first.`,
    first: (subject: string, student: string, when: string) =>
      `First: ${subject} with ${student}, ${when}.`,
    fade: "No lesson is ever without a room: the old one goes only after the new one is there.",
    students: "Students keep the link they have; it leads into the new room by itself.",
  },
};

/** What only one provider brings with it. */
export const arriving: Record<ProviderId, (count: number, midnight: string) => string | null> = {
  google_meet: () => "In Google Meet you may have to let in students who are not invited guests.",
  zoom: (count, midnight) =>
    count > 90
      ? `Zoom lets an app create 100 meetings a day. What doesn’t fit today moves after 00:00 UTC (${midnight} your time); until then its present room stays valid.`
      : null,
};

export const leaving: Record<ProviderId, string | null> = {
  google_meet: "The lessons leave your Google calendar, since its entries hold the old rooms.",
  zoom: null,
};
