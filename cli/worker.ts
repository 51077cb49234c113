/** `segue worker`: runs jobs only, until a signal arrives. */
import { CommandError } from "./commandError.ts";
import { configure, readEnvironment } from "./environment.ts";

export async function worker(): Promise<number> {
  const { config } = configure(readEnvironment());
  if (!config.databaseUrl) {
    throw new CommandError(
      "A worker of its own needs DATABASE_URL; an embedded Segue works inside `npm start`.",
    );
  }
  const { runWorker } = await import("#server/start.ts");
  await runWorker();
  return 0;
}
