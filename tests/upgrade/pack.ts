/** Packs a folder into one small file, and unpacks it. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";

/** A database's catalogs hold the same pages several times, megabytes apart, so the window must be large. */
const WINDOW_LOG = 27;

export function pack(folder: string, file: string): void {
  const owner = ["--owner=0", "--group=0", "--numeric-owner", "--sort=name"];
  const tar = execFileSync("tar", ["-c", ...owner, "-C", folder, "."], { maxBuffer: 1 << 30 });
  const params = {
    [constants.ZSTD_c_compressionLevel]: 22,
    [constants.ZSTD_c_windowLog]: WINDOW_LOG,
    [constants.ZSTD_c_enableLongDistanceMatching]: 1,
  };
  writeFileSync(file, zstdCompressSync(tar, { params }));
}

export function unpack(file: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  const params = { [constants.ZSTD_d_windowLogMax]: WINDOW_LOG };
  const tar = zstdDecompressSync(readFileSync(file), { params });
  execFileSync("tar", ["-x", "-C", folder], { input: tar });
}
