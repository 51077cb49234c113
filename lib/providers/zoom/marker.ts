/**
 * Zoom has no idempotency key, so each meeting carries our own mark at the very beginning of its
 * agenda; the list cuts the agenda to 250 characters and returns no tracking fields.
 */
export interface MarkedKey {
  key: string;
  installationId: string;
}

export const markerOf = ({ installationId, key }: MarkedKey): string =>
  `segue:${installationId}:${key}`;

export const agendaOf = (of: MarkedKey): string =>
  `${markerOf(of)}\nThis meeting is kept up to date by Segue; please leave the line above as it is.`;

/** The whole mark, nothing less: one key may be the beginning of another installation's. */
export function carriesMarker(agenda: string | null | undefined, of: MarkedKey): boolean {
  return agenda?.split(/\s/, 1)[0] === markerOf(of);
}
