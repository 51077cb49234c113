/** Makes a table of what `npm run lighthouse` prints, which is a line for each page and form factor. */

const line = /^[✓✗] (\S+) \((\S+), (mobile|desktop)\): (.+)$/;

/** @throws if a line says anything else, or not enough: the table would lack it and nobody would notice */
export function lighthouseTable(output: string[]): string {
  const pages = new Map<string, Map<string, number[]>>();
  for (const text of output) {
    const [, path, who, form, scores = ""] = line.exec(text) ?? [];
    if (!path || !who || !form) throw new Error(`Not a line of Lighthouse's: ${text}`);
    const name = `\`${path}\`, ${who}`;
    const page = pages.get(name) ?? new Map<string, number[]>();
    pages.set(name, page);
    const note = (what: string, value: string | undefined) =>
      value && page.set(what, [...(page.get(what) ?? []), Number(value)]);
    note(`performance ${form}`, /performance (\d+)/.exec(scores)?.[1]);
    note("accessibility", /accessibility (\d+)/.exec(scores)?.[1]);
    note("practices", /best-practices (\d+)/.exec(scores)?.[1]);
    note("script", /(\d+) KB JS/.exec(scores)?.[1]);
  }
  const rows = [...pages].map(([name, page]) => {
    // Where phone and desktop differ, the worse of the two counts.
    const all = (what: string): number[] => {
      const values = page.get(what);
      if (!values) throw new Error(`Lighthouse didn't tell ${what} of ${name}`);
      return values;
    };
    const least = (what: string) => Math.min(...all(what));
    const cells = [
      least("performance mobile"),
      least("performance desktop"),
      least("accessibility"),
      least("practices"),
      `${Math.max(...all("script"))} KB`,
    ];
    return `| ${[name, ...cells].join(" | ")} |`;
  });
  return [
    "",
    "| Page | Performance, phone | desk | Accessibility | Best practices | JavaScript |",
    "|---|---|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}
