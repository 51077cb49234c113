/** @module-tag whole */
/** Rooms that their provider reports as changed are checked within a run, however many there are. */
import { expect, test } from "vitest";
import { JOB_EXPIRY_SECONDS } from "#lib/platform/patience.ts";
import { reconcile } from "#lib/services/reconcile/reconcile.ts";
import { betweenCalls, isReading } from "#tests/harness/middleman.ts";
import { scene } from "#tests/harness/scene.ts";

const { segue, tutor, student } = scene();
const { between } = betweenCalls();

test("a run that checks rooms which Zoom reports as changed ends in time where Zoom is slow", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 40);
  await segue.rows(`update meetings set check_at = '${segue.clock().toISOString()}'
    where tutor_id = '${tutor.id}' returning 1`);
  between((sent, pass) => {
    // Slow, and in time.
    if (isReading(sent)) segue.clock.advance({ seconds: 5 });
    return pass();
  });
  const begun = segue.clock().getTime();
  await reconcile(segue.ctx, tutor.id);
  const took = (segue.clock().getTime() - begun) / 1000;
  expect(took).toBeLessThan(JOB_EXPIRY_SECONDS);

  const left = "select count(*)::int as rooms from meetings where check_at is not null";
  expect(await segue.rows(left)).toMatchObject([{ rooms: 38 }]);
  for (let run = 0; run < 40; run++) await reconcile(segue.ctx, tutor.id);
  expect(await segue.rows(left)).toMatchObject([{ rooms: 0 }]);
});
