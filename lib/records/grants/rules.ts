import type { Selectable } from "kysely";
import type { TutorVideoProviderConnections } from "#lib/platform/database.types.ts";

export type Connection = Selectable<TutorVideoProviderConnections>;

/** The states of a tutor's connection; see the paragraph at its table. */
export const connectionStatuses = ["connected", "needs_reconnect", "disconnected"] as const;
export type ConnectionStatus = (typeof connectionStatuses)[number];

/** A token that expires within this many seconds is refreshed before use. */
export const REFRESH_AHEAD_SECONDS = 60;
