import type { Knex } from 'knex';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { boundedMap } from '../boundedMap.ts';

/** How a request stands to its limit. */
export interface Allowance {
  allowed: boolean;
  limit: number;
  /** An estimate where several nodes serve one user: what others have leased counts as spent. */
  remaining: number;
  resetSeconds: number;
}

export interface RateLimiter {
  /** Takes one request from what this user or address has left in the present minute. */
  take(who: string): Allowance | Promise<Allowance>;
}

/** What this process may still spend of a minute without asking, and when that ends. */
interface Lease {
  left: number;
  /** Not leased by anybody yet, as far as known. */
  free: number;
  until: number;
  next: Promise<void> | undefined;
}

const mostKept = 20_000;

/**
 * Limits requests per minute over all nodes. Points are leased from Postgres in blocks of a twentieth of the limit, so that most
 * requests cost no query; an exhausted minute is remembered too. What a node leased and did not spend is lost to the others.
 */
export function createRateLimiter(db: Knex, pointsPerMinute: number): RateLimiter {
  const counter = new RateLimiterPostgres({
    storeClient: db,
    storeType: 'knex',
    tableName: 'rate_limits',
    tableCreated: true,
    keyPrefix: 'requests',
    points: pointsPerMinute,
    duration: 60,
  });
  const block = Math.max(1, Math.floor(pointsPerMinute / 20));
  const leases = boundedMap<string, Lease>(mostKept);

  const renew = async (who: string, lease: Lease) => {
    const { consumedPoints, msBeforeNext } = await counter.consume(who, block).catch((reason: unknown) => {
      if (reason instanceof RateLimiterRes) return reason;
      throw reason;
    });
    const now = performance.now();
    if (now >= lease.until) lease.left = 0;
    lease.left += Math.min(block, Math.max(0, pointsPerMinute - (consumedPoints - block)));
    lease.free = Math.max(0, pointsPerMinute - consumedPoints);
    lease.until = now + msBeforeNext;
  };

  const spend = (lease: Lease): Allowance => {
    const allowed = lease.left > 0;
    if (allowed) lease.left -= 1;
    const resetSeconds = Math.max(1, Math.ceil((lease.until - performance.now()) / 1000));
    return { allowed, limit: pointsPerMinute, remaining: lease.left + lease.free, resetSeconds };
  };

  const isOpen = (lease: Lease) => performance.now() < lease.until && (lease.left > 0 || lease.free === 0);

  const takeAfterRenewal = async (who: string, lease: Lease): Promise<Allowance> => {
    while (!isOpen(lease)) {
      lease.next ??= renew(who, lease).finally(() => {
        lease.next = undefined;
      });
      await lease.next;
    }
    return spend(lease);
  };

  return {
    take(who) {
      const known = leases.get(who);
      const lease = known ?? { left: 0, free: 1, until: 0, next: undefined };
      if (!known) leases.set(who, lease);
      return isOpen(lease) ? spend(lease) : takeAfterRenewal(who, lease);
    },
  };
}
