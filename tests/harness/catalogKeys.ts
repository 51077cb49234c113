/** Lists the dotted key of each text in a tree of texts, such as "sessions.join". */
export const keysOf = (tree: object, before = ""): string[] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [`${before}${key}`] : keysOf(value, `${before}${key}.`),
  );
