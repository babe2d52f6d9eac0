import type { Knex } from 'knex';
import { type Page, type PageRequest, pageOf } from './pages.ts';
import { lockUser } from './users.ts';

export type DisabledReason = 'gone' | 'failing' | 'key_revoked';

/** As its owner sees it. */
export interface WebhookEndpoint {
  id: string;
  url: string;
  description: string;
  events: string[];
  enabled: boolean;
  /** Why the service itself disabled it. */
  disabledReason: DisabledReason | null;
  /** The API key that last said where its events go; null where its owner did. */
  apiKeyId: string | null;
  createdAt: Date;
  updatedAt: Date;
}

interface WebhookEndpointRow {
  id: string;
  user_id: string;
  url: string;
  description: string;
  events: string[];
  enabled: boolean;
  disabled_reason: DisabledReason | null;
  api_key_id: string | null;
  secret: Buffer;
  previous_secret: Buffer | null;
  previous_secret_until: Date | null;
  failing_since: Date | null;
  created_at: Date;
  updated_at: Date;
}

const columns = [
  'id',
  'url',
  'description',
  'events',
  'enabled',
  'disabled_reason',
  'api_key_id',
  'created_at',
  'updated_at',
] as const;

const toEndpoint = (row: Pick<WebhookEndpointRow, (typeof columns)[number]>): WebhookEndpoint => ({
  id: row.id,
  url: row.url,
  description: row.description,
  events: row.events,
  enabled: row.enabled,
  disabledReason: row.disabled_reason,
  apiKeyId: row.api_key_id,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

export interface NewEndpoint extends Pick<WebhookEndpoint, 'id' | 'url' | 'description' | 'events'> {
  userId: string;
  secret: Buffer;
  apiKeyId?: string | undefined;
}

/** Stores an endpoint unless its owner has `most` of them already, then it answers undefined. */
export async function insertWebhookEndpoint(
  trx: Knex,
  { id, userId, url, description, events, secret, apiKeyId }: NewEndpoint,
  most: number,
): Promise<WebhookEndpoint | undefined> {
  await lockUser(trx, userId);
  const [counted] = await trx<WebhookEndpointRow>('webhook_endpoints').where({ user_id: userId }).count({ total: '*' });
  if (Number(counted?.total ?? 0) >= most) return undefined;
  const [row] = await trx<WebhookEndpointRow>('webhook_endpoints')
    .insert({ id, user_id: userId, url, description, events, secret, api_key_id: apiKeyId ?? null })
    .returning(columns);
  return row && toEndpoint(row);
}

export async function findWebhookEndpoint(db: Knex, id: string, ownerId: string): Promise<WebhookEndpoint | undefined> {
  const row = await db<WebhookEndpointRow>('webhook_endpoints')
    .where({ id, user_id: ownerId })
    .first(...columns);
  return row && toEndpoint(row);
}

/** The newest first. */
export async function listWebhookEndpoints(
  db: Knex,
  ownerId: string,
  page: PageRequest,
): Promise<Page<WebhookEndpoint>> {
  const own = db<WebhookEndpointRow>('webhook_endpoints').where({ user_id: ownerId });
  return pageOf(own, page, toEndpoint, columns);
}

export interface EndpointChanges {
  url?: string | undefined;
  description?: string | undefined;
  events?: string[] | undefined;
  enabled?: boolean | undefined;
}

/**
 * Enabling one forgets why it was disabled and how long it has been failing; another address forgets the latter. Who enables it or gives
 * it an address, an API key or the owner, answers for it from then on.
 */
export async function updateWebhookEndpoint(
  db: Knex,
  { id, ownerId, apiKeyId }: { id: string; ownerId: string; apiKeyId?: string | undefined },
  { url, description, events, enabled }: EndpointChanges,
): Promise<WebhookEndpoint | undefined> {
  const [row] = await db<WebhookEndpointRow>('webhook_endpoints')
    .where({ id, user_id: ownerId })
    .update({
      ...(url !== undefined && { url, failing_since: db.raw('case when url = ? then failing_since end', [url]) }),
      ...(description !== undefined && { description }),
      ...(events !== undefined && { events }),
      ...(enabled !== undefined && { enabled, disabled_reason: null, failing_since: null }),
      ...((url !== undefined || enabled) && { api_key_id: apiKeyId ?? null }),
      updated_at: new Date(),
    })
    .returning(columns);
  return row && toEndpoint(row);
}

/** Has nothing sent any more to where this key said; answers the endpoints. */
export async function disableEndpointsOf(trx: Knex, apiKeyId: string): Promise<string[]> {
  const rows: { id: string }[] = await trx('webhook_endpoints')
    .where({ api_key_id: apiKeyId, enabled: true })
    .update({ enabled: false, disabled_reason: 'key_revoked', updated_at: trx.fn.now() })
    .returning('id');
  return rows.map(({ id }) => id);
}

/** Its deliveries go with it. */
export async function deleteWebhookEndpoint(db: Knex, id: string, ownerId: string): Promise<boolean> {
  return (await db('webhook_endpoints').where({ id, user_id: ownerId }).delete()) > 0;
}

/** The former secret signs for another day beside the new one; answers until when. */
export async function replaceWebhookSecret(
  db: Knex,
  id: string,
  ownerId: string,
  secret: Buffer,
): Promise<Date | undefined> {
  const [row] = await db('webhook_endpoints')
    .where({ id, user_id: ownerId })
    .update({
      previous_secret: db.ref('secret'),
      previous_secret_until: db.raw("now() + interval '24 hours'"),
      secret,
      updated_at: db.fn.now(),
    })
    .returning<{ previous_secret_until: Date }[]>('previous_secret_until');
  return row?.previous_secret_until;
}

/** The signing secrets of all endpoints, by id, as they are kept. */
export async function listSealedSecrets(
  db: Knex,
  after: string | undefined,
  limit: number,
): Promise<{ id: string; secret: Buffer; previousSecret: Buffer | null }[]> {
  const rows = db<WebhookEndpointRow>('webhook_endpoints').orderBy('id').limit(limit);
  if (after !== undefined) rows.where('id', '>', after);
  return rows.select('id', 'secret', { previousSecret: 'previous_secret' });
}

/** The same secrets under another seal; changes nothing where `was` was rotated meanwhile. */
export async function replaceSealedSecrets(
  db: Knex,
  id: string,
  was: Buffer,
  { secret, previousSecret }: { secret?: Buffer | undefined; previousSecret?: Buffer | undefined },
): Promise<number> {
  return db('webhook_endpoints')
    .where({ id, secret: was })
    .update({ ...(secret && { secret }), ...(previousSecret && { previous_secret: previousSecret }) });
}
