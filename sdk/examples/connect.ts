import { ConflictError, DirectorAI } from '@directorai/sdk';

const baseUrl = process.env.DIRECTORAI_URL ?? 'http://localhost:8080';
const account = { username: 'example', email: 'example@example.com', password: 'an example needs no secret' };

/** A client with your key (`DIRECTORAI_API_KEY`), or of an account that the examples share. */
export async function connect(): Promise<DirectorAI> {
  const apiKey = process.env.DIRECTORAI_API_KEY;
  if (apiKey) return new DirectorAI({ baseUrl, apiKey });
  const client = new DirectorAI({ baseUrl, email: account.email, password: account.password });
  await client.auth.register(account).catch((error: unknown) => {
    if (!(error instanceof ConflictError)) throw error;
  });
  return client;
}
