import type { Knex } from 'knex';
import { newId } from './ids.ts';
import { prepared } from './prepared.ts';
import { toUser, type User, type UserRow } from './users.ts';

const lifetime = "interval '30 days'";
/** However often it is renewed, a session ends this long after the login. */
const familyLifetime = "interval '90 days'";
/** So long after an exchange its answer may have been lost on the way, and the token be shown again. */
const grace = "interval '10 seconds'";

/** Opens a family: the first token carries the family's own id, and its row is the lock of the family. */
export async function openTokenFamily(db: Knex, userId: string, tokenHash: Buffer): Promise<string> {
  const familyId = newId();
  await db('refresh_tokens').insert({
    id: familyId,
    family_id: familyId,
    user_id: userId,
    token_hash: tokenHash,
    expires_at: db.raw(`now() + ${lifetime}`),
  });
  return familyId;
}

interface PresentedToken {
  id: string;
  user_id: string;
  family_id: string;
  spent: boolean;
  /** Spent a moment ago, so that it may be shown again. */
  excusable: boolean;
  usable: boolean;
}

export type Rotation =
  | { outcome: 'rotated'; userId: string; familyId: string }
  /** `familyId`: the token was shown a second time without excuse, so its whole family is revoked. */
  | { outcome: 'rejected'; familyId?: string; userId?: string };

/**
 * Exchanges a token for its successor. One whose answer was lost may be shown again within the grace, as long as nobody has used its
 * successor, which the new one then replaces: a family has one live token at most. Any other second use ends the family.
 */
export async function rotateToken(db: Knex, tokenHash: Buffer, successorHash: Buffer): Promise<Rotation> {
  const known = await db('refresh_tokens').where({ token_hash: tokenHash }).first<{ family_id: string }>('family_id');
  if (!known) return { outcome: 'rejected' };
  return db.transaction(async (trx) => {
    await lockFamily(trx, known.family_id);
    const token = await readToken(trx, tokenHash);
    if (!token || (!token.spent && !token.usable)) return { outcome: 'rejected' };
    const { user_id: userId, family_id: familyId } = token;
    const exchanged = token.usable ? await spend(trx, { id: token.id }) : await replaceSuccessor(trx, token);
    if (!exchanged) {
      await revoke(trx, familyId);
      return { outcome: 'rejected', familyId, userId };
    }
    await insertSuccessor(trx, token, successorHash);
    return { outcome: 'rotated', userId, familyId };
  });
}

/** Shown later, a token that was replaced is a second use like any other: two parties hold tokens of this family. */
async function replaceSuccessor(trx: Knex, { id, family_id, excusable }: PresentedToken): Promise<boolean> {
  return excusable && spend(trx, { family_id, predecessor_id: id });
}

/** True where there was one to be spent. */
async function spend(trx: Knex, which: object): Promise<boolean> {
  const unused = trx('refresh_tokens').where(which).whereNull('used_at').whereNull('revoked_at');
  return (await unused.update({ used_at: trx.fn.now() })) === 1;
}

async function lockFamily(trx: Knex, familyId: string): Promise<void> {
  await trx('refresh_tokens').where({ id: familyId }).forUpdate().first('id');
}

async function readToken(trx: Knex, tokenHash: Buffer): Promise<PresentedToken | undefined> {
  return trx('refresh_tokens as t')
    .join('users as u', 'u.id', 't.user_id')
    .where('t.token_hash', tokenHash)
    .first<PresentedToken | undefined>(
      't.id',
      't.user_id',
      't.family_id',
      trx.raw('t.used_at is not null and t.revoked_at is null as spent'),
      trx.raw(`t.used_at > now() - ${grace} and t.expires_at > now() and u.is_active as excusable`),
      trx.raw('t.used_at is null and t.revoked_at is null and t.expires_at > now() and u.is_active as usable'),
    );
}

/** The family's first row, spent as it is, lives on with its newest token: it is the lock, and knows when the session began and ends. */
async function insertSuccessor(trx: Knex, token: PresentedToken, tokenHash: Buffer): Promise<void> {
  const { rowCount } = await trx.raw<{ rowCount: number }>(
    `with head as (
       update refresh_tokens set expires_at = least(now() + ${lifetime}, created_at + ${familyLifetime})
       where id = ? returning *)
     insert into refresh_tokens (id, user_id, family_id, predecessor_id, token_hash, expires_at)
     select ?, user_id, id, ?, ?, expires_at from head`,
    [token.family_id, newId(), token.id, tokenHash],
  );
  if (rowCount !== 1) throw new Error('a session has lost its first token');
}

async function revoke(trx: Knex, familyId: string): Promise<void> {
  await trx('refresh_tokens')
    .where({ family_id: familyId })
    .whereNull('revoked_at')
    .update({ revoked_at: trx.fn.now() });
}

/** Ends a session: no token of it is good for anything any more. */
export async function revokeFamily(db: Knex, familyId: string): Promise<void> {
  await db.transaction(async (trx) => {
    await lockFamily(trx, familyId);
    await revoke(trx, familyId);
  });
}

/** Ends all sessions of a user: none is left, and none grows back from a token that was just being exchanged. */
export async function revokeAllSessions(trx: Knex, userId: string): Promise<void> {
  await trx('refresh_tokens')
    .where({ user_id: userId })
    .whereRaw('id = family_id')
    .orderBy('id')
    .forUpdate()
    .select('id');
  await trx('refresh_tokens').where({ user_id: userId }).whereNull('revoked_at').update({ revoked_at: trx.fn.now() });
  await trx('stream_tickets').where({ user_id: userId }).whereLike('granted_by', 'session:%').delete();
}

/** The user of a session that is neither over, nor revoked, nor of a disabled account; the family's first row knows. */
export async function findSessionUser(db: Knex, userId: string, familyId: string): Promise<User | undefined> {
  const [row] = await prepared<UserRow>(
    db,
    'findSessionUser',
    `select u.id, u.username, u.email, u.avatar_url, u.is_admin, u.created_at from users u where u.id = ? and u.is_active and exists (
       select from refresh_tokens t where t.id = ? and t.user_id = u.id and t.revoked_at is null and t.expires_at > now())`,
    [userId, familyId],
  );
  return row && toUser(row);
}
