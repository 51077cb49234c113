import { beforeEach, expect, test } from "vitest";
import { everyMinute } from "#server/jobs/jobWork.ts";
import { scene } from "#tests/harness/scene.ts";
import { lookAtProviders } from "./lookAtProviders.ts";

const { segue, tutor, student } = scene();
beforeEach(async () => {
  await lookAtProviders(segue.ctx);
});

const silent = { provider: "zoom", operation: "reach", effect: "server_error" } as const;
const look = async (times = 1) => {
  for (let left = times; left > 0; left--) {
    await lookAtProviders(segue.ctx);
    segue.clock.advance({ minutes: 1 });
  }
};
const troubles = () =>
  segue.rows("select provider, kind from operator_troubles where resolved_at is null");
const mails = (to: string) =>
  segue.rows(`select t.subject, t.text_body from mails m join private.mail_texts t on t.mail_id = m.id
    where t.to_email = '${to}' and m.about = 'operator'`);

test("a provider that answers nobody is noticed although nobody calls it, and it is over by itself", async () => {
  const admin = await segue.person("tutor");
  await segue.rows(`update people set role = 'admin' where id = '${admin.id}'`);
  await segue.standIns.faults(silent);
  await look(2);
  // A restart of theirs is nobody's news.
  expect(await troubles()).toEqual([]);
  await look(3);
  expect(await troubles()).toEqual([{ provider: "zoom", kind: "unreachable" }]);
  expect(segue.messages().filter((line) => line === "Zoom answers nobody")).toHaveLength(1);
  const told = await mails(admin.email);
  expect(told).toMatchObject([{ subject: "Zoom answers nobody" }]);
  expect(told[0]?.text_body).toContain(
    `See whom it concerns: ${segue.ctx.config.appUrl}/support/outages/zoom`,
  );
  await segue.standIns.faults();
  await look();
  expect(await troubles()).toEqual([]);
});

test("the looks are part of each minute's work, and count for no account's limits", async () => {
  await segue.standIns.faults(silent);
  await segue.standIns.forgetCalls();
  const nudge = { tutor: async () => undefined, mail: async () => undefined };
  for (let minute = 0; minute < 3; minute++) await everyMinute(segue.ctx, nudge);
  expect(await troubles()).toHaveLength(1);
  const asked = await segue.standIns.calls();
  expect(new Set(asked.map(({ operation }) => operation))).toEqual(new Set(["reach"]));
  expect(asked).toHaveLength(6);
});

test("one that only refuses is there", async () => {
  await segue.standIns.faults({ ...silent, effect: "not_found" });
  await look(4);
  expect(await troubles()).toEqual([]);
});

test("one that refuses strangers as ever and fails for everybody else is out", async () => {
  await segue.connect(tutor, "zoom");
  const other = await segue.person("tutor");
  await segue.connect(other, "zoom");
  const others = await Promise.all(
    [1, 2, 3, 4].map(async () => {
      const one = await segue.person("tutor");
      await segue.connect(one, "zoom");
      return one;
    }),
  );
  const fails = { provider: "zoom", effect: "server_error" } as const;
  await segue.standIns.faults({ ...fails, operation: "create" }, { ...fails, operation: "list" });
  for (const one of [tutor, other, ...others]) await segue.lessons(one, student, 1);
  for (let minute = 0; minute < 4; minute++) {
    await lookAtProviders(segue.ctx);
    await segue.later({ minutes: 1 });
  }
  expect(await troubles()).toEqual([{ provider: "zoom", kind: "unreachable" }]);
  await segue.standIns.faults();
  await segue.later({ minutes: 2 });
  await look();
  expect(await troubles()).toEqual([]);
});
