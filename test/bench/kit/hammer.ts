import type { Load } from 'autocannon';
import { Pool } from 'undici';

export interface Hammered {
  seconds: number;
  /** Of each request, in ms. */
  latencies: number[];
}

/** Asks again and again over so many connections, each for the next as soon as it has an answer, and takes the time of each to the microsecond. */
export async function hammer(
  { url, method = 'GET', headers = {}, body }: Pick<Load, 'url' | 'method' | 'headers' | 'body'>,
  { connections, amount }: { connections: number; amount: number },
): Promise<Hammered> {
  const { origin, pathname, search } = new URL(url);
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const latencies: number[] = [];
  let left = amount;
  const from = performance.now();
  const lane = async () => {
    while (left > 0) {
      left -= 1;
      const asked = performance.now();
      const answer = await pool.request({ path: pathname + search, method, headers, ...(body && { body }) });
      const text = await answer.body.text();
      if (answer.statusCode >= 300) throw new Error(`${method} ${pathname}: ${answer.statusCode} ${text}`);
      latencies.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: connections }, lane));
  const seconds = (performance.now() - from) / 1000;
  await pool.close();
  return { seconds, latencies };
}
