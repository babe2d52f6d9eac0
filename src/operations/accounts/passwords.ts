import { cpus } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { errors } from '../../errors.ts';
import { createSemaphore } from '../../semaphore.ts';

/** OWASP's least cost for argon2id; the algorithm is the library's default. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const costMark = `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}$`;

/** Hashing holds 19 MiB and a core each: so many at once, and so many waiting, before the service says that it is busy. */
const mostAtOnce = Math.max(1, Math.min(4, cpus().length));
const mostWaiting = 200;

const turns = createSemaphore(mostAtOnce);

async function takeTurn<T>(work: () => Promise<T>): Promise<T> {
  if (turns.waiting() >= mostWaiting) throw errors.unavailable();
  return turns.run(work);
}

export const hashPassword = (password: string): Promise<string> => takeTurn(() => hash(password, cost));

let decoy: Promise<string> | undefined;

/** Checks a password; without a hash to check against it takes just as long and is always wrong. */
export async function checkPassword(storedHash: string | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword('no account has this password');
  const against = storedHash ?? (await decoy);
  const right = await takeTurn(() => verify(against, password));
  return right && storedHash !== undefined;
}

/** True for a hash made at another cost than today's. */
export const needsRehash = (storedHash: string): boolean => !storedHash.startsWith(costMark);
