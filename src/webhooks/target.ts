import { ClosedHost, isPublicAddress, literalOf } from '../publicHosts.ts';

const longestUrl = 2048;

/** Names that never lead to the internet (RFC 6761, RFC 6762, RFC 8375, and those of the clouds). */
const closedNames =
  /(^|\.)(localhost|local|localdomain|internal|intranet|lan|home|corp|private|home\.arpa|test|invalid|onion)$/;

/** What the URL class lets through and a URI (RFC 3986) does not allow: stray percent signs, braces, pipes and their like. */
const notOfUris = /%(?![0-9a-f]{2})|[^\w.~!$&'()*+,;=:@%/?-]/gi;
const asUri = (part: string): string => part.replace(notOfUris, encodeURIComponent);

/** Letters, digits, hyphens and underscores between dots; other scripts have been written in these by the URL class. */
const hostName = /^[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?$/;

/**
 * Reads an address that events may be sent to: https on port 443 of a host with a public name or address, without credentials. The URL
 * class writes every spelling of an IPv4 address in one way first, and the answer is a URI. What a name leads to is checked at every attempt. Throws ClosedHost.
 */
export function readTarget(text: string, { allowPrivate = false }: { allowPrivate?: boolean } = {}): URL {
  const url = text.length <= longestUrl && URL.canParse(text) ? new URL(text) : undefined;
  if (!url) throw new ClosedHost('not_absolute');
  if (url.username || url.password) throw new ClosedHost('has_credentials');
  if (!hostName.test(url.hostname) && literalOf(url.hostname) === undefined) throw new ClosedHost('no_host_name');
  url.pathname = asUri(url.pathname);
  url.search = asUri(url.search);
  if (url.hash || text.includes('#')) throw new ClosedHost('has_fragment');
  if (allowPrivate && url.protocol === 'http:') return url;
  if (url.protocol !== 'https:') throw new ClosedHost('not_https');
  if (allowPrivate) return url;
  if (url.port) throw new ClosedHost('not_port_443');
  const host = url.hostname.replace(/\.$/, '');
  const literal = literalOf(host);
  if (literal === undefined ? !host.includes('.') || closedNames.test(host) : !isPublicAddress(literal)) {
    throw new ClosedHost('not_public_host');
  }
  return url;
}
