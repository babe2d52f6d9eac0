import type { Knex } from 'knex';
import { prepared } from './prepared.ts';

export interface User {
  id: string;
  username: string;
  /** In lower case. */
  email: string;
  avatarUrl: string | null;
  isAdmin: boolean;
  createdAt: Date;
}

export interface NewUser {
  id: string;
  username: string;
  email: string;
  passwordHash: string;
  isAdmin: boolean;
}

export interface UserRow {
  id: string;
  username: string;
  email: string;
  password_hash: string;
  avatar_url: string | null;
  is_active: boolean;
  is_admin: boolean;
  tasks_at_once: number | null;
  created_at: Date;
  updated_at: Date;
}

const columns = ['id', 'username', 'email', 'avatar_url', 'is_admin', 'created_at'] as const;

export const toUser = (row: Pick<UserRow, (typeof columns)[number]>): User => ({
  id: row.id,
  username: row.username,
  email: row.email,
  avatarUrl: row.avatar_url,
  isAdmin: row.is_admin,
  createdAt: row.created_at,
});

/** Stores an account, or names what of it is taken already. */
export async function insertUser(db: Knex, user: NewUser): Promise<User | 'email' | 'username'> {
  const [row] = await db<UserRow>('users')
    .insert({
      id: user.id,
      username: user.username,
      email: user.email,
      password_hash: user.passwordHash,
      is_admin: user.isAdmin,
    })
    .onConflict()
    .ignore()
    .returning(columns);
  if (row) return toUser(row);
  return (await isEmailTaken(db, user.email)) ? 'email' : 'username';
}

async function isEmailTaken(db: Knex, email: string): Promise<boolean> {
  return (await db<UserRow>('users').where({ email }).first('id')) !== undefined;
}

/** An account that may still be used. */
export async function findActiveUser(db: Knex, id: string): Promise<User | undefined> {
  const [row] = await prepared<UserRow>(
    db,
    'findActiveUser',
    'select id, username, email, avatar_url, is_admin, created_at from users where id = ? and is_active',
    [id],
  );
  return row && toUser(row);
}

/** What a login is checked against; undefined for an unknown or disabled account. */
export async function findCredentials(
  db: Knex,
  email: string,
): Promise<{ userId: string; passwordHash: string } | undefined> {
  const row = await db<UserRow>('users').where({ email, is_active: true }).first('id', 'password_hash');
  return row && { userId: row.id, passwordHash: row.password_hash };
}

/** The hash an account's own password is checked against; undefined for one that was closed. */
export async function findPasswordHash(db: Knex, id: string): Promise<string | undefined> {
  const row = await db<UserRow>('users').where({ id, is_active: true }).first('password_hash');
  return row?.password_hash;
}

type LockedUser = Pick<UserRow, 'password_hash' | 'avatar_url' | 'is_active' | 'tasks_at_once'>;

/**
 * Keeps the account as it is answered until the transaction ends, and lets one such transaction of a user through at a time. The lock leaves
 * the key alone, so that workers writing rows of this user never wait for it.
 */
export async function lockUser(trx: Knex, id: string): Promise<LockedUser | undefined> {
  const [row] = await prepared<LockedUser>(
    trx,
    'lockUser',
    'select password_hash, avatar_url, is_active, tasks_at_once from users where id = ? for no key update',
    [id],
  );
  return row;
}

/** True, and so until the transaction ends, while this is the password of an account that may be used. */
export async function holdPassword(trx: Knex, id: string, passwordHash: string): Promise<boolean> {
  const user = await lockUser(trx, id);
  return user?.is_active === true && user.password_hash === passwordHash;
}

/** The account under its new name, or 'taken'. */
export async function renameUser(db: Knex, id: string, username: string): Promise<User | 'taken' | undefined> {
  try {
    const [row] = await db<UserRow>('users')
      .where({ id, is_active: true })
      .update({ username, updated_at: db.fn.now() })
      .returning(columns);
    return row && toUser(row);
  } catch (error) {
    if ((error as { constraint?: string }).constraint === 'users_username_key') return 'taken';
    throw error;
  }
}

/** Shows this picture as the account's own from now on, or none; answers the address of the one before. */
export async function setAvatarUrl(trx: Knex, id: string, avatarUrl: string | null): Promise<string | null> {
  const before = await lockUser(trx, id);
  await trx<UserRow>('users').where({ id }).update({ avatar_url: avatarUrl, updated_at: trx.fn.now() });
  return before?.avatar_url ?? null;
}

/** Nobody gets in any more, and e-mail and username are free again; what else there is of it goes afterwards. */
export async function closeAccount(trx: Knex, id: string): Promise<void> {
  await trx('users')
    .where({ id })
    .update({
      is_active: false,
      is_admin: false,
      closed_at: trx.fn.now(),
      updated_at: trx.fn.now(),
      username: `closed-${id}`,
      email: `closed-${id}@invalid`,
      password_hash: '',
      avatar_url: null,
    });
}

/** Accounts with these e-mails become administrators; nobody stops being one. Answers the e-mails nobody has registered yet. */
export async function makeAdmins(db: Knex, emails: readonly string[]): Promise<string[]> {
  if (emails.length === 0) return [];
  await db('users').whereIn('email', emails).where({ is_admin: false }).update({ is_admin: true });
  const registered = new Set(await db('users').whereIn('email', emails).pluck<string[]>('email'));
  return emails.filter((email) => !registered.has(email));
}

export async function setPasswordHash(db: Knex, id: string, passwordHash: string): Promise<void> {
  await db('users').where({ id }).update({ password_hash: passwordHash, updated_at: db.fn.now() });
}
