/** The command line: `npm run segue -- <command>`. Each command has a file; this one only chooses. */
import { fileURLToPath } from "node:url";
import { ConfigError } from "#lib/platform/configError.ts";
import { FolderInUse } from "#lib/platform/embedded/folderLock.ts";
import { AlreadySaid, CommandError } from "./commandError.ts";
import { endWithLauncher } from "./launcher.ts";

interface Command {
  usage: string;
  does: string;
  /** @returns the exit code */
  run: (args: string[]) => Promise<number>;
}

const commands: Record<string, Command> = {
  start: {
    usage: "start [--dev]",
    does: "builds what changed and runs everything until Ctrl-C; --dev reloads on changes",
    run: async (args) => (await import("./start.ts")).start(args),
  },
  build: {
    usage: "build",
    does: "builds the pages, if their sources changed",
    run: async () => (await import("./build.ts")).build(),
  },
  worker: {
    usage: "worker",
    does: "runs jobs only; any number of machines, needs DATABASE_URL",
    run: async () => (await import("./worker.ts")).worker(),
  },
  migrate: {
    usage: "migrate",
    does: "brings the database up to date",
    run: async () => (await import("./migrate.ts")).migrateDatabase(),
  },
  doctor: {
    usage: "doctor [<tutor's id or e-mail>] [--json]",
    does: "says whether all is well, with one tutor or with this Segue; exit code 1 if not",
    run: async (args) => (await import("./reports/doctor.ts")).doctor(args),
  },
  "make-admin": {
    usage: "make-admin <email>",
    does: "makes an account support staff",
    run: async (args) => (await import("./makeAdmin.ts")).makeAdmin(args),
  },
  confirm: {
    usage: "confirm <email>",
    does: "confirms an account's address by hand, where no mail can be sent",
    run: async (args) => (await import("./confirm.ts")).confirm(args),
  },
  "rotate-keys": {
    usage: "rotate-keys",
    does: "seals every stored token anew with the first of TOKEN_ENCRYPTION_KEYS",
    run: async (args) => (await import("./rotateKeys.ts")).rotateKeys(args),
  },
  "zone-changes": {
    usage: "zone-changes [--json]",
    does: "lists lessons whose local time changed with a zone's rules; exit code 1 if there are any",
    run: async (args) => (await import("./reports/zoneChanges.ts")).zoneChanges(args),
  },
  outage: {
    usage: "outage <provider> [--over] [--json]",
    does: "shows whom a provider's outage concerns, and tells them after a typed yes; --over: that it is over",
    run: async (args) => (await import("./reports/outage.ts")).outage(args),
  },
  export: {
    usage: "export <file> [--with-keys]",
    does: "writes everything into one sealed file, for an import elsewhere",
    run: async (args) => (await import("./house/exportHouse.ts")).exportTo(args),
  },
  import: {
    usage: "import <file>",
    does: "fills an empty database with what an export wrote",
    run: async (args) => (await import("./house/importHouse.ts")).importFrom(args),
  },
  sql: {
    usage: 'sql "<query>"',
    does: "runs a query and prints its rows as JSON",
    run: async (args) => (await import("./sql.ts")).sql(args),
  },
};

/** Errors that an operator can fix. They are printed in one line, without a stack. */
const hindrances = [ConfigError, FolderInUse];

function help(): string {
  const width = Math.max(...Object.values(commands).map(({ usage }) => usage.length));
  const lines = Object.values(commands).map(
    ({ usage, does }) => `  ${usage.padEnd(width)}  ${does}`,
  );
  return ["Usage: npm run segue -- <command>", "", ...lines].join("\n");
}

async function main([name = "", ...args]: string[]): Promise<number> {
  if (["", "help", "--help", "-h"].includes(name)) {
    console.log(help());
    return name === "" ? 2 : 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    console.error(`There is no command "${name}".\n\n${help()}`);
    return 2;
  }
  try {
    return await command.run(args);
  } catch (error) {
    if (error instanceof CommandError) console.error(error.message);
    else if (hindrances.some((hindrance) => error instanceof hindrance)) {
      console.error(`Segue can't start: ${(error as Error).message}`);
    } else if (!(error instanceof AlreadySaid)) throw error;
    return 1;
  }
}

// Paths are relative to the project, whatever folder the command was started in.
process.chdir(fileURLToPath(new URL("..", import.meta.url)));
endWithLauncher();
process.exit(await main(process.argv.slice(2)));
