/** What a run of `npm test` came to, by its exit code, its last line and its reports. */
import type { Run } from "./record.ts";

/** The exit code; null: a signal ended it; `late`: it hung. */
export type Ended = number | null | "late";

interface Reports {
  vitest: unknown;
  playwright: unknown;
}

/** Only exit code 0 with a last line that counts no failure is a success. */
export function outcome(
  ended: Ended,
  log: string,
  { vitest, playwright }: Reports,
): Omit<Run, "loaded" | "seconds"> {
  const [, passed = "0", failed = "0"] = /(\d+) passed, (\d+) failed\s*$/.exec(log) ?? [];
  const counted = { passed: Number(passed), failed: Number(failed) };
  if (ended === 0 && counted.failed === 0 && counted.passed > 0) return { ...counted, what: [] };
  const step = /^── (.+): FAILED/m.exec(log)?.[1];
  const reasons = [
    ...failedUnits(vitest as Units),
    ...failedInBrowser(playwright as Suite),
    ...(step ? [`the step “${step}”`] : []),
    ended === "late" ? "it didn't end" : `exit code ${ended}`,
  ];
  return { passed: counted.passed, failed: Math.max(counted.failed, 1), what: reasons };
}

interface Units {
  testResults?: {
    assertionResults: { status: string; fullName: string }[];
    status: string;
    name: string;
  }[];
}

function failedUnits({ testResults = [] }: Units): string[] {
  return testResults.flatMap(({ assertionResults, status, name }) => {
    const failed = assertionResults.filter((one) => one.status === "failed");
    if (failed.length === 0 && status === "failed") return [name.split("/").at(-1) ?? name];
    return failed.map(({ fullName }) => fullName);
  });
}

interface Suite {
  specs?: { ok: boolean; title: string }[];
  suites?: Suite[];
}

const failedInBrowser = ({ specs = [], suites = [] }: Suite): string[] => [
  ...specs.filter(({ ok }) => !ok).map(({ title }) => title),
  ...suites.flatMap(failedInBrowser),
];
