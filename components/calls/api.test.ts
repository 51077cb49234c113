import { describe, expect, it } from "vitest";
import { readAnswer } from "./api.ts";

const answer = (status: number, body: unknown) =>
  readAnswer(new Response(typeof body === "string" ? body : JSON.stringify(body), { status }));

describe("an answer of the API", () => {
  it("brings its data when it went well", async () => {
    expect(await answer(202, { running: true })).toEqual({
      ok: true,
      status: 202,
      data: { running: true },
    });
  });

  it("is well also without a body", async () => {
    expect(await readAnswer(new Response(null, { status: 204 }))).toMatchObject({ ok: true });
  });

  it("brings the sentence and the field of a problem", async () => {
    const body = {
      type: "about:blank",
      title: "Overlap",
      status: 409,
      detail: "You already have a lesson at 16:00.",
      code: "overlap",
      field: "startsAt",
      atField: "Taken at 16:00.",
    };
    expect(await answer(409, body)).toEqual({
      ok: false,
      problem: {
        status: 409,
        code: "overlap",
        said: "You already have a lesson at 16:00.",
        field: "startsAt",
        saidAtField: "Taken at 16:00.",
      },
    });
  });

  it("brings a sign-in error's code, by which the catalog has words for it", async () => {
    const result = await answer(401, { message: "Invalid", code: "INVALID_EMAIL_OR_PASSWORD" });
    expect(result).toMatchObject({
      problem: { code: "INVALID_EMAIL_OR_PASSWORD", said: "Invalid", field: null },
    });
  });

  it("never shows a page of a proxy to people", async () => {
    const result = await answer(500, "<html>Internal Server Error</html>");
    expect(result).toMatchObject({ problem: { status: 500, code: "http_500", said: null } });
  });
});
