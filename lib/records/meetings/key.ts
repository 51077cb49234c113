/**
 * The key of a meeting: Google's event id (`[a-v0-9]{5,1024}`) and part of Zoom's marker. It is the
 * row's uuid in base32hex, 26 characters.
 */
const ALPHABET = "0123456789abcdefghijklmnopqrstuv";

export function meetingKey(uuid: string): string {
  let bits = BigInt(`0x${uuid.replaceAll("-", "")}`);
  let key = "";
  for (let i = 0; i < 26; i++) {
    key = ALPHABET[Number(bits & 31n)] + key;
    bits >>= 5n;
  }
  return key;
}
