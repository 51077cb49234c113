/**
 * When a lesson is to start, as somebody asks for it: as an instant, or as what clocks show in a place, which is
 * what people agree on. Then the server's zone rules make the instant, whatever rules the asker has.
 */
import { z } from "zod";
import { addMinutes } from "#lib/platform/clock.ts";
import { fromLocalInput, isDay, occurrenceOf, plainZone } from "#lib/platform/localTime.ts";
import type { Zone } from "#lib/platform/zones/zoneRules.ts";
import { MAX_AHEAD_MINUTES } from "#lib/records/bookings/rules.ts";
import type { Context } from "./context.ts";
import { Refusal } from "./errors.ts";
import { instant, timeZone } from "./input.ts";

/** A field of each input that names a start. */
export const startFields = {
  startsAt: instant.optional().describe("An instant. Either this or startsAtLocal."),
  startsAtLocal: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/, "localTime")
    .refine((text) => isDay(text.slice(0, 10)), "localTime")
    .optional()
    .describe(
      "What clocks show in timeZone, such as 2027-01-11T10:00. A time that they show twice means the first; one that they skip is refused.",
    ),
};

export const zoneField = timeZone.describe("IANA, such as America/Vancouver");

interface Asked {
  startsAt?: Date | undefined;
  startsAtLocal?: string | undefined;
  timeZone?: string | undefined;
}

/** What all inputs with these fields have in common. Goes into `superRefine`. */
export function hasOneStart(
  { startsAt, startsAtLocal, timeZone: zone }: Asked,
  ctx: z.RefinementCtx,
) {
  const issue = (field: keyof Asked, message: string) =>
    ctx.addIssue({ code: "custom", path: [field], message });
  if (startsAt === undefined && startsAtLocal === undefined) issue("startsAt", "instant");
  if (startsAt !== undefined && startsAtLocal !== undefined) issue("startsAtLocal", "oneStart");
  if (startsAtLocal !== undefined && zone === undefined) issue("timeZone", "timeZone");
}

export interface Start {
  at: Date;
  /** The field that named it, for refusals. */
  field: "startsAt" | "startsAtLocal";
}

/** @throws Refusal `invalid_input` for a zone without rules, in which nobody can reckon */
export function zoneNamed({ zoneRules }: Pick<Context, "zoneRules">, name: string): Zone {
  const zone = zoneRules(name);
  if (!zone) throw new Refusal("invalid_input", "input.timeZone", { field: "timeZone" });
  return zone;
}

/** @throws Refusal `invalid_input` for a time that clocks skip */
export function startOf(
  { zoneRules }: Pick<Context, "zoneRules">,
  { startsAt, startsAtLocal, timeZone: name }: Asked,
): Start {
  if (startsAt) return { at: startsAt, field: "startsAt" };
  const zone = zoneNamed({ zoneRules }, name ?? "");
  const at = startsAtLocal === undefined ? null : fromLocalInput(startsAtLocal, zone);
  if (startsAtLocal === undefined || at === null) throw new Error("The input was not parsed");
  if (occurrenceOf(startsAtLocal, zone) === "never") {
    const said = { time: startsAtLocal.slice(11, 16), zone: plainZone(zone.name) };
    throw new Refusal("invalid_input", "skippedTime", { ...said, field: "startsAtLocal" });
  }
  return { at: new Date(at), field: "startsAtLocal" };
}

/** Nobody agrees on a lesson that would have begun, or for a day that far off. @throws Refusal `in_the_past`, `invalid_input` */
export function refuseUnlessAhead({ clock }: Pick<Context, "clock">, { at, field }: Start): void {
  const now = clock();
  if (at <= now) throw new Refusal("in_the_past", "inThePast", { field });
  if (at > addMinutes(now, MAX_AHEAD_MINUTES)) {
    throw new Refusal("invalid_input", "tooFarAhead", { field });
  }
}
