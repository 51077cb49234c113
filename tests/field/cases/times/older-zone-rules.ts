import type { BookingView } from "#lib/services/bookings/views.ts";
import { newPerson } from "#tests/e2e/people.ts";
import type { FieldCase } from "../../fieldCase.ts";

const VANCOUVER = "America/Vancouver";

/** Makes a page believe that Vancouver still changes its clocks, like Los Angeles. */
const beOlder = `{
  const Newer = Intl.DateTimeFormat;
  const older = (zone) => (zone === "${VANCOUVER}" ? "America/Los_Angeles" : zone);
  Intl.DateTimeFormat = new Proxy(Newer, {
    construct: (_, [language, options]) =>
      new Newer(language, options && { ...options, timeZone: older(options.timeZone) }),
  });
}`;

export const fieldCase: FieldCase = {
  situation: "a browser with older zone rules asks for 10:00 in Vancouver in January",
  right:
    "the server makes the instant by its own rules and says it back; the old browser shows 10:00",
  async play({ app, browser }) {
    await newPerson(browser, app, { role: "tutor", name: "Tutor West" });
    const who = { role: "student" as const, name: "Student West", timeZone: VANCOUVER };
    const { page, api } = await newPerson(browser, app, who);
    const day = `${new Date().getUTCFullYear() + 1}-01-11`;
    await page.addInitScript(beOlder);
    await page.goto("/bookings");
    const believed = await page.evaluate(
      ([on, zone]) =>
        new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" }).format(
          new Date(`${on}T18:00Z`),
        ),
      [day, VANCOUVER],
    );
    await page.getByLabel("Subject").fill("Algebra");
    await page.getByLabel("Date", { exact: true }).fill(day);
    await page.getByLabel("Time", { exact: true }).fill("10:00");
    const preview = await page.getByRole("status").filter({ hasText: "Lesson:" }).textContent();
    await page.getByRole("button", { name: "Ask for this lesson" }).click();
    const row = page.getByRole("listitem").filter({ hasText: "Algebra" });
    const shown = (await row.textContent())?.match(/\d\d:\d\d/)?.[0];
    const [booking] = (await (await api.get("/api/bookings")).json()) as BookingView[];
    const instant = booking?.startsAt ?? "";
    const isServers = instant === new Date(`${day}T10:00${serversOffset(day)}`).toISOString();
    const read = `${booking?.startsAtLocal} ${booking?.utcOffset}`;
    return {
      isRight:
        isServers &&
        believed.includes("GMT-08:00") &&
        read === `${day}T10:00 ${serversOffset(day)}` &&
        (preview ?? "").includes("10:00") &&
        shown === "10:00",
      seen: `${instant}, read as ${read}; the page says ${shown}, and itself believes ${believed}`,
    };
  },
};

/** "-07:00": this machine's rules are the server's here. */
function serversOffset(day: string): string {
  const format = new Intl.DateTimeFormat("en", { timeZone: VANCOUVER, timeZoneName: "longOffset" });
  return format.format(new Date(`${day}T18:00Z`)).split("GMT")[1] ?? "";
}
