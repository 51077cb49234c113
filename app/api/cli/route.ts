/** Runs commands from the command line of the same machine, while this process holds the database. */
import { commandRoute } from "#server/commandRoute.ts";

export const POST = commandRoute;
