import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { SetupError } from '../errors.ts';
import type { Api, Credentials } from './api.ts';
import { ApiProblem } from './problem.ts';

const account = z.object({ username: z.string(), email: z.string(), password: z.string(), token: z.string() });
const accounts = z.record(z.string(), account);
export type Account = z.infer<typeof account>;

export interface AccountPlace {
  /** Kept readable by its owner only. */
  file: string;
  /** The service the account is of. */
  service: string;
}

export interface OwnAccount extends Credentials {
  /** The account as it is kept; made where there is none. */
  read(): Promise<Account>;
}

async function readAccounts(file: string): Promise<z.infer<typeof accounts>> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}';
    throw new SetupError(`${file} cannot be read: ${error.message}. / 无法读取账号文件。`, { cause: error });
  });
  try {
    return accounts.parse(JSON.parse(text));
  } catch (cause) {
    throw new SetupError(`${file} is damaged: delete it, and a new account is made. / 账号文件已损坏，请删除。`, {
      cause,
    });
  }
}

async function keep({ file, service }: AccountPlace, kept: Account): Promise<Account> {
  await mkdir(dirname(file), { recursive: true });
  const all = { ...(await readAccounts(file)), [service]: kept };
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, `${JSON.stringify(all, undefined, 2)}\n`, { mode: 0o600 });
  await rename(draft, file);
  return kept;
}

/** A name nobody else has, with an address that cannot exist (RFC 2606). */
function randomIdentity(): Pick<Account, 'username' | 'email'> {
  const username = `film-${randomBytes(6).toString('hex')}`;
  return { username, email: `${username}@directorai.invalid` };
}

/** An account of one's own: made on first use, logged in again when its token has expired, made anew when the service forgot it. */
export function ownAccount(api: Api, place: AccountPlace, identity = randomIdentity): OwnAccount {
  const register = async (): Promise<Account> => {
    const made = { ...identity(), password: randomBytes(24).toString('base64url') };
    const { token } = await api.call('registerUser', { json: made });
    return keep(place, { ...made, token });
  };
  const read = async () => (await readAccounts(place.file))[place.service] ?? register();
  return {
    read,
    token: async () => (await read()).token,
    async renew() {
      const kept = await read();
      const form = new URLSearchParams({ grant_type: 'password', username: kept.email, password: kept.password });
      try {
        const { token } = await api.call('loginUser', { form });
        return (await keep(place, { ...kept, token })).token;
      } catch (error) {
        if (!(error instanceof ApiProblem) || error.status !== 401) throw error;
        return (await register()).token;
      }
    },
  };
}
