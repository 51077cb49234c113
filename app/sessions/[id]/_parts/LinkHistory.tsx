import { linkHistory } from "#lib/services/sessions/linkHistory.ts";
import { context, requirePerson } from "#server/page.ts";
import { Moves } from "./Moves.tsx";
import { PastRooms } from "./PastRooms.tsx";

/** Shows the tutor every room, and the student only where the lesson moved. */
export async function LinkHistory({ sessionId }: { sessionId: string }) {
  const person = await requirePerson("tutor", "student", "admin");
  const { rooms, moves } = await linkHistory(await context(), person, sessionId);
  return rooms ? <PastRooms rooms={rooms} /> : <Moves moves={moves} />;
}
