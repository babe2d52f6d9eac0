import { APIError, ConnectionError, DirectorAI, type Tokens } from './vendor/sdk.js';
import { currentTongue, t } from './words.ts';

const key = 'directorai.session';

function kept(): Tokens | undefined {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

function make(): DirectorAI {
  const tokens = kept();
  return new DirectorAI({
    baseUrl: location.origin,
    language: currentTongue(),
    ...(tokens && { token: tokens.token, refreshToken: tokens.refreshToken }),
    onTokens: (fresh) => localStorage.setItem(key, JSON.stringify(fresh)),
  });
}

let current = make();

/** The client of whoever is signed in. */
export const api = (): DirectorAI => current;

export const signedIn = (): boolean => kept() !== undefined;

/** After another session or language. */
export function renew(): void {
  current = make();
}

export function keep(tokens: Tokens): void {
  localStorage.setItem(key, JSON.stringify(tokens));
  renew();
}

export function forget(): void {
  localStorage.removeItem(key);
  renew();
}

/** What went wrong, in words for people; the service's own where it gave some. */
export function plain(error: unknown): string {
  if (error instanceof APIError) return [error.detail, ...error.errors.map(({ detail }) => detail)].join(' ');
  if (error instanceof TypeError || error instanceof ConnectionError) return t('offline');
  return t('wrong', { detail: error instanceof Error ? error.message : String(error) });
}

/** The service's own files are asked for where this page came from, whatever name the service goes by. */
export function here(url: string): string {
  const { pathname, search } = new URL(url, location.origin);
  return pathname.startsWith('/api/v1/') ? pathname + search : url;
}

/** The address without what changes each time it is signed. */
export const lasting = (url: string | null | undefined): string => url?.split('?')[0] ?? '';
