import { videoSetupWords } from "#components/words/videoSetup.ts";
import type { ProviderId } from "#lib/providers/provider.ts";

/** Support asks tutors to look for this line in the browser's console. */
export const announceRefresh = (tutorId: string, provider: ProviderId): void =>
  console.log(videoSetupWords.refreshPressed(tutorId, provider));
