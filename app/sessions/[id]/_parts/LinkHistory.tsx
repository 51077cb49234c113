import { linkHistory } from "#lib/services/sessions/linkHistory.ts";
import { context, requirePerson } from "#server/page.ts";
import { Moves } from "./Moves.tsx";
import { PastRooms } from "./PastRooms.tsx";

interface Props {
  sessionId: string;
  now: string;
}

/** Shows the tutor every room, and the student only where the lesson moved. */
export async function LinkHistory({ sessionId, now }: Props) {
  const person = await requirePerson("tutor", "student", "admin");
  const { rooms, moves } = await linkHistory(await context(), person, sessionId);
  const shown = { home: person.timeZone, now };
  return rooms ? <PastRooms {...shown} rooms={rooms} /> : <Moves {...shown} moves={moves} />;
}
