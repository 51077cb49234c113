/** Commands from the command line of the same machine, while the database belongs to this process. */
import { commandRoute } from "#server/commandRoute.ts";

export const POST = commandRoute;
