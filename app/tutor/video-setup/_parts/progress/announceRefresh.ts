import type { ProviderId } from "#lib/providers/provider.ts";

/** Support asks tutors to look for this line in the browser's console, in these very words. */
export const announceRefresh = (tutorId: string, provider: ProviderId): void =>
  console.log(`🔄 Manual migration triggered for tutor ${tutorId} to ${provider}`);
