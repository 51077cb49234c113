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

/**
 * At the beginning, whatever an editor or a gateway has made of the lines around it. The whole mark and nothing less,
 * because one key may be the beginning of another installation's.
 */
const mark = /^(?:\s|<[^>]{0,40}>)*(segue:[^\s<>]{1,80}:[a-v0-9]{26})(?![a-z0-9])/;

const markIn = (agenda: string | null | undefined): string => mark.exec(agenda ?? "")?.[1] ?? "";

export const carriesMarker = (agenda: string | null | undefined, of: MarkedKey): boolean =>
  markIn(agenda) === markerOf(of);

/** The key in a mark of this installation; null without one. */
export function markedKey(
  agenda: string | null | undefined,
  installationId: string,
): string | null {
  const found = markIn(agenda);
  const key = found.slice(found.lastIndexOf(":") + 1);
  return found !== "" && found === markerOf({ installationId, key }) ? key : null;
}
