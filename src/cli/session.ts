import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { Language } from '../errors.ts';
import { type Account, type OwnAccount, ownAccount } from './account.ts';
import { type Api, createApi } from './api.ts';
import { findService, type Service } from './service.ts';
import { words as everyWords, type Words } from './words.ts';

export interface SessionWishes {
  config: Config;
  url: string | undefined;
  language: Language;
  say: (text: string) => void;
  signal: AbortSignal;
  /** Where, under DATA_DIR, the account is kept. */
  accountFile: string;
  /** Who to be; a random one where it does not matter. */
  identity?: () => Pick<Account, 'username' | 'email'>;
}

/** A service, and an account of it. */
export interface Session {
  service: Service;
  account: OwnAccount;
  api: Api;
  words: Words;
}

export async function openSession(wishes: SessionWishes): Promise<Session> {
  const { config, url, language, say, signal, identity } = wishes;
  const words = everyWords[language];
  const service = await findService({ config, url, words, say, signal });
  const place = { file: join(config.dataDir, wishes.accountFile), service: service.name };
  const account = ownAccount(createApi({ url: service.url, language }), place, identity);
  return { service, account, words, api: createApi({ url: service.url, language, credentials: account }) };
}
