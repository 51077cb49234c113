import type { MigrationPreview } from "#lib/services/switching/previewViews.ts";

/** How many people have entered the rooms that are open now. */
export const peopleInside = ({ open }: Pick<MigrationPreview, "open">): number =>
  open.reduce((sum, { entered }) => sum + entered, 0);
