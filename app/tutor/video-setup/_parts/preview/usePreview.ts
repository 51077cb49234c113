import { useState } from "react";
import { useMigration } from "#app/tutor/video-setup/_parts/progress/MigrationLive.tsx";
import { useRead } from "#components/calls/useRead.ts";
import { useNow } from "#components/time/useNow.ts";
import type { MigrationPreview } from "#lib/services/switching/previewViews.ts";
import type { ProviderView } from "#lib/services/switching/views.ts";

/**
 * What a switch to the provider would do; null asks nothing. It is read again each minute and after each change, because
 * whether to ask before a switch depends on who is inside a room just now.
 */
export function usePreview(provider: ProviderView | null, lessons: number) {
  const { changes } = useMigration();
  const minute = useNow().slice(0, "2026-11-30T12:00".length);
  const [tries, setTries] = useState(0);
  const { answer, isOld } = useRead<MigrationPreview>(
    provider ? `/api/migrations/preview?provider=${provider.id}` : null,
    `${lessons} lessons, try ${tries}, change ${changes}, ${minute}`,
  );
  return { answer, isOld, again: () => setTries(tries + 1) };
}
