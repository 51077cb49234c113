/**
 * `npm run bench:own`: what a switch costs Segue itself. The provider answers at once and has no limits, by an object of this
 * file; everything else is as always, on a PostgreSQL of its own. Prints lessons a second, messages to the database and
 * bytes of its log for each lesson, and memory. With `--cpu-prof` before the file's name Node.js writes a profile.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { sql } from "kysely";
import pg from "pg";
import { asService } from "#lib/platform/db.ts";
import { reconcile } from "#lib/services/reconcile/reconcile.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { openOwn } from "./world.ts";

const { values } = parseArgs({ options: { scenes: { type: "string", default: "1x1000,200x40" } } });
const scenes = values.scenes.split(",").map((scene) => {
  const [tutors = 1, lessons = 1] = scene.split("x").map(Number);
  return { tutors, lessons };
});
/** As many tutors as the product's worker has in hand. */
const AT_ONCE = 4;

async function logPosition({ db }: Context): Promise<number> {
  const { rows } = await sql<{ at: number }>`
    select (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::float8 as at`.execute(db);
  return Number(rows[0]?.at);
}

async function work(ctx: Context, tutors: Person[]): Promise<void> {
  const left = [...tutors];
  const next = async () => {
    for (let tutor = left.shift(); tutor; tutor = left.shift()) {
      for (;;) {
        const { nextAt } = await reconcile(ctx, tutor.id);
        if (nextAt === null || nextAt.getTime() > ctx.clock().getTime() + 60_000) break;
        await sleep(Math.max(0, nextAt.getTime() - ctx.clock().getTime()));
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
}

const own = await openOwn();
try {
  for (const { tutors: count, lessons } of scenes) {
    const tutors = await own.tutorsWith(count, lessons);
    await work(own.ctx, tutors);
    await Promise.all(tutors.map((tutor) => own.switchOver(tutor)));
    const messages = countMessages();
    const logged = await logPosition(own.ctx);
    const begun = performance.now();
    await work(own.ctx, tutors);
    const seconds = (performance.now() - begun) / 1000;
    const all = count * lessons;
    const moved = await asService(own.ctx.db, (trx) =>
      trx
        .selectFrom("migration_sessions")
        .select((eb) => eb.fn.countAll<number>().as("moved"))
        .where("state", "=", "moved")
        .where(
          "tutor_id",
          "in",
          tutors.map(({ id }) => id),
        )
        .executeTakeFirstOrThrow(),
    );
    const kilobytes = (await logPosition(own.ctx)) - logged;
    console.log(
      `${count} tutors with ${lessons} lessons: ${moved.moved} moved, ${(all / seconds).toFixed(0)} a second; ` +
        `for each ${(messages() / all).toFixed(1)} messages, ${(kilobytes / all / 1024).toFixed(1)} KB of log; ` +
        `${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MB`,
    );
  }
} finally {
  await own.close();
}

/** @returns how many have gone to the database since */
function countMessages(): () => number {
  const { query } = pg.Client.prototype;
  let count = 0;
  pg.Client.prototype.query = function counted(this: pg.Client, ...args: unknown[]) {
    count += 1;
    return Reflect.apply(query, this, args);
  } as typeof query;
  return () => {
    pg.Client.prototype.query = query;
    return count;
  };
}
