const full = ['ENOSPC', 'EDQUOT'];

/** A disk that is full, gone or only to be read, and a network without a way to the store. */
const codes = new Set([
  ...full,
  'EROFS',
  'EIO',
  'ESTALE',
  'ENOTCONN',
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'ETIMEDOUT',
  'EPIPE',
  'EAI_AGAIN',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** What the clients of object stores throw, as far as it is looked at. */
interface Thrown {
  code?: unknown;
  $metadata?: { httpStatusCode?: unknown };
  cause?: unknown;
}

const isOverloaded = (status: unknown): boolean => typeof status === 'number' && (status >= 500 || status === 429);

/** Whether an error says that the object store is not there for now, so that the same may work a little later. */
export function isStorageAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, $metadata, cause }: Thrown = error;
  if (typeof code === 'string' && codes.has(code)) return true;
  return (
    error.name === 'TimeoutError' ||
    isOverloaded(code) ||
    isOverloaded($metadata?.httpStatusCode) ||
    isStorageAway(cause)
  );
}

/** Whether an error comes from a disk without room. */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, cause }: Thrown = error;
  return (typeof code === 'string' && full.includes(code)) || isDiskFull(cause);
}
