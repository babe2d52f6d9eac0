import { lookup as systemLookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

export interface Address {
  address: string;
  family: number;
}
export type Resolve = (hostname: string) => Promise<Address[]>;

export const resolveHost: Resolve = (hostname) => systemLookup(hostname, { all: true, verbatim: true });

/** Refused before any connection was made. */
export class RefusedAddress extends Error {
  override readonly name = 'RefusedAddress';
}

const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');
const longestUrl = 2048;

/**
 * True for an address anybody on the internet could be asked at. IPv6 forms that carry an IPv4 address (mapped, compatible, translated,
 * 6to4, Teredo) lead to places their own prefix does not tell, so none of them is.
 */
export function isPublicAddress(text: string): boolean {
  if (text.includes('%') || !ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== 'unicast') return false;
  return address instanceof ipaddr.IPv4 || address.match(globalUnicast);
}

/** Names that never lead to the internet (RFC 6761, RFC 6762, RFC 8375, and those of the clouds). */
const closedNames =
  /(^|\.)(localhost|local|localdomain|internal|intranet|lan|home|corp|private|home\.arpa|test|invalid|onion)$/;

/**
 * Reads an address that events may be sent to: https on port 443 of a host with a public name or address, without credentials. The URL
 * class writes every spelling of an IPv4 address in one way first. What a name leads to is checked at every attempt. Throws RefusedAddress.
 */
export function readTarget(text: string, { allowPrivate = false }: { allowPrivate?: boolean } = {}): URL {
  const url = text.length <= longestUrl && URL.canParse(text) ? new URL(text) : undefined;
  if (!url) throw new RefusedAddress('is not an absolute address');
  if (url.username || url.password) throw new RefusedAddress('carries credentials');
  if (url.hash || text.includes('#')) throw new RefusedAddress('has a fragment');
  if (allowPrivate && url.protocol === 'http:') return url;
  if (url.protocol !== 'https:') throw new RefusedAddress('is not https');
  if (allowPrivate) return url;
  if (url.port) throw new RefusedAddress('is not on port 443');
  const host = url.hostname.replace(/\.$/, '');
  const literal = literalOf(host);
  if (literal === undefined ? !host.includes('.') || closedNames.test(host) : !isPublicAddress(literal)) {
    throw new RefusedAddress('is not of a public host');
  }
  return url;
}

/** The address itself where a host is one. */
function literalOf(host: string): string | undefined {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  return ipaddr.isValid(bare) ? bare : undefined;
}

/** The addresses of a host, every one of them public; throws RefusedAddress where a single one is not. */
export async function publicAddresses(
  { hostname }: URL,
  { resolve, allowPrivate }: { resolve: Resolve; allowPrivate: boolean },
): Promise<Address[]> {
  const literal = literalOf(hostname);
  const found = literal
    ? [{ address: literal, family: ipaddr.parse(literal).kind() === 'ipv4' ? 4 : 6 }]
    : await resolve(hostname);
  if (found.length === 0) throw new RefusedAddress('has no address');
  if (!allowPrivate && !found.every(({ address }) => isPublicAddress(address))) {
    throw new RefusedAddress('is not of a public host');
  }
  return found;
}

/** Knows only the addresses already checked: whatever the name server says next, the connection goes there. */
export function pinned(addresses: readonly Address[]): LookupFunction {
  return (_hostname, options, callback) => {
    const [first] = addresses;
    if (options.all) callback(null, [...addresses]);
    else if (first) callback(null, first.address, first.family);
    else callback(new RefusedAddress('has no address'), '');
  };
}
