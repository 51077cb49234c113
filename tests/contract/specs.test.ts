/** Compares what the stand-ins answer and accept with the providers' own descriptions. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { TestSandbox, withBearer } from "#sandbox/testing.ts";
import { calendarFields, calendarSchema, specsAreHere, whySkipped, zoomSchema } from "./specs.ts";

const maya = "demo.one@example.com";
const sandbox = new TestSandbox(new Date("2026-11-20T09:00:00Z"));

beforeAll(() => sandbox.start());
afterAll(() => sandbox.end());

const complaints = (schema: z.ZodType, value: unknown) =>
  schema.safeParse(value).error?.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);

const named = (name: string) => (specsAreHere ? name : `${name} (skipped: ${whySkipped})`);

describe.skipIf(!specsAreHere)(named("Zoom's OpenAPI document"), () => {
  const body = {
    topic: "Algebra",
    agenda: "segue key",
    type: 2,
    start_time: "2026-12-01T10:00:00Z",
    duration: 45,
    timezone: "Europe/Berlin",
    settings: { join_before_host: false, waiting_room: true, meeting_authentication: false },
  };

  test("describes what the stand-in answers and takes", async () => {
    const { access_token } = await sandbox.signIn("zoom", maya);
    const call = (method: string, path: string, content?: unknown) =>
      sandbox.send(
        method,
        `${sandbox.env("ZOOM_API_URL")}${path}`,
        content,
        withBearer(access_token),
      );
    expect(complaints(zoomSchema("UserIdMeetingsBody"), body)).toBeUndefined();
    const made = await call("POST", "/users/me/meetings", body);
    expect(complaints(zoomSchema("InlineResponse2018"), made.json)).toBeUndefined();
    const got = await call("GET", `/meetings/${String(made.json.id)}`);
    expect(complaints(zoomSchema("InlineResponse20013"), got.json)).toBeUndefined();
    const list = await call("GET", "/users/me/meetings");
    expect(complaints(zoomSchema("InlineResponse20028"), list.json)).toBeUndefined();
  });

  test.each([
    ["topic", "x".repeat(201)],
    ["agenda", "x".repeat(2_001)],
    ["type", 4],
    ["duration", "45"],
    ["password", "elevenchars"],
  ])("refuses an invalid %s, and so does the stand-in", async (field, value) => {
    const { access_token } = await sandbox.signIn("zoom", maya);
    const url = `${sandbox.env("ZOOM_API_URL")}/users/me/meetings`;
    const content = { ...body, [field]: value };
    expect(complaints(zoomSchema("UserIdMeetingsBody"), content)).toBeDefined();
    const got = await sandbox.send("POST", url, content, withBearer(access_token));
    expect(got.status).toBe(400);
  });
});

describe.skipIf(!specsAreHere)(named("Google's discovery document"), () => {
  test.each(["success", "pending", "failure"])(
    "describes an event whose conference is in state %s, and lists of them",
    async (state) => {
      const effect = `conference_${state}` as "conference_pending" | "conference_failure";
      const fault = { provider: "google", operation: "create", effect } as const;
      await sandbox.faults(...(state === "success" ? [] : [fault]));
      const { access_token } = await sandbox.signIn("google", maya);
      const url = `${sandbox.env("GOOGLE_API_URL")}/calendar/v3/calendars/primary/events`;
      const id = `lesson${state.length}${state.charCodeAt(0)}`;
      const made = await sandbox.send(
        "POST",
        `${url}?conferenceDataVersion=1`,
        {
          id,
          summary: "Algebra",
          start: { dateTime: "2026-12-01T10:00:00Z", timeZone: "Europe/Berlin" },
          end: { dateTime: "2026-12-01T11:00:00Z", timeZone: "Europe/Berlin" },
          extendedProperties: { private: { segueKey: id } },
          conferenceData: {
            createRequest: { requestId: id, conferenceSolutionKey: { type: "hangoutsMeet" } },
          },
        },
        withBearer(access_token),
      );
      expect(made.json.conferenceData).toMatchObject({
        createRequest: { status: { statusCode: state } },
      });
      expect(complaints(calendarSchema("Event"), made.json)).toBeUndefined();
      const list = await sandbox.send("GET", url, undefined, withBearer(access_token));
      expect(complaints(calendarSchema("Events"), list.json)).toBeUndefined();
      const known = calendarFields("Event");
      expect(Object.keys(made.json).filter((name) => !known.includes(name))).toEqual([]);
    },
  );

  test("an event of the wrong shape is noticed", () => {
    const wrong = { id: 5, conferenceData: { entryPoints: [{ uri: 7 }] } };
    expect(complaints(calendarSchema("Event"), wrong)).toHaveLength(2);
  });
});
