import type { Person } from "#lib/services/verb/context.ts";
import { type Segue, testSegue } from "#tests/harness/segue.ts";
import { type Cost, Observed } from "./cost.ts";
import { fill, uuidOf } from "./fill.ts";
import { type Asker, verbs } from "./verbs.ts";

/** What each verb costs in a database with so many lessons. */
export async function costsWith(lessons: number): Promise<Map<string, Cost>> {
  const segue = await testSegue();
  const observed = new Observed(segue.database);
  try {
    await fill(segue.database, { lessons, now: segue.clock() });
    const asker = await askerIn(segue);
    const ctx = { ...segue.ctx, db: observed.db };
    const costs = new Map<string, Cost>();
    for (const [name, verb] of Object.entries(verbs)) {
      costs.set(name, await observed.costOf(() => verb(ctx, asker)));
    }
    return costs;
  } finally {
    await observed.close();
    await segue.close();
  }
}

async function askerIn({ database, rows }: Segue): Promise<Asker> {
  await database.exec(`update people set role = 'admin' where id = ${uuidOf("'s2'")}`);
  const people = await rows(`select id, name, role, time_zone, language from people
    where id in (${uuidOf("'t1'")}, ${uuidOf("'s1'")}, ${uuidOf("'s2'")}) order by role desc`);
  const [tutor, student, admin] = people.map(
    (row) =>
      ({
        id: row.id,
        name: row.name,
        role: row.role,
        email: `${row.id}@many.example`,
        timeZone: row.time_zone,
        language: row.language,
        clockHours: 24,
        isConfirmed: true,
      }) as Person,
  );
  const [lesson] = await rows(`select id from sessions where tutor_id = '${tutor?.id}'
    and status = 'COMPLETED' limit 1`);
  return { tutor, student, admin, lessonId: String(lesson?.id) } as Asker;
}

/**
 * A large table's index is a level or two deeper than a small one's. So many pages more for each statement, and for each row
 * that it finds in its handful of tables, are no growth with what there is.
 */
const DEEPER = 6;

/** Verbs that cost more than twice as much as in a small database, with their dearest statement. */
export function dearer(few: Map<string, Cost>, many: Map<string, Cost>): string[] {
  return [...many].flatMap(([name, cost]) => {
    const usual = few.get(name) ?? { pages: 0, statements: [] };
    const found = cost.statements.reduce((sum, { rows }) => sum + 1 + rows, 0);
    const allowed = 2 * usual.pages + DEEPER * found;
    if (cost.pages <= allowed) return [];
    const [first] = cost.statements;
    return [`${name}: ${usual.pages} pages, then ${cost.pages}; ${first?.pages} by ${first?.plan}`];
  });
}

/** The pages of each verb with few and many lessons. */
export const tableOf = (few: Map<string, Cost>, many: Map<string, Cost>): string[] => [
  "| Pages | few lessons | many |",
  "| - | - | - |",
  ...[...many].map(([name, { pages }]) => `| ${name} | ${few.get(name)?.pages} | ${pages} |`),
];
