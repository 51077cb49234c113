/** Whose tries these are: the sender's address, as far as `TRUSTED_PROXIES` says that it can be known. */
import diagnostics from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { isIPv4, isIPv6 } from "node:net";
import { UNKNOWN_ADDRESS } from "#lib/records/limits/rules.ts";
import { SOCKET_HEADER } from "./headers.ts";

/**
 * Next keeps the connection from us, and fills `X-Forwarded-For` only where the sender wrote none. So each
 * request gets the address of its connection here, before Next sees it, in place of whatever the sender wrote
 * into that header. Node publishes this event for every HTTP server of the process.
 */
export function noteSocketAddresses(): void {
  diagnostics.subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    const { remoteAddress } = request.socket;
    if (remoteAddress) request.headers[SOCKET_HEADER] = remoteAddress;
    else delete request.headers[SOCKET_HEADER];
  });
}

/**
 * @param proxies how many proxies stand before Segue. Each of them appends the address of whoever it was asked
 * by, so what counts from the right was written by ours, and all that is left of it by the sender.
 */
export function clientAddress(headers: Headers, proxies: number): string {
  const forwarded = headers.get("x-forwarded-for")?.split(",") ?? [];
  // Fewer entries than proxies: the request came around one of them, and its first entry is nobody's word.
  const from = proxies === 0 ? headers.get(SOCKET_HEADER) : forwarded.at(-proxies);
  return countedAs(from ?? "");
}

/** IPv6 by its /64, which is what a household or a server gets: in it the sender chooses freely. */
function countedAs(text: string): string {
  const address = withoutPort(text.trim().toLowerCase());
  if (isIPv4(address)) return address;
  if (!isIPv6(address)) return UNKNOWN_ADDRESS;
  const groups = groupsOf(address);
  const mapped = isIPv4Mapped(groups) ? groups.slice(6) : null;
  if (mapped) return mapped.flatMap((group) => [group >> 8, group & 255]).join(".");
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(":")}::`;
}

/** `192.0.2.1:4711` and `[2001:db8::1]:4711`, as some proxies write; also `fe80::1%eth0`. */
function withoutPort(text: string): string {
  const [, inBrackets, plain] = /^\[(.+)\](?::\d+)?$|^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(text) ?? [];
  return (inBrackets ?? plain ?? text).replace(/%.*$/, "");
}

const isIPv4Mapped = (groups: number[]): boolean =>
  groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;

/** The eight numbers of an IPv6 address, however it is written. */
function groupsOf(address: string): number[] {
  // The URL parser writes every spelling in one way, without dots.
  const { hostname } = new URL(`http://[${address}]`);
  const [left = "", right] = hostname.slice(1, -1).split("::");
  const numbers = (part = "") =>
    part === "" ? [] : part.split(":").map((one) => parseInt(one, 16));
  const [head, tail] = [numbers(left), numbers(right)];
  return [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail];
}
