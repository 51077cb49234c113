import type { ProviderId } from "#lib/providers/provider.ts";

/** For places that have only the id; a view's own `label` goes first. */
export const providerNames: Record<ProviderId, string> = {
  google_meet: "Google Meet",
  zoom: "Zoom",
};

/** The last part of `/api/auth/…` for each. */
export const connectPaths: Record<ProviderId, string> = {
  google_meet: "/api/auth/google",
  zoom: "/api/auth/zoom",
};
