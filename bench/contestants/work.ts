/** What a contestant is given: lessons, and the two calls that it puts in order. */
export interface Lesson {
  id: number;
  title: string;
  startsAt: Date;
}

export interface Work {
  /** Those that have no link yet, soonest first. After a kill the process begins anew with them. */
  lessons: readonly Lesson[];
  /** Makes the lesson's meeting and stores its link. @throws where the provider didn't make it, or the link can't be stored */
  move(lesson: Lesson): Promise<void>;
  /** How many lessons have no link. */
  left(): Promise<number>;
  /** A database of the contestant's own. */
  databaseUrl: string;
}

/** Moves all lessons, or as many as it can. */
export type Contestant = (work: Work) => Promise<void>;

/** How often a call is tried again in all, after one second, two, four and so on, as retry libraries do by default. */
export const RETRIES = 5;
