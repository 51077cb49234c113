/** A tutor is told if they have a lesson at the provider within so many hours. */
export const OUTAGE_HOURS = 24;
/** After an outage was declared, nobody is told of one at the same provider for so long. */
export const TOLD_ONCE_IN_HOURS = 6;
/**
 * So many looks in a row, one a minute, find a provider silent before anybody is told of it: a restart of theirs, or of the
 * way there, is over by then.
 */
export const SILENT_LOOKS = 3;
