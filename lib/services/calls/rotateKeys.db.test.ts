import { beforeEach, expect, test } from "vitest";
import { asService } from "#lib/platform/db.ts";
import { replaceEnvelope } from "#lib/records/grants/queries/envelopes.ts";
import { getSession } from "#lib/services/sessions/listSessions.ts";
import { refreshSessionLinks } from "#lib/services/switching/refreshSessionLinks.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { expectInOrder } from "#tests/harness/order.ts";
import { scene } from "#tests/harness/scene.ts";
import { openGrant } from "./grantSession.ts";
import { readGrant } from "./grantTokens.ts";
import { refreshGrant } from "./refreshGrant.ts";
import { rotateKeys } from "./rotateKeys.ts";

const { segue, tutor, student, grantId } = scene();
beforeEach(async () => {
  // Tokens of earlier tests are sealed with keys of those tests.
  await segue.rows("truncate private.meeting_passcodes");
  await segue.rows("truncate tutor_video_provider_connections, retired_video_provider_connections");
});

test("every token goes under the first key, a second run has nothing to do, and the old key can go", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 2);
  await segue.connect(tutor, "google_meet");
  const other = await segue.person("tutor");
  await segue.connect(other, "zoom");
  expect(await rotateKeys(both())).toEqual({ resealed: 7, unreadable: 0 });
  expect(await keysInUse()).toEqual(["k2"]);
  expect(await rotateKeys(both())).toEqual({ resealed: 0, unreadable: 0 });

  await segue.standIns.control("expire-tokens");
  const { config } = segue.ctx;
  segue.ctx.config = withKeys(fresh).config;
  expect(await refreshSessionLinks(segue.ctx, tutor)).toMatchObject({ success: true, migrated: 2 });
  await segue.later({ hours: 2 });
  segue.ctx.config = config;
  const rooms = (await segue.standIns.rooms()).filter(({ owner }) => owner === tutor.email);
  expect(rooms.map(({ provider }) => provider)).toEqual(["google_meet", "google_meet"]);
  await expectInOrder(segue, tutor);
});

test("erased tokens are no concern of a rotation", async () => {
  await segue.connect(tutor, "zoom");
  await segue.connect(tutor, "google_meet");
  await segue.later({ minutes: 1 });
  expect(await rotateKeys(both())).toEqual({ resealed: 2, unreadable: 0 });
});

test.each(["zoom", "google_meet"] as const)(
  "a refresh (%s) under way while keys rotate is not lost, nor is the rotation",
  async (provider) => {
    await segue.connect(tutor, provider);
    const seen = await readGrant(segue.ctx, await grantId());
    segue.onCall = async ({ method, phase }) => {
      if (method !== "refresh" || phase !== "after") return;
      segue.onCall = null;
      expect(await rotateKeys(both())).toEqual({ resealed: 2, unreadable: 0 });
    };
    // This process knows both keys, as every process must before a rotation.
    await refreshGrant(both(), seen);
    expect(await keysInUse()).toEqual(["k2"]);
    await segue.standIns.control("expire-tokens");
    const { grant } = await openGrant(withKeys(fresh), await grantId());
    expect(await refreshGrant(withKeys(fresh), grant)).toMatchObject({ error_code: null });
  },
);

test("a refresh is not taken for done because the token lies in another envelope", async () => {
  await segue.connect(tutor, "zoom");
  const seen = await readGrant(segue.ctx, await grantId());
  await segue.standIns.control("expire-tokens");
  await rotateKeys(both());
  await refreshGrant(both(), seen);
  expect(await segue.standIns.calls("refresh")).toHaveLength(1);
});

test("a token stored since it was read is not overwritten by its predecessor", async () => {
  await segue.connect(tutor, "zoom");
  const id = await grantId();
  const { refresh_token_encrypted: seen } = await readGrant(segue.ctx, id);
  const stored = await refreshGrant(segue.ctx, await readGrant(segue.ctx, id));
  const token = { grantId: id, kind: "refresh" } as const;
  const replaced = await asService(segue.ctx.db, (trx) =>
    replaceEnvelope(trx, token, { seen, envelope: "v1.k2.late" }),
  );
  expect(replaced).toBe(false);
  expect(await readGrant(segue.ctx, id)).toEqual(stored);
});

test("passcodes go under the first key too, and are read with it alone", async () => {
  await segue.standIns.settings({ zoomPasscodeInLinks: false });
  await segue.connect(tutor, "zoom");
  const [id = ""] = await segue.lessons(tutor, student, 2);
  const shown = async (ctx: Context) => (await getSession(ctx, student, id)).passcode;
  const before = await shown(segue.ctx);
  expect(before).toMatch(/./);
  expect(await rotateKeys(both())).toEqual({ resealed: 4, unreadable: 0 });
  expect(await rotateKeys(both())).toEqual({ resealed: 0, unreadable: 0 });
  expect(await shown(withKeys(fresh))).toBe(before);
  expect(await rotateKeys(withKeys(key("k9", 9)))).toEqual({ resealed: 0, unreadable: 5 });
  await segue.standIns.settings({ zoomPasscodeInLinks: true });
});

test("tokens whose key is missing are counted and left alone, the others go on", async () => {
  await segue.connect(tutor, "zoom");
  await rotateKeys(withKeys(key("k9", 9), old));
  const other = await segue.person("tutor");
  await segue.connect(other, "zoom");
  expect(await rotateKeys(both())).toEqual({ resealed: 2, unreadable: 2 });
  expect(await keysInUse()).toEqual(["k2", "k9"]);
});

const key = (id: string, byte: number) => ({ id, secret: Buffer.alloc(32, byte) });
const [old, fresh] = [key("k1", 1), key("k2", 2)];

const withKeys = (...tokenKeys: (typeof old)[]): Context => ({
  ...segue.ctx,
  config: { ...segue.ctx.config, tokenKeys },
});

const both = () => withKeys(fresh, old);

/** The ids of the keys that seal all ciphertexts here. */
async function keysInUse(): Promise<unknown[]> {
  const rows = await segue.rows(`select distinct split_part(t, '.', 2) as id from (
    select unnest(array[access_token_encrypted, refresh_token_encrypted]) t
      from tutor_video_provider_connections
    union all select unnest(array[access_token_encrypted, refresh_token_encrypted])
      from retired_video_provider_connections) x where t is not null order by 1`);
  return rows.map(({ id }) => id);
}
