import type { ProviderId } from "#lib/providers/provider.ts";

/** Support asks tutors to find this line in the browser's console, in exactly these words. */
export const announceRefresh = (tutorId: string, provider: ProviderId): void =>
  console.log(`🔄 Manual migration triggered for tutor ${tutorId} to ${provider}`);
