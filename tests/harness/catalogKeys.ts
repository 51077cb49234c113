/** "sessions.join" for each text in a tree of them. */
export const keysOf = (tree: object, before = ""): string[] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [`${before}${key}`] : keysOf(value, `${before}${key}.`),
  );
