/**
 * Zoom has no idempotency key, so each meeting carries our own mark at the very beginning of its agenda. The
 * list cuts the agenda to 250 characters and returns no tracking fields.
 */
export interface MarkedKey {
  key: string;
  installationId: string;
}

export const markerOf = ({ installationId, key }: MarkedKey): string =>
  `segue:${installationId}:${key}`;

export const agendaOf = (of: MarkedKey): string =>
  `${markerOf(of)}\nThis meeting is kept up to date by Segue; please leave the line above as it is.`;

const firstWord = (agenda: string | null | undefined) => agenda?.split(/\s/, 1)[0] ?? "";

/**
 * Compares the whole mark and nothing less, because one key may be the beginning of another installation's.
 */
export const carriesMarker = (agenda: string | null | undefined, of: MarkedKey): boolean =>
  firstWord(agenda) === markerOf(of);

/** The key in a mark of this installation; null without one. */
export function markedKey(
  agenda: string | null | undefined,
  installationId: string,
): string | null {
  const mark = firstWord(agenda);
  const key = mark.slice(mark.lastIndexOf(":") + 1);
  return /^[a-v0-9]{26}$/.test(key) && mark === markerOf({ installationId, key }) ? key : null;
}
