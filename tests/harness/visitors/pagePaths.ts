/** The path of every page, by the files that Next makes them from; `{id}` stands for a parameter. */
import { globSync } from "node:fs";

export const pagePaths = (): string[] =>
  globSync("app/**/page.tsx").map((file) => {
    const path = file.replace(/^app/, "").replace(/\/page\.tsx$/, "");
    return path.replaceAll(/\/\([^)]+\)/g, "").replaceAll(/\[(\w+)\]/g, "{$1}") || "/";
  });
