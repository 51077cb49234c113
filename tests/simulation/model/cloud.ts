/**
 * A video provider as seen from its own side: accounts, consents and rooms, with none of Segue's logic. It
 * answers as the two services are known to answer.
 */
import { nextUtcMidnight } from "#lib/platform/clock.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import type { Meeting, MeetingRequest, MeetingTimes, ProviderId } from "#lib/providers/provider.ts";
import { Crowd } from "./crowd.ts";

export interface Habits {
  id: ProviderId;
  /** Whether a second create under the same key is answered with the first meeting. */
  knowsKeys: boolean;
  /** Whether each refresh ends the refresh token that it used. */
  rotates: boolean;
  /** Whether a new consent ends the account's earlier tokens. */
  oneConsent: boolean;
  /** Whether revoking one token ends all tokens of its account. */
  revokesAll: boolean;
  url: (serial: number) => string;
  /** Whether rooms ask for a passcode that their links don't hold, as the account's owner has set it. */
  linksLackPasscode: boolean;
  /** How many meetings one account may make or change in a UTC day. */
  writesPerDay: number;
  /** How long a new access token lasts, in milliseconds. Providers say that this varies. */
  lifetime: () => number;
}

export interface Room {
  externalId: string;
  key: string;
  installationId: string;
  account: string;
  url: string;
  /** What the room asks for besides its link; null: nothing. */
  passcode: string | null;
  /** Somebody has changed it at the provider. */
  hasOtherPasscode: boolean;
  title: string;
  startsAt: Date;
  alive: boolean;
  goneBy: "us" | "hand" | null;
  madeAt: number;
  /** How many reads it takes until the link is there. A negative number means that it never comes. */
  pending: number;
}

interface Consent {
  account: string;
  alive: boolean;
  /** The refresh token that is valid now. */
  refresh: string;
}

export class Cloud {
  readonly habits: Habits;
  readonly rooms = new Map<string, Room>();
  /** Meetings made or changed, by account and UTC day. */
  readonly writes = new Map<string, number>();
  readonly #clock: () => Date;
  readonly #consents: Consent[] = [];
  readonly #access = new Map<string, { consent: Consent; expiresAt: number }>();
  /** Accounts whose titles and times come back otherwise than they were sent. */
  readonly spelling = new Set<string>();
  /** Accounts whose links are other ones at each reading. */
  readonly varying = new Set<string>();
  readonly crowd = new Crowd();
  /** How many updates were carried out. */
  updates = 0;
  /** Rooms whose last update was answered with nothing clear, and that nobody has looked at since. */
  readonly unseen = new Set<string>();
  /** The newest update that told such a room what it had been told already. */
  repeated: string | null = null;
  #serial = 0;

  constructor(habits: Habits, clock: () => Date) {
    this.habits = habits;
    this.#clock = clock;
  }

  consent(account: string) {
    if (this.habits.oneConsent) this.withdraw(account);
    const consent = { account, alive: true, refresh: `r${++this.#serial}` };
    this.#consents.push(consent);
    return { ...this.#newAccess(consent), refreshToken: consent.refresh, account };
  }

  /** The person withdraws the consent at the provider. */
  withdraw(account: string): void {
    for (const consent of this.#consents) if (consent.account === account) consent.alive = false;
  }

  refresh(token: string) {
    const consent = this.#consents.find(({ refresh }) => refresh === token);
    if (!consent?.alive) throw new ProviderError("grant_revoked", "Token is dead");
    if (this.habits.rotates) consent.refresh = `r${++this.#serial}`;
    const refreshToken = this.habits.rotates ? consent.refresh : null;
    return { ...this.#newAccess(consent), refreshToken };
  }

  /** @returns whose token it was, and whether it was still valid */
  revoke(token: string): { account: string; wasAlive: boolean } | null {
    const consent = this.#consents.find(({ refresh }) => refresh === token);
    if (!consent) return null;
    const { account, alive: wasAlive } = consent;
    if (this.habits.revokesAll) this.withdraw(account);
    consent.alive = false;
    return { account, wasAlive };
  }

  /** Refuses all access tokens from now on, whatever lifetime they were given. */
  expireAccess(): void {
    this.#access.clear();
  }

  /** Whether this refresh token could still get a new access token. */
  isGood = (token: string): boolean =>
    this.#consents.some(({ refresh, alive }) => alive && refresh === token);

  accountOf(accessToken: string): string {
    const known = this.#access.get(accessToken);
    if (!known?.consent.alive || known.expiresAt <= this.#clock().getTime()) {
      throw new ProviderError("grant_revoked", "Access refused", { accessTokenRefused: true });
    }
    return known.consent.account;
  }

  create(account: string, request: MeetingRequest, pending: number): Meeting {
    const known = this.habits.knowsKeys ? this.rooms.get(request.key) : undefined;
    if (known && !known.alive) {
      throw new ProviderError("duplicate", "Deleted before", { keySpent: true });
    }
    if (known) return this.#shown(known);
    this.#write(account);
    const serial = ++this.#serial;
    const externalId = this.habits.knowsKeys ? request.key : `${80_000_000_000 + serial}`;
    const { key, installationId, title, startsAt } = request;
    const room: Room = {
      externalId,
      key,
      installationId,
      account,
      title,
      startsAt,
      url: this.habits.url(serial),
      passcode: this.habits.linksLackPasscode ? `${100_000 + serial}` : null,
      hasOtherPasscode: false,
      alive: true,
      goneBy: null,
      pending,
      madeAt: this.#clock().getTime(),
    };
    this.rooms.set(externalId, room);
    return this.#shown(room);
  }

  find(account: string, key: string): Meeting | null {
    const room = [...this.rooms.values()].find(
      (one) => one.key === key && one.alive && one.account === account,
    );
    return room ? this.#read(room) : null;
  }

  get = (account: string, externalId: string): Meeting =>
    this.#read(this.#room(account, externalId));

  update(account: string, externalId: string, { title, startsAt }: MeetingTimes): Meeting {
    const room = this.#room(account, externalId);
    this.#write(account);
    const isSame = room.title === title && room.startsAt.getTime() === startsAt.getTime();
    this.repeated = isSame && this.unseen.has(externalId) ? externalId : null;
    Object.assign(room, { title, startsAt });
    this.updates += 1;
    return this.#shown(room);
  }

  delete(account: string, externalId: string): Room {
    const room = this.#room(account, externalId);
    Object.assign(room, { alive: false, goneBy: "us" });
    return room;
  }

  marked = (account: string, installationId: string, from: Date) =>
    [...this.rooms.values()]
      .filter((one) => one.alive && one.account === account && one.startsAt >= from)
      .filter((one) => one.installationId === installationId)
      .map(({ externalId, key, madeAt }) => ({
        externalId,
        key,
        createdAt: this.habits.knowsKeys ? null : new Date(madeAt),
      }));

  writtenOn = (account: string, day: string): number => this.writes.get(`${account} ${day}`) ?? 0;

  /** Uses up the account's writes of today, as somebody else's program on the same account would. */
  fillDay(account: string): void {
    this.writes.set(this.#today(account), this.habits.writesPerDay);
  }

  /** @throws ProviderError when the day's writes are used up */
  #write(account: string): void {
    const today = this.#today(account);
    const written = this.writes.get(today) ?? 0;
    if (written >= this.habits.writesPerDay) {
      const retryAt = nextUtcMidnight(this.#clock());
      throw new ProviderError("daily_limit", "The day is full", { retryAt, status: 429 });
    }
    this.writes.set(today, written + 1);
  }

  #today = (account: string): string => `${account} ${this.#clock().toISOString().slice(0, 10)}`;

  #room(account: string, externalId: string): Room {
    const room = this.rooms.get(externalId);
    if (!room?.alive || room.account !== account) throw new ProviderError("gone", "Not there");
    return room;
  }

  #read(room: Room): Meeting {
    this.unseen.delete(room.externalId);
    if (room.pending > 0) room.pending -= 1;
    return this.#shown(room);
  }

  /** What is true is `room`; this is how the provider puts it. */
  #shown(room: Room): Meeting {
    const meeting = made(room);
    if (meeting.state !== "ready") return meeting;
    const shown = this.spelling.has(room.account) ? spelledOtherwise(meeting, room) : meeting;
    if (!this.varying.has(room.account)) return shown;
    return { ...shown, joinUrl: `${room.url}?pwd=${++this.#serial}` };
  }

  #newAccess(consent: Consent) {
    const accessToken = `a${++this.#serial}`;
    const expiresAt = this.#clock().getTime() + this.habits.lifetime();
    this.#access.set(accessToken, { consent, expiresAt });
    return { accessToken, expiresAt: new Date(expiresAt) };
  }
}

const FIVE_MINUTES_MS = 300_000;

type Ready = Extract<Meeting, { state: "ready" }>;

const spelledOtherwise = (meeting: Ready, { startsAt }: Room): Ready => ({
  ...meeting,
  title: meeting.title.toUpperCase(),
  startsAt: new Date(startsAt.getTime() - (startsAt.getTime() % FIVE_MINUTES_MS)),
});

function made(room: Room): Meeting {
  const { externalId, url: joinUrl, passcode, startsAt, title } = room;
  if (room.pending < 0) {
    throw new ProviderError("unavailable", "The room could not be made", {
      keySpent: true,
      leftover: externalId,
    });
  }
  if (room.pending > 0) return { state: "pending", externalId };
  return { state: "ready", externalId, joinUrl, passcode, startsAt, title };
}
