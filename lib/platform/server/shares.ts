/** How the connections of one process are shared: for what pages and work ask, for the queue of jobs, and one to listen. */
export interface Shares {
  work: number;
  jobs: number;
}

/** What a process has where nothing else is set. */
export const USUAL_CONNECTIONS = 15;
/** With less, a process can't do its work. */
export const LEAST_CONNECTIONS = 4;

/** @param all connections of the process, four or more */
export function sharesOf(all: number): Shares {
  const shared = all - 1;
  const jobs = Math.max(1, Math.floor(shared * 0.3));
  return { work: shared - jobs, jobs };
}
