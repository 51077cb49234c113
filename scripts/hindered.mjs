/** Something that people can mend keeps a script from its work. The message is one line that says what. */
export class Hindered extends Error {
  name = "Hindered";
}

/**
 * Runs a script's work. A hindrance is printed as the only line; any other error is a bug and keeps its stack.
 * @param {() => Promise<number | void> | number | void} work
 * @returns {Promise<number>} the exit code
 */
export async function inOneLine(work) {
  try {
    return (await work()) ?? 0;
  } catch (error) {
    if (!(error instanceof Hindered)) throw error;
    console.error(error.message);
    return 1;
  }
}
