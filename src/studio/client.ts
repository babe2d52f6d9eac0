import { heard } from './connection.ts';
import { APIError, ConnectionError, DirectorAI, type SessionStore, type Tokens } from './vendor/sdk.js';
import { currentTongue, t } from './words.ts';

const key = 'directorai.session';

function kept(): (Tokens & { userId?: string }) | undefined {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

/** All tabs use one session, and renew it in turn; `navigator.locks` is missing where the page came over plain HTTP. */
const session: SessionStore = {
  read: kept,
  write(tokens) {
    if (tokens) return localStorage.setItem(key, JSON.stringify(tokens));
    localStorage.removeItem(key);
    dispatchEvent(new Event('session'));
  },
  inTurn: async (work) => (navigator.locks ? await navigator.locks.request(key, work) : work()),
};

const make = () => new DirectorAI({ baseUrl: location.origin, language: currentTongue(), session, logger: heard });

let current = make();

/** The client of whoever is signed in. */
export const api = (): DirectorAI => current;

export const signedIn = (): boolean => kept() !== undefined;

/** After another session or language. */
export function renew(): void {
  current = make();
}

export function forget(): void {
  session.write(undefined);
}

/** Another tab signed out, or somebody else in; not that it renewed what both use. */
export function isAnother({ key: changed, oldValue, newValue }: StorageEvent): boolean {
  if (changed !== key) return false;
  const userOf = (text: string | null) => (text === null ? undefined : JSON.parse(text).userId);
  return oldValue === null || newValue === null || userOf(oldValue) !== userOf(newValue);
}

/** What went wrong, in words for people; the service's own where it gave some, and not those of a proxy in between. */
export function plain(error: unknown): string {
  if (error instanceof APIError) {
    const { code, detail, errors, status } = error;
    if (code === undefined || !detail) return t('wrong', { detail: `HTTP ${status}` });
    return errors.length > 0 ? errors.map((fault) => fault.detail).join('; ') : detail;
  }
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
