/** What shows whether somebody has the keys that a database's tokens were sealed with. */
import type { EncryptionKey } from "#lib/platform/config.ts";
import { decrypt, keyIdOf } from "#lib/platform/crypto.ts";
import type { Queryable } from "#lib/platform/db.ts";
import { sealedTokens } from "#lib/records/grants/queries/envelopes.ts";
import { keyNames, storedKey } from "#lib/records/installation/queries.ts";
import { sealedPasscodes } from "#lib/records/meetings/queries/passcodes.ts";
import { placeOfKey } from "#lib/services/keys/installationKey.ts";
import { placeOfToken } from "./grantTokens.ts";
import { placeOfPasscode } from "./passcodes.ts";

interface Sample {
  sealed: string;
  place: string;
}

/** @returns one of what each key has sealed; nothing where nothing is sealed */
export async function sealedSamples(q: Queryable): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const { grantId, kind, sealed } of await sealedTokens(q)) {
    samples.push({ sealed, place: placeOfToken(grantId, kind) });
  }
  for (const { meeting_id: id, sealed } of await sealedPasscodes(q)) {
    samples.push({ sealed, place: placeOfPasscode(id) });
  }
  // Last, so that these are preferred: they are never sealed anew but by a rotation of all.
  for (const name of keyNames) {
    const sealed = await storedKey(q, name);
    if (sealed !== undefined) samples.push({ sealed, place: placeOfKey(name) });
  }
  return [...new Map(samples.map((sample) => [keyIdOf(sample.sealed), sample])).values()];
}

/** Whether these keys open every one of them. */
export const opensAll = (keys: EncryptionKey[], samples: Sample[]): boolean =>
  samples.every(({ sealed, place }) => {
    try {
      decrypt(keys, sealed, place);
      return true;
    } catch {
      // Another key of the same name counts as missing, too.
      return false;
    }
  });
