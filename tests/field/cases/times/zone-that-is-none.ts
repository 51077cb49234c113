import { newPerson } from "#tests/e2e/people.ts";
import type { FieldCase } from "../../fieldCase.ts";

const none = ["+05:30", "+0530", "europe/berlin", "Mars/Olympus", "GMT+1", ""];
const some = ["Asia/Calcutta", "Asia/Kolkata", "America/Vancouver", "EST5EDT", "UTC"];

export const fieldCase: FieldCase = {
  situation: "a lesson is asked for in a zone that is an offset, in lower case or unknown",
  right: "refused at the field timeZone with words; IANA's names, old ones too, are taken",
  async play({ app, browser }) {
    const tutor = await newPerson(browser, app, { role: "tutor", name: "Tutor Zone" });
    const student = await newPerson(browser, app, { role: "student", name: "Student Zone" });
    const day = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    const ask = async (timeZone: string) => {
      const answer = await student.api.post("/api/bookings", {
        data: {
          tutorId: tutor.id,
          subject: "Algebra",
          startsAtLocal: `${day}T10:00`,
          durationMinutes: 30,
          timeZone,
        },
      });
      const { field = "" } = (await answer.json()) as { field?: string };
      return `${timeZone} ${answer.status()} ${field}`.trim();
    };
    const seen: string[] = [];
    for (const zone of [...none, ...some]) seen.push(await ask(zone));
    const right = [
      ...none.map((zone) => `${zone} 400 timeZone`.trim()),
      ...some.map((zone) => `${zone} 201`),
    ];
    return { isRight: seen.join() === right.join(), seen: seen.join(", ") };
  },
};
