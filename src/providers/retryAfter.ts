const longestMs = 3_600_000;

/** How long a `Retry-After` header (RFC 9110, 10.2.3: seconds or an HTTP date) asks to wait; an hour at most. */
export function retryAfterMs(header: string | null | undefined, now = Date.now()): number | undefined {
  const value = header?.trim();
  if (!value) return undefined;
  const asked = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isNaN(asked) ? undefined : Math.min(longestMs, Math.max(0, Math.ceil(asked)));
}
