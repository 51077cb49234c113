/** Bugs that a careful person might make. They prove that the simulation would catch them. */
import { answersBugs } from "./bugs/answers.ts";
import { callsBugs } from "./bugs/calls.ts";
import { grantsBugs } from "./bugs/grants.ts";
import { mailsBugs } from "./bugs/mails.ts";
import { marksBugs } from "./bugs/marks.ts";
import { paceBugs } from "./bugs/pace.ts";
import { roomsBugs } from "./bugs/rooms.ts";
import { seriesBugs } from "./bugs/series.ts";

export const bugs = [
  ...roomsBugs,
  ...answersBugs,
  ...callsBugs,
  ...marksBugs,
  ...paceBugs,
  ...grantsBugs,
  ...mailsBugs,
  ...seriesBugs,
];
