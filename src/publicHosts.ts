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
export class ClosedHost extends Error {
  override readonly name = 'ClosedHost';
}

const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * True for an address anybody on the internet could be asked at. IPv6 forms that carry an IPv4 address (mapped, compatible, translated,
 * 6to4, Teredo) lead to places their own prefix does not tell, so none of them is.
 */
export function isPublicAddress(text: string): boolean {
  if (text.includes('%') || !ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== 'unicast') return false;
  return address instanceof ipaddr.IPv4 ? ipaddr.IPv4.isValidFourPartDecimal(text) : address.match(globalUnicast);
}

/** The address itself where a host is one. */
export function literalOf(host: string): string | undefined {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  return ipaddr.isValid(bare) ? bare : undefined;
}

/** The addresses of a host, every one of them public; throws ClosedHost where a single one is not. */
export async function publicAddresses(
  hostname: string,
  { resolve = resolveHost, allowPrivate = false }: { resolve?: Resolve; allowPrivate?: boolean } = {},
): Promise<Address[]> {
  const literal = literalOf(hostname);
  const found = literal
    ? [{ address: literal, family: ipaddr.parse(literal).kind() === 'ipv4' ? 4 : 6 }]
    : await resolve(hostname);
  if (found.length === 0) throw new ClosedHost('has no address');
  if (!allowPrivate && !found.every(({ address }) => isPublicAddress(address))) {
    throw new ClosedHost('is not of a public host');
  }
  return found;
}

/** Knows only the addresses already checked: whatever the name server says next, the connection goes there. */
export function pinned(addresses: readonly Address[]): LookupFunction {
  return (_hostname, options, callback) => {
    const [first] = addresses;
    if (options.all) callback(null, [...addresses]);
    else if (first) callback(null, first.address, first.family);
    else callback(new ClosedHost('has no address'), '');
  };
}
