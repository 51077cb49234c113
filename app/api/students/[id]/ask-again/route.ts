import { askStudentAgain } from "#lib/services/students/changeStudent.ts";
import { getStudent } from "#lib/services/students/listStudents.ts";
import { json, readJson, route } from "#server/http.ts";

export const POST = route(async ({ ctx, person, id, request }) => {
  await askStudentAgain(ctx, person, id, await readJson(request));
  return json(await getStudent(ctx, person, id));
}, "tutor");
