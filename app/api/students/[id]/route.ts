import { changeStudent, removeStudent } from "#lib/services/students/changeStudent.ts";
import { getStudent } from "#lib/services/students/listStudents.ts";
import { json, readJson, route } from "#server/http.ts";

export const GET = route(
  async ({ ctx, person, id }) => json(await getStudent(ctx, person, id)),
  "tutor",
);

export const PATCH = route(async ({ ctx, person, id, request }) => {
  const changed = await changeStudent(ctx, person, id, await readJson(request));
  return json(await getStudent(ctx, person, changed.id));
}, "tutor");

export const DELETE = route(async ({ ctx, person, id }) => {
  await removeStudent(ctx, person, id);
  return new Response(null, { status: 204 });
}, "tutor");
