import { lookup as systemLookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

export interface Address {
  address: string;
  family: number;
}
export type Resolve = (hostname: string) => Promise<Address[]>;

export const resolveHost: Resolve = (hostname) => systemLookup(hostname, { all: true, verbatim: true });

/** Why an address is not asked, as the catalogue of faults names it. */
const reasons = {
  not_absolute: 'is not an absolute address',
  has_credentials: 'carries credentials',
  no_host_name: 'has no proper host name',
  has_fragment: 'has a fragment',
  not_https: 'is not https',
  not_port_443: 'is not on port 443',
  no_address: 'has no address',
  not_public_host: 'is not of a public host',
} as const;

/** Refused before any connection was made. */
export class ClosedHost extends Error {
  override readonly name = 'ClosedHost';
  readonly reason: keyof typeof reasons;

  constructor(reason: keyof typeof reasons, message: string = reasons[reason]) {
    super(message);
    this.reason = reason;
  }
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
  if (found.length === 0) throw new ClosedHost('no_address');
  if (!allowPrivate && !found.every(({ address }) => isPublicAddress(address))) {
    throw new ClosedHost('not_public_host');
  }
  return found;
}

/** Knows only the addresses already checked: whatever the name server says next, the connection goes there. */
export function pinned(addresses: readonly Address[]): LookupFunction {
  return (_hostname, options, callback) => {
    const [first] = addresses;
    if (options.all) callback(null, [...addresses]);
    else if (first) callback(null, first.address, first.family);
    else callback(new ClosedHost('no_address'), '');
  };
}
