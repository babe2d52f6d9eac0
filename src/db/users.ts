import type { Knex } from 'knex';

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
  created_at: Date;
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

export async function isEmailTaken(db: Knex, email: string): Promise<boolean> {
  return (await db<UserRow>('users').where({ email }).first('id')) !== undefined;
}

/** An account that may still be used. */
export async function findActiveUser(db: Knex, id: string): Promise<User | undefined> {
  const row = await db<UserRow>('users')
    .where({ id, is_active: true })
    .first(...columns);
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

export async function setPasswordHash(db: Knex, id: string, passwordHash: string): Promise<void> {
  await db('users').where({ id }).update({ password_hash: passwordHash, updated_at: db.fn.now() });
}
