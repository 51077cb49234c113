/** Draws the bench's table of clean scenes: seconds from the consent to the last link, by how many calls are taken at once. */

const PLAYERS = {
  Floor: "#868e96",
  Segue: "#0b7285",
  promiseAll: "#e8590c",
  pgBoss: "#9c36b5",
  dbos: "#2f9e44",
} as const;
type Player = keyof typeof PLAYERS;
const players = Object.keys(PLAYERS) as Player[];

const PANEL = { width: 380, height: 260, left: 44, top: 44, right: 14, bottom: 40 };
/** Seconds at the bottom and at the top, on a scale of ratios. Who never gets done stands at the top. */
const RANGE = { least: 4, most: 160 };
const COUNTS = [2, 4, 8, 16];

/** Not those with more lessons, whose times are no points of these lines. */
const row =
  /^\| (?:100(?= lessons to g)|80) lessons to (google|zoom), more than (\d+) at once are refused, nothing goes wrong \|/;

interface Point {
  to: string;
  k: number;
  player: Player;
  seconds: number;
}

/** @param lines the bench's table, with its header */
export function chart(lines: readonly string[]): string {
  const header = cells(lines[0] ?? "");
  const points = lines.flatMap((line): Point[] => {
    const [, to = "", k] = row.exec(line) ?? [];
    if (k === undefined) return [];
    return players.flatMap((player) => {
      const seconds = middle(cells(line)[header.indexOf(player)] ?? "");
      return seconds === null ? [] : [{ to, k: Number(k), player, seconds }];
    });
  });
  const panels = ["google", "zoom"].map((to, index) =>
    panel(
      points.filter((point) => point.to === to),
      `To ${to === "google" ? "Google Meet, 100" : "Zoom, 80"} lessons`,
      index * PANEL.width,
    ),
  );
  const width = 2 * PANEL.width;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${PANEL.height + 34}" role="img">
<title>Seconds from the consent to the last link, where an account takes 2, 4, 8 or 16 calls at once</title>
<style>text{font:12px sans-serif;fill:#495057}.grid{stroke:#adb5bd;stroke-width:.5}@media(prefers-color-scheme:dark){text{fill:#ced4da}.grid{stroke:#495057}}</style>
${panels.join("\n")}
${legend(width)}
</svg>
`;
}

const cells = (line: string): string[] =>
  line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());

/** Of the seeds' times the middle one; null where nobody played. */
function middle(cell: string): number | null {
  const [times = ""] = cell.split(";");
  const sorted = times
    .split(", ")
    .filter((time) => time !== "")
    .map((time) => (time === "never" ? RANGE.most : Number(time)))
    .sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? null;
}

const x = (k: number) =>
  PANEL.left + (COUNTS.indexOf(k) / (COUNTS.length - 1)) * (PANEL.width - PANEL.left - PANEL.right);

function y(seconds: number): number {
  const share = Math.log(seconds / RANGE.least) / Math.log(RANGE.most / RANGE.least);
  return PANEL.height - PANEL.bottom - share * (PANEL.height - PANEL.top - PANEL.bottom);
}

const at = (value: number) => value.toFixed(1);

function panel(points: Point[], title: string, offset: number): string {
  const ticks = [5, 10, 20, 40, 80, RANGE.most].map((seconds) => {
    const label = seconds === RANGE.most ? "never" : `${seconds} s`;
    return `<line class="grid" x1="${PANEL.left}" x2="${PANEL.width - PANEL.right}" y1="${at(y(seconds))}" y2="${at(y(seconds))}"/><text x="${PANEL.left - 6}" y="${at(y(seconds) + 4)}" text-anchor="end">${label}</text>`;
  });
  const counts = COUNTS.map(
    (k) =>
      `<text x="${at(x(k))}" y="${PANEL.height - PANEL.bottom + 18}" text-anchor="middle">${k}</text>`,
  );
  const lines = players.map((player) => {
    const of = points.filter((point) => point.player === player);
    const path = of.map(({ k, seconds }) => `${at(x(k))},${at(y(seconds))}`).join(" ");
    const dash = player === "Floor" ? ` stroke-dasharray="4 3"` : "";
    return `<polyline fill="none" stroke="${PLAYERS[player]}" stroke-width="2"${dash} points="${path}"/>`;
  });
  const axis = `<text x="${at((PANEL.left + PANEL.width) / 2)}" y="${PANEL.height - 4}" text-anchor="middle">calls that the account takes at once</text>`;
  return `<g transform="translate(${offset})"><text x="${PANEL.left}" y="22" font-weight="bold">${title}</text>${[...ticks, ...counts, axis, ...lines].join("")}</g>`;
}

const legend = (width: number): string =>
  players
    .map((player, index) => {
      const left = 44 + index * ((width - 60) / players.length);
      return `<line x1="${at(left)}" x2="${at(left + 22)}" y1="${PANEL.height + 20}" y2="${PANEL.height + 20}" stroke="${PLAYERS[player]}" stroke-width="3"/><text x="${at(left + 28)}" y="${PANEL.height + 24}">${player}</text>`;
    })
    .join("");
