/** Each text in a tree of texts, by its dotted key, such as "sessions.join". */
export const textsOf = (tree: object, before = ""): Map<string, string> =>
  new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === "string"
        ? [[`${before}${key}`, value] as const]
        : [...textsOf(value, `${before}${key}.`)],
    ),
  );

export const keysOf = (tree: object): string[] => [...textsOf(tree).keys()];
