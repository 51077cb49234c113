import { addStudent } from "#lib/services/students/addStudent.ts";
import { getStudent, listStudents } from "#lib/services/students/listStudents.ts";
import { pageBy } from "#lib/services/verb/page.ts";
import { json, paged, readJson, route } from "#server/http.ts";

export const GET = route(
  (call) => paged(call, pageBy.name, (page) => listStudents(call.ctx, call.person, page)),
  "tutor",
);

export const POST = route(async ({ ctx, person, request }) => {
  const { id } = await addStudent(ctx, person, await readJson(request));
  return json(await getStudent(ctx, person, id), 201);
}, "tutor");
