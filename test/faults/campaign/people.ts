import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../random.ts';
import type { Cluster } from './cluster.ts';

export interface Reply {
  status: number;
  data: Record<string, unknown>;
  tries: number;
}

/** A person whose requests go to either node and are repeated until some node answers. */
export interface Person {
  id: string;
  token: string;
  call(method: string, path: string, body?: object, key?: string): Promise<Reply>;
}

const patienceMs = 120_000;
/** Then the other node is asked: this one may be frozen. */
const answerWithinMs = 8_000;

/** One request, again and again while nobody answers or the answer is 503; anything else is recorded for the checker. */
async function persist(
  cluster: Cluster,
  request: { method: string; path: string; headers: Record<string, string>; body?: string },
): Promise<Reply> {
  const { path, body, ...init } = request;
  const until = Date.now() + patienceMs;
  for (let tries = 1; ; tries += 1) {
    const node = cluster.apis[tries % cluster.apis.length];
    try {
      const answer = await fetch(`${node?.url}${path}`, {
        ...init,
        ...(body !== undefined && { body }),
        signal: AbortSignal.timeout(answerWithinMs),
      });
      const text = await answer.text();
      const parsed = JSON.parse(text) as { code?: number; data?: Record<string, unknown> };
      const retryAfter = answer.headers.get('retry-after');
      if (answer.status >= 500) {
        const what = `${init.method} ${path}`;
        cluster.history.record({ type: 'answer', what, status: answer.status, retryAfter, code: parsed.code ?? null });
      }
      const inFlight = answer.status === 409 && retryAfter !== null;
      if (answer.status !== 503 && !inFlight) return { status: answer.status, data: parsed.data ?? {}, tries };
    } catch (error) {
      if (Date.now() > until) throw error;
    }
    if (Date.now() > until) throw new Error(`${init.method} ${path} had no answer within ${patienceMs} ms`);
    await delay(Math.min(1_000, 50 * tries));
  }
}

export async function join(cluster: Cluster, name: string): Promise<Person> {
  const json = { 'content-type': 'application/json' };
  const account = { username: name, email: `${name}@example.com`, password: 'correct horse battery staple' };
  const register = { method: 'POST', path: '/auth/register', headers: json, body: JSON.stringify(account) };
  const { data } = await persist(cluster, register);
  const token = String(data.token);
  return {
    id: String(data.userId),
    token,
    call(method, path, body, key) {
      const headers = {
        authorization: `Bearer ${token}`,
        ...(body && json),
        ...(key !== undefined && { 'idempotency-key': key }),
      };
      return persist(cluster, { method, path, headers, ...(body && { body: JSON.stringify(body) }) });
    },
  };
}

const idea = { sceneCount: 2, characterCount: 1, sceneSeconds: 5 };

export type OrderType = 'screenplay' | 'image' | 'video' | 'film';

function anyType(random: Random): OrderType {
  const kind = random.next();
  if (kind < 0.5) return 'screenplay';
  if (kind < 0.8) return 'image';
  return kind < 0.95 ? 'video' : 'film';
}

/** The prompt carries the key, so that the database tells how often an order was taken. */
function orderOf(type: OrderType, key: string): object {
  const prompt = `${key} 一只想看海的小猫`;
  const params = { screenplay: idea, film: idea, image: {}, video: { seconds: 5 } }[type];
  return { type, params: { prompt, ...params } };
}

/** Orders one thing, under a key that makes repeating it safe. */
export async function order(cluster: Cluster, random: Random, person: Person, wish?: OrderType): Promise<void> {
  const key = randomUUID();
  const body = orderOf(wish ?? anyType(random), key);
  const { status, data, tries } = await person.call('POST', '/tasks', body, key);
  const taskId = typeof data.id === 'string' ? data.id : null;
  cluster.history.record({ type: 'ordered', user: person.id, key, status, taskId, tries });
}
