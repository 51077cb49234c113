/** Students who click on their stable link at any moment, however far away the lesson is: with an account, or by a door. */

import { enterDoor } from "#lib/services/doors/enterDoor.ts";
import { linkToHandOver } from "#lib/services/doors/linkToHandOver.ts";
import { joinSession } from "#lib/services/sessions/joinSession.ts";
import { getSession } from "#lib/services/sessions/listSessions.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { Refusal } from "#lib/services/verb/errors.ts";
import { handleOver, OneConnection } from "#tests/simulation/machine/connection.ts";
import { Dice } from "#tests/simulation/machine/dice.ts";
import { isOpen, roomBehind } from "./links.ts";
import type { SeenSession } from "./snapshot.ts";
import type { World } from "./world.ts";

/** Doors are always open here, so that each link that is handed out can be followed. */
const ALWAYS_MINUTES = 60 * 24 * 365;

export class Clicks {
  readonly #world: World;
  readonly #ctx: Context;
  /** Separate dice, so that the clicks don't change what happens otherwise. */
  readonly #dice: Dice;
  readonly #perStep: number;
  followed = 0;

  /** `perStep`: how likely somebody clicks after a step. */
  constructor(world: World, seed: number, perStep: number) {
    this.#world = world;
    this.#dice = new Dice(seed + 1);
    this.#perStep = perStep;
    const { config } = world.ground;
    this.#ctx = {
      ...world.context(world.process("student")),
      db: handleOver(new OneConnection(world.ground.database)),
      config: { ...config, joinOpensMinutesBefore: ALWAYS_MINUTES },
    };
  }

  /** Joins with the real verb, as the student. A link into a deleted room is a violation, and so is a passcode unknown. */
  async perhaps(): Promise<void> {
    if (!this.#dice.chance(this.#perStep)) return;
    const { student } = this.#world.people;
    const lessons = this.#world.seen.sessions.filter(isOpen);
    if (!student || lessons.length === 0) return;
    const lesson = this.#dice.pick(lessons);
    const { id } = lesson;
    const hasAccount = lesson.student_id === student.id;
    const way = hasAccount ? await this.#wayIn(student, id) : await this.#throughDoor(lesson);
    if (way === null) return;
    this.followed += 1;
    const room = roomBehind(this.#world, way.url);
    if (!room || room.goneBy === "hand") return;
    if (!room.alive) {
      this.#world.violate(`A student who clicks on lesson ${id} stands before a dead link`);
    } else if (!room.hasOtherPasscode && way.passcode !== room.passcode) {
      this.#world.violate(`A student who clicks on lesson ${id} stands before a passcode`);
    }
  }

  /** Where the click leads, by way of the lesson's page where that has something to read first. */
  async #wayIn(student: Person, id: string) {
    const door = await joinSession(this.#ctx, student, id);
    if (door.kind === "open") return { url: door.url, passcode: null };
    if (door.kind === "closed") return null;
    const { passcode = null } = await getSession(this.#ctx, student, id);
    const inside = await joinSession(this.#ctx, student, id, { knowsPasscode: true });
    return inside.kind === "open" ? { url: inside.url, passcode } : null;
  }

  /** By the link that the tutor has handed over. */
  async #throughDoor({ id, tutor_id: tutorId }: SeenSession) {
    const tutor = this.#world.people.tutors.find((one) => one.id === tutorId);
    if (!tutor) throw new Error(`Nobody gives lesson ${id}`);
    const { url } = await linkToHandOver(this.#ctx, tutor, id);
    try {
      return await enterDoor(this.#ctx, url.slice(url.lastIndexOf("/") + 1));
    } catch (error) {
      if (error instanceof Refusal) return null;
      throw error;
    }
  }
}
