import { VendorError } from '../../../src/errors.ts';
import type { Random } from '../random.ts';
import type { Clock, Routine } from './clock.ts';

export interface AcceptedCall {
  key: string;
  id: string;
  /** What was asked for. */
  edition: number;
  at: number;
  readyAt: number;
  fails: boolean;
}

/** What the sender gets: the vendor's id, or an error; `undefined` is an answer that never comes. */
type Reply = { id: string } | { error: VendorError } | undefined;

export interface Vendor {
  /** All it charged for, in order. */
  accepted: AcceptedCall[];
  /** Calls whose connection is open. */
  open: number;
  /** Keys under which something else came than before; told by a vendor that honours them. */
  mixed: string[];
  send(key: string, edition: number, stormy: boolean): Routine<{ id: string }>;
  lookUp(key: string): string | undefined;
  standing(id: string): 'running' | 'completed' | 'failed';
  leave(forMs: number): void;
  isAway(): boolean;
}

const failure = { code: 7002, key: 'provider_unavailable', params: {} } as const;
const notTaken = (more: { retryable: boolean; coolDown?: boolean; retryAfterMs?: number }) =>
  new VendorError(failure, { accepted: 'no', ...more });
const lost = () => new VendorError(failure, { accepted: 'unknown', retryable: true });

const timeoutMs = 20_000;
/** Whoever comes back is overrun at first. */
const overrunForMs = 8_000;

const away = (accepted: 'no' | 'unknown', later: { retryAfterMs?: number } = {}) =>
  new VendorError({ ...failure, params: { vendor: 'tuzi' } }, { accepted, retryable: true, away: true, ...later });

/** A vendor that charges for what it accepts. A request that has left arrives even if its sender dies, within half a second. */
export function createVendor(given: { clock: Clock; random: Random; mode: 'key' | 'lookup' | 'none' }): Vendor {
  const { clock, random, mode } = given;
  const accepted: AcceptedCall[] = [];
  const known = new Map<string, AcceptedCall>();
  const mixed: string[] = [];
  const accept = (key: string, edition: number): AcceptedCall => {
    const before = mode === 'key' ? known.get(key) : undefined;
    if (before && before.edition !== edition) mixed.push(key);
    if (before) return before;
    const at = clock.now();
    const call = {
      key,
      id: `v${accepted.length}`,
      edition,
      at,
      readyAt: at + random.between(0, 8_000),
      fails: random.chance(0.03),
    };
    accepted.push(call);
    known.set(key, call);
    return call;
  };
  let awayUntil = -overrunForMs;
  const isAway = () => clock.now() < awayUntil;
  /** Not reached, or a gateway speaks for it; that may be too late for a call which has arrived. */
  const absent = (key: string, edition: number): Reply => {
    const later = random.chance(0.1) ? { retryAfterMs: random.between(0, 45_000) } : {};
    if (random.chance(0.5)) return { error: away('no', later) };
    if (random.chance(0.05)) accept(key, edition);
    return random.chance(0.05) ? undefined : { error: away('unknown', later) };
  };
  const overrun = () => notTaken({ retryable: true, coolDown: true, retryAfterMs: random.between(0, 3_000) });
  const answer = (key: string, edition: number, stormy: boolean): Reply => {
    if (isAway()) return absent(key, edition);
    if (clock.now() < awayUntil + overrunForMs && random.chance(0.2)) return { error: overrun() };
    const fate = stormy ? random.next() : 1;
    if (fate < 0.03) return { error: overrun() };
    if (fate < 0.05) return { error: notTaken({ retryable: true }) };
    if (fate < 0.06) return { error: notTaken({ retryable: false }) };
    if (fate < 0.1) return { error: lost() };
    const { id } = accept(key, edition);
    if (fate < 0.15) return { error: lost() };
    return fate < 0.16 ? undefined : { id };
  };
  const vendor: Vendor = {
    accepted,
    open: 0,
    mixed,
    *send(key, edition, stormy) {
      let reply: Reply;
      clock.after(random.between(1, stormy && random.chance(0.05) ? 500 : 30), () => {
        reply = answer(key, edition, stormy);
      });
      yield random.between(500, stormy && random.chance(0.05) ? 5_000 : 800);
      if (!reply) {
        yield timeoutMs;
        throw isAway() ? away('unknown') : lost();
      }
      if ('error' in reply) throw reply.error;
      return reply;
    },
    lookUp(key) {
      if (isAway()) throw away('no');
      return known.get(key)?.id;
    },
    leave(forMs) {
      awayUntil = clock.now() + forMs;
    },
    isAway,
    standing(id) {
      if (isAway()) throw away('no');
      const call = accepted.find((one) => one.id === id);
      if (!call || clock.now() < call.readyAt) return 'running';
      return call.fails ? 'failed' : 'completed';
    },
  };
  return vendor;
}
