import { lookup as systemLookup } from 'node:dns/promises';
import { BlockList, isIP, type LookupFunction } from 'node:net';

export interface Address {
  address: string;
  family: number;
}
export type Resolve = (hostname: string) => Promise<Address[]>;

/** IPv4 that is not public unicast (IANA special-purpose registry, RFC 6890), multicast and the reserved rest included. */
const closedV4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];

/** Parts of the global unicast space that tunnel to IPv4 or are set aside: 2001::/23 holds Teredo and ORCHID, 2002::/16 is 6to4. */
const closedV6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
];

const closed = new BlockList();
for (const [net, bits] of closedV4) closed.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of closedV6) closed.addSubnet(net, bits, 'ipv6');
const globalV6 = new BlockList();
globalV6.addSubnet('2000::', 3, 'ipv6');

/** True for an address anybody on the internet could be asked at; mapped, translated and scoped IPv6 forms are not. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !closed.check(address, 'ipv4');
  return family === 6 && !address.includes('%') && globalV6.check(address, 'ipv6') && !closed.check(address, 'ipv6');
}

/** Refused before any connection was made. */
export class ClosedAddress extends Error {
  override readonly name = 'ClosedAddress';
}

export const resolveHost: Resolve = (hostname) => systemLookup(hostname, { all: true, verbatim: true });

/** The addresses of a host, every one of them public; rejects where a single one is not. */
export async function publicAddresses(hostname: string, resolve: Resolve = resolveHost): Promise<Address[]> {
  const literal = hostname.replace(/^\[(.*)\]$/, '$1');
  const family = isIP(literal);
  const found = family ? [{ address: literal, family }] : await resolve(hostname);
  if (found.length === 0 || !found.every(({ address }) => isPublicAddress(address))) {
    throw new ClosedAddress('the host is not a public one');
  }
  return found;
}

/** A resolver that knows only addresses already checked, so that a second answer of the name server changes nothing. */
export function pinned(addresses: readonly Address[]): LookupFunction {
  return (_hostname, options, callback) => {
    const [first] = addresses;
    if (options.all) callback(null, [...addresses]);
    else if (first) callback(null, first.address, first.family);
    else callback(new ClosedAddress('no address'), '');
  };
}
