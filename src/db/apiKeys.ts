import type { Knex } from 'knex';
import { type Page, type PageRequest, pageOf } from './pages.ts';
import { prepared } from './prepared.ts';
import { lockUser, toUser, type User, type UserRow } from './users.ts';

export interface ApiKey {
  id: string;
  name: string;
  /** How the key begins. */
  prefix: string;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
  createdAt: Date;
}

export interface NewApiKey extends Pick<ApiKey, 'id' | 'name' | 'prefix' | 'expiresAt'> {
  userId: string;
  keyHash: Buffer;
}

interface ApiKeyRow {
  id: string;
  user_id: string;
  name: string;
  prefix: string;
  key_hash: Buffer;
  expires_at: Date | null;
  last_used_at: Date | null;
  revoked_at: Date | null;
  created_at: Date;
}

const toApiKey = (row: ApiKeyRow): ApiKey => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  expiresAt: row.expires_at,
  lastUsedAt: row.last_used_at,
  revokedAt: row.revoked_at,
  createdAt: row.created_at,
});

/** Keys that still open something are counted under the lock of their user, so that a limit holds for any number at once. */
export async function countLiveApiKeys(trx: Knex, userId: string): Promise<number> {
  await lockUser(trx, userId);
  const [counted] = await trx<ApiKeyRow>('api_keys')
    .where({ user_id: userId })
    .whereNull('revoked_at')
    .whereRaw('(expires_at is null or expires_at > now())')
    .count({ n: '*' });
  return Number(counted?.n ?? 0);
}

export async function insertApiKey(db: Knex, key: NewApiKey): Promise<ApiKey> {
  const [row] = await db<ApiKeyRow>('api_keys')
    .insert({
      id: key.id,
      user_id: key.userId,
      name: key.name,
      prefix: key.prefix,
      key_hash: key.keyHash,
      expires_at: key.expiresAt,
    })
    .returning('*');
  if (!row) throw new Error('insert of an API key returned no row');
  return toApiKey(row);
}

export async function listApiKeys(db: Knex, userId: string, page: PageRequest): Promise<Page<ApiKey>> {
  const own = db<ApiKeyRow>('api_keys').where({ user_id: userId });
  return pageOf(own, page, toApiKey);
}

/** False for a key that was revoked; holds where its user is locked, as they are for it to be revoked. */
export async function isUnrevoked(trx: Knex, id: string): Promise<boolean> {
  return (await trx<ApiKeyRow>('api_keys').where({ id }).whereNull('revoked_at').first('id')) !== undefined;
}

/** The key, revoked now or before; undefined for one that is not this user's. */
export async function revokeApiKey(db: Knex, id: string, userId: string): Promise<ApiKey | undefined> {
  const [row] = await db<ApiKeyRow>('api_keys')
    .where({ id, user_id: userId })
    .update({ revoked_at: db.raw('coalesce(revoked_at, now())') })
    .returning('*');
  return row && toApiKey(row);
}

/** Whose key this is, while it is good; notes that it was used, at most once a minute. */
export async function useApiKey(db: Knex, keyHash: Buffer): Promise<{ user: User; apiKeyId: string } | undefined> {
  const [row] = await prepared<UserRow & { key_id: string; stale: boolean }>(
    db,
    'useApiKey',
    `select u.id, u.username, u.email, u.avatar_url, u.is_admin, u.created_at, k.id as key_id, (k.last_used_at is null or k.last_used_at < now() - interval '1 minute') as stale
     from api_keys k join users u on u.id = k.user_id
     where k.key_hash = ? and k.revoked_at is null and (k.expires_at is null or k.expires_at > now()) and u.is_active`,
    [keyHash],
  );
  if (!row) return undefined;
  if (row.stale) await db('api_keys').where({ id: row.key_id }).update({ last_used_at: db.fn.now() });
  return { user: toUser(row), apiKeyId: row.key_id };
}
