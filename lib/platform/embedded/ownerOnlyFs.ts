/**
 * The files of the embedded database, for their owner alone. It sets a mode by itself on each file that it makes,
 * open to all of the machine for most, so the process's own rule (`closeNewFiles`) isn't enough.
 */
import { NodeFS } from "@electric-sql/pglite/nodefs";

type Init = NodeFS["init"];
type Options = Awaited<ReturnType<Init>>["emscriptenOpts"];

/** What `chmod` goes through in Emscripten's file system. */
interface Setter {
  setattr(node: unknown, change: { mode?: number }): void;
}

export class OwnerOnlyFs extends NodeFS {
  override async init(...[pglite, options]: Parameters<Init>): ReturnType<Init> {
    const { emscriptenOpts } = await super.init(pglite, options);
    // Before the folder is mounted: each file takes over the operations that it finds there.
    const preRun = [close, ...[emscriptenOpts.preRun ?? []].flat()] as Options["preRun"] & {};
    return { emscriptenOpts: { ...emscriptenOpts, preRun } };
  }
}

function close(module: object): void {
  const { node_ops: operations } = Reflect.get(module, "NODEFS") as { node_ops: Setter };
  const set = operations.setattr.bind(operations);
  operations.setattr = (node, { mode, ...change }) =>
    set(node, { ...change, ...(mode !== undefined && { mode: mode & ~0o077 }) });
}
