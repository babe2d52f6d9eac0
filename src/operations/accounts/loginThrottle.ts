import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { RateLimiterPostgres, type RateLimiterRes } from 'rate-limiter-flexible';
import { errors } from '../../errors.ts';

/** Slows down guessing. Counters are shared by all nodes; waits grow and end, so nobody is locked out for good. */
export interface LoginThrottle {
  /** Counts a login that is about to be tried; throws `login_throttled` while the account or the address has to wait. */
  admit(account: string, address: string): Promise<Attempt>;
  /** Counts a registration; throws `rate_limited`. */
  admitRegistration(address: string): Promise<void>;
}

export interface Attempt {
  /** The password was right: the counters of the account begin anew, and this address is known to it. */
  succeeded(): Promise<void>;
}

const day = 24 * 3600;
const accountFailures = 10;
const addressFailures = 50;
const registrationsPerTenMinutes = 200;

/** 15 s after the last free failure, twice as long after each further one, at most 15 minutes. */
export const waitSeconds = (failuresOver: number): number => Math.min(15 * 2 ** Math.min(failuresOver, 10), 900);

const nameOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

export function createLoginThrottle(db: Knex): LoginThrottle {
  const counter = (keyPrefix: string, points: number, duration: number) =>
    new RateLimiterPostgres({
      storeClient: db,
      storeType: 'knex',
      tableName: 'rate_limits',
      tableCreated: true,
      clearExpiredByTimeout: false,
      keyPrefix,
      points,
      duration,
    });
  const failures = counter('login', accountFailures, day);
  const gate = counter('login-wait', 1, 900);
  const known = counter('login-known', 1, 30 * day);
  const registrations = counter('register', registrationsPerTenMinutes, 600);

  /** Counts a try; from the last free one on, each try closes the gate behind itself. The answer opens it again. */
  const pass = async (key: string, free: number): Promise<() => Promise<unknown>> => {
    const closed = await gate.get(key);
    if (closed && closed.consumedPoints > 0) throw errors.loginThrottled(closed.msBeforeNext / 1000);
    const { consumedPoints } = await failures.penalty(key);
    if (consumedPoints < free) return async () => undefined;
    await consume(gate, key, { customDuration: waitSeconds(consumedPoints - free) }, errors.loginThrottled);
    return () => gate.delete(key);
  };

  return {
    async admit(account, address) {
      const pair = nameOf(`${account} ${address}`);
      // An address that logged in before is counted apart: strangers' guesses don't keep the owner out.
      const accountKey = (await known.get(pair)) ? pair : nameOf(account);
      const addressKey = nameOf(`from ${address}`);
      const openAccount = await pass(accountKey, accountFailures);
      const openAddress = await pass(addressKey, addressFailures);
      return {
        async succeeded() {
          const forget = [openAccount(), openAddress(), failures.delete(accountKey), failures.reward(addressKey)];
          await Promise.all([...forget, known.set(pair, 1, 30 * day)]);
        },
      };
    },
    async admitRegistration(address) {
      await consume(registrations, nameOf(address), {}, errors.rateLimited);
    },
  };
}

async function consume(
  counter: RateLimiterPostgres,
  key: string,
  options: { customDuration?: number },
  refusal: (seconds: number) => Error,
): Promise<void> {
  try {
    await counter.consume(key, 1, options);
  } catch (reason) {
    if (reason instanceof Error) throw reason;
    throw refusal((reason as RateLimiterRes).msBeforeNext / 1000);
  }
}
