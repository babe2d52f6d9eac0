import { Client } from 'pg';
import { superuser } from './cluster.ts';

const unknownDatabase = '3D000';
const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined);

export const databaseUrl = (port: number, password: string, database: string = superuser) =>
  `postgres://${superuser}:${password}@127.0.0.1:${port}/${database}`;

async function ask(url: string, question: string): Promise<unknown> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000, query_timeout: 15_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const answer = await client.query({ text: question, rowMode: 'array' });
    return answer.rows[0]?.[0];
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Makes our database on the first start. Answers the data directory of the server that listens there, which proves whose it is. */
export async function openDatabase(port: number, password: string): Promise<unknown> {
  const question = 'show data_directory';
  try {
    return await ask(databaseUrl(port, password), question);
  } catch (error) {
    if (codeOf(error) !== unknownDatabase) throw error;
    await ask(databaseUrl(port, password, 'postgres'), `create database ${superuser}`);
    return ask(databaseUrl(port, password), question);
  }
}
