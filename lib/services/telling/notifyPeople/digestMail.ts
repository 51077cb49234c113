/** Mails about lessons that happen elsewhere than people were last notified of. */
import type { Trx } from "#lib/platform/db.ts";
import { wordsFor } from "#lib/platform/words.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import type { SessionWithPeople } from "#lib/records/sessions/queries.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { ofLessons } from "../letter/about.ts";
import { calendarEntry } from "../letter/calendarEntry.ts";
import { LISTED, lessonLine } from "../letter/lessonLine.ts";
import { post } from "../letter/letter.ts";
import { quoted } from "../letter/quoted.ts";
import type { Recipient } from "../recipients.ts";

export interface MovedLesson {
  session: SessionWithPeople;
  from: ProviderId;
  to: ProviderId;
}

/** Sends one mail about all of them, soonest first. */
export async function mailDigest(ctx: Context, trx: Trx, to: Recipient, moved: MovedLesson[]) {
  const words = wordsFor(to.language, "mails.digest");
  const [first] = moved;
  if (!first) return;
  const count = moved.length;
  const more = Math.max(0, count - LISTED);
  const closing = [
    ...(more > 0 ? [words("more", { count: more })] : []),
    ...(to.side === "tutor" ? [words("tutor.links")] : []),
  ].join(" ");
  await post(ctx, trx, {
    to,
    about: ofLessons(
      "rooms",
      to,
      moved.map(({ session }) => session),
      moved.map(({ from, to }) => ({ from_provider: from, to_provider: to })),
    ),
    subject: subjectOf(ctx, to, moved),
    paragraphs: [
      ...directions(moved).map((some) => sentenceOf(ctx, to, some)),
      ...(to.side === "student" ? [words("links", { count })] : []),
    ],
    lessons: moved.slice(0, LISTED).map(({ session }) => lessonLine(to, session)),
    closing: closing || null,
    calendar: await calendarEntry(
      ctx,
      trx,
      to,
      moved.map(({ session }) => session),
    ),
  });
}

/**
 * There is usually one direction; there are several when a switch was undone half-way or met a day's limit.
 */
const directions = (moved: MovedLesson[]): MovedLesson[][] => [
  ...Map.groupBy(moved, ({ from, to }) => `${from} ${to}`).values(),
];

function subjectOf(ctx: Context, reader: Recipient, moved: MovedLesson[]): string {
  const words = wordsFor(reader.language, "mails.digest");
  const [first] = moved;
  const isOne = directions(moved).length === 1;
  const named = {
    count: moved.length,
    tutor: quoted(reader.language, first?.session.tutor_name ?? ""),
    provider: first ? ctx.providers.label(first.to) : "",
  };
  if (reader.side === "tutor") return words(isOne ? "tutor.subject" : "tutor.subjectMixed", named);
  return words(isOne ? "subject" : "subjectMixed", named);
}

function sentenceOf(ctx: Context, reader: Recipient, moved: MovedLesson[]): string {
  const words = wordsFor(reader.language, "mails.digest");
  const [first] = moved;
  if (!first) return "";
  return words(reader.side === "tutor" ? "tutor.moved" : "moved", {
    count: moved.length,
    tutor: quoted(reader.language, first.session.tutor_name),
    from: ctx.providers.label(first.from),
    to: ctx.providers.label(first.to),
  });
}

/** Notifies somebody who is in a room that the lesson has left. */
export async function mailRoomLeft(
  ctx: Context,
  trx: Trx,
  to: Recipient,
  session: SessionWithPeople,
) {
  const words = wordsFor(to.language, "mails.left");
  const named = {
    subject: quoted(to.language, session.subject),
    provider: session.provider ? ctx.providers.label(session.provider) : "",
  };
  await post(ctx, trx, {
    to,
    about: ofLessons("room_left", to, [session], [{ to_provider: session.provider }]),
    subject: words("subject", named),
    paragraphs: [words("text", named)],
    button: { label: words("button"), url: to.linkOf(session.id) },
    calendar: await calendarEntry(ctx, trx, to, [session]),
  });
}
