/**
 * Where an import may point: down. app, cli → server → services → records, providers → platform.
 * Each message says where the code belongs instead.
 */
const tests = "(\\.test\\.tsx?$|/test[A-Z]\\w*\\.ts$)";

/**
 * The nouns of lib/services from top to bottom: each may call those after it, so they make no loop.
 * The file that stands where the requirement wants it is one of switching's verbs.
 */
const nouns = [
  "support",
  "reconcile",
  "bookings",
  "doors",
  "sessions",
  "switching",
  "drift",
  "calls",
  "people",
  // Those without an account, and what becomes of them.
  "students",
  "telling",
  "asking",
  // The installation's own keys, and what is made with them.
  "keys",
  // What every verb takes: its context, its refusals, its input, how often it may be called.
  "verb",
];
const verbsOf = (noun) =>
  noun === "switching"
    ? "^lib/services/(switching/|migrateSessionsToNewProvider\\.)"
    : `^lib/services/${noun}/`;
const anyNoun = `(${nouns.join("|")})`;

/** @param {string} name @param {string} comment @param {object} from @param {object} to */
const refuse = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    refuse(
      "app-is-the-top",
      "Nothing imports a page or route. What two pages share belongs in components/, what a route and a job share in lib/services/.",
      // That test names what the requirement fixes, wherever it stands.
      { pathNot: "^(app/|tests/fixedWords)" },
      { path: "^app/" },
    ),
    refuse(
      "platform-is-the-bottom",
      "lib/platform knows no table, provider or use case. Code that does belongs in lib/records, lib/providers or lib/services.",
      { path: "^lib/platform/", pathNot: tests },
      { path: "^(app|cli|components|sandbox|server|lib/(services|records|providers))/" },
    ),
    refuse(
      "providers-know-no-table",
      "A provider speaks HTTP and its own vocabulary. What needs the database belongs in lib/services, which calls the provider.",
      { path: "^lib/providers/", pathNot: tests },
      {
        path: "^(app|cli|components|sandbox|server|lib/(services|records)|lib/platform/((db|database\\.types)\\.ts|migrations/|roles/))",
      },
    ),
    refuse(
      "records-call-no-provider",
      "A record is SQL and pure rules. What calls a provider, or joins nouns into a use case, belongs in lib/services.",
      { path: "^lib/records/", pathNot: tests },
      {
        path: "^(app|cli|components|sandbox|server|lib/services|lib/providers)/",
        pathNot: "^lib/providers/(provider|errors)\\.ts$",
      },
    ),
    refuse(
      "services-know-no-edge",
      "A verb knows no request, cookie, page or queue. What does belongs in server/ or app/.",
      { path: "^lib/services/", pathNot: tests },
      { path: "^(app|cli|components|sandbox|server)/" },
    ),
    ...nouns
      .slice(1)
      .map((noun, index) =>
        refuse(
          `${noun}-calls-downwards`,
          `lib/services/${noun} is below ${nouns.slice(0, index + 1).join(", ")} (see the list of nouns in .dependency-cruiser.mjs). What both need belongs to the lower noun, or to lib/records.`,
          { path: verbsOf(noun), pathNot: tests },
          { path: nouns.slice(0, index + 1).map(verbsOf) },
        ),
      ),
    refuse(
      "nouns-are-listed",
      "A new folder of lib/services gets its place in the list of nouns in .dependency-cruiser.mjs.",
      {},
      { path: "^lib/services/[^/]+/", pathNot: `^lib/services/${anyNoun}/` },
    ),
    refuse(
      "services-are-in-folders",
      "In lib/services itself stands only the file that the requirement wants there. A verb belongs to a noun's folder, what all verbs take in lib/services/verb.",
      {},
      {
        path: "^lib/services/[^/]+$",
        pathNot: [tests, "^lib/services/migrateSessionsToNewProvider\\.ts$"],
      },
    ),
    refuse(
      "inside-is-private",
      "A noun's verbs stand at the top of its folder; what lies in a folder below is its own. Call the verb, move the file up if it is one, or down into lib/records if others need it.",
      { path: "^lib/services/([^/]+)/", pathNot: tests },
      { path: "^lib/services/[^/]+/[^/]+/", pathNot: "^lib/services/$1/" },
    ),
    refuse(
      "inside-is-private-from-outside",
      "A noun's verbs stand at the top of its folder; what lies in a folder below is its own. Call the verb.",
      { pathNot: ["^tests/", "^lib/services/[^/]+/"] },
      { path: "^lib/services/[^/]+/[^/]+/" },
    ),
    refuse(
      "server-is-below-the-pages",
      "server/ serves pages, routes, worker and commands alike. What only a page needs belongs in app/ or components/.",
      { path: "^server/", pathNot: tests },
      { path: "^(app|cli|components)/" },
    ),
    refuse(
      "components-only-show",
      "Components run in the browser too: they get data as properties and call the HTTP API. What reads or writes belongs in the page or in lib/services (its types may be imported).",
      { path: "^components/", pathNot: tests },
      {
        path: "^(cli|sandbox|server|lib/services|lib/records/[^/]+/queries|lib/platform/(db|migrate|roles|config|secrets))",
        dependencyTypesNot: ["type-only"],
      },
    ),
    refuse(
      "sandbox-stands-alone",
      "The stand-ins imitate the services from outside, so they share no code with the app. What both need is written twice.",
      { path: "^sandbox/", pathNot: tests },
      { path: "^(app|cli|components|lib|server)/" },
    ),
    refuse(
      "sandbox-is-started-only",
      "Only the start-up knows that there are stand-ins (cli/, server/start.ts). Everything else sees URLs in the configuration.",
      { pathNot: ["^(sandbox|cli|tests)/", "^server/start\\.ts$", tests] },
      { path: "^sandbox/" },
    ),
    refuse(
      "tests-stay-outside",
      "What a test needs stays in tests/ or beside it; code that the app needs too belongs in lib/.",
      { pathNot: ["^(tests|bench)/", "\\.config\\.ts$", tests] },
      { path: ["^tests/", tests] },
    ),
    refuse(
      "no-cycle",
      "Two files that need each other are one file, or need a third below both.",
      {},
      { circular: true },
    ),
    refuse(
      "no-dev-dependency",
      "The app is built and runs without devDependencies: move the package to dependencies, or the code into sandbox/, tests/ or scripts/.",
      {
        path: "^(app|cli|components|lib|server)/|^(instrumentation|next\\.config|proxy)\\.ts$",
        pathNot: tests,
      },
      { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    ),
    refuse(
      "must-resolve",
      "The imported file or package doesn't exist; see imports and dependencies in package.json.",
      {},
      { couldNotResolve: true },
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(\\.next|\\.data|test-results)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      conditionNames: ["node", "import", "require", "default", "types"],
      exportsFields: ["exports"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".d.ts"],
    },
  },
};
