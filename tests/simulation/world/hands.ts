/** What people do without Segue: at the provider, or in the database. */
import type { Cloud, Room } from "#tests/simulation/model/cloud.ts";
import { checkLink } from "./links.ts";
import type { World } from "./world.ts";

/** Perhaps does one of these, somewhere. */
export async function somebodyMeddles(world: World): Promise<void> {
  const { dice, faults, scheduler } = world;
  const rooms = Object.values(world.clouds)
    .flatMap((cloud) => [...cloud.rooms.values()])
    .filter(({ alive }) => alive);
  const [cloud] = dice.chance(0.5) ? [world.clouds.zoom] : [world.clouds.google_meet];
  if (rooms.length > 0 && faults.strikes("deleted_by_hand", 0.03)) {
    const room = dice.pick(rooms);
    Object.assign(room, { alive: false, goneBy: "hand" });
    scheduler.note(`somebody deletes room ${room.externalId}`);
  }
  if (rooms.length > 0 && faults.strikes("moved_by_hand", 0.03)) {
    const room = dice.pick(rooms);
    room.startsAt = new Date(room.startsAt.getTime() + 3_600_000);
    scheduler.note(`somebody moves room ${room.externalId}`);
  }
  changePasscode(world, rooms);
  const grants = world.seen.grants.filter(({ provider }) => provider === cloud.habits.id);
  if (grants.length > 0 && faults.strikes("consent_withdrawn", 0.03)) {
    const { account } = dice.pick(grants);
    cloud.withdraw(account);
    scheduler.note(`somebody withdraws the consent of ${account}`);
  }
  if (grants.length > 0 && faults.strikes("day_used_up", 0.03)) {
    const { account } = dice.pick(grants);
    cloud.fillDay(account);
    scheduler.note(`another program uses up the day of ${account}`);
  }
  const sky = world.skies[cloud.habits.id];
  if (sky.downUntil < scheduler.now && faults.strikes("provider_down", 0.03)) {
    sky.downUntil = scheduler.now + dice.int(5, 240) * 1000;
    scheduler.note(`${cloud.habits.id} is down`);
  }
  theOperatorErrs(world, cloud);
  if (faults.strikes("link_by_hand", 0.03)) await writeLink(world);
}

/** The host gives a room another passcode, or takes it off. */
function changePasscode({ dice, faults, scheduler }: World, rooms: Room[]): void {
  const asking = rooms.filter(({ passcode }) => passcode !== null);
  if (asking.length === 0 || !faults.strikes("passcode_by_hand", 0.03)) return;
  const room = dice.pick(asking);
  const passcode = dice.chance(0.3) ? null : `${dice.int(100_000, 999_999)}`;
  Object.assign(room, { passcode, hasOtherPasscode: true });
  scheduler.note(`somebody changes the passcode of room ${room.externalId} to ${passcode}`);
}

/** Whoever runs the installation breaks something at the provider, and mends it later. */
function theOperatorErrs({ dice, faults, scheduler, skies }: World, cloud: Cloud): void {
  const sky = skies[cloud.habits.id];
  if (sky.clientRefusedUntil < scheduler.now && faults.strikes("client_refused", 0.03)) {
    sky.clientRefusedUntil = scheduler.now + dice.int(5, 400) * 1000;
    scheduler.note(`${sky.facts.id} refuses our client`);
    // A provider that disables an app may end its access tokens with it.
    if (dice.chance(0.5)) cloud.expireAccess();
  }
  if (sky.apiDisabledUntil < scheduler.now && faults.strikes("api_disabled", 0.03)) {
    sky.apiDisabledUntil = scheduler.now + dice.int(5, 400) * 1000;
    scheduler.note(`the API of ${sky.facts.id} is switched off`);
  }
}

/** The documents' last resort: somebody writes a link into a lesson with SQL. */
async function writeLink(world: World): Promise<void> {
  const { dice, scheduler, ground } = world;
  const open = world.seen.sessions.filter(({ status }) => status === "SCHEDULED");
  if (open.length === 0) return;
  const { id } = dice.pick(open);
  const provider = dice.pick(["zoom", "google_meet"]);
  const url =
    provider === "zoom"
      ? `https://zoom.us/j/7${dice.int(10_000_000, 99_999_999)}`
      : "https://meet.google.com/byh-andb-yhd";
  scheduler.note(`somebody writes a link into lesson ${id}`);
  await ground.database.query(
    "update public.sessions set join_url = $1, provider = $2, updated_at = $3 where id = $4",
    [url, provider, scheduler.clock(), id],
  );
  await world.look(null);
  for (const session of world.seen.sessions) checkLink(world, session, null);
}
