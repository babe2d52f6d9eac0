import type { Knex } from 'knex';
import { v7 } from 'uuid';

/** An account nobody can log in to; answers its id. */
export async function addUser(db: Knex, username = 'ada'): Promise<string> {
  const id = v7();
  await db('users').insert({ id, username, email: `${username}@example.com`, password_hash: '' });
  return id;
}

/** A task row without steps; answers its id. */
export async function addTask(db: Knex, userId: string, type = 'film'): Promise<string> {
  const id = v7();
  await db('tasks').insert({ id, user_id: userId, type, status: 'processing' });
  return id;
}
