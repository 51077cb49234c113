import type { Browser } from "@playwright/test";
import type { App, AppOptions } from "#tests/harness/app.ts";

/** A situation that people have reported from this job, as small inputs from outside against a started Segue. */
export interface FieldCase {
  /** In words, what happens. */
  situation: string;
  /** What Segue does then. */
  right: string;
  /** How its app is started. Each case has an app of its own. */
  options?: AppOptions;
  play(field: Field): Promise<Outcome>;
}

export interface Field {
  app: App;
  browser: Browser;
}

export interface Outcome {
  isRight: boolean;
  /** The value that was read, for the table. */
  seen: string;
}
