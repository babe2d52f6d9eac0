import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * How many others asked for this very body before: 0 for the first, and always the same for one that asks again. A single append is one
 * write at the end of the file, so processes that share the folder agree on the order.
 */
export async function variantOf(dir: string, bodyHash: string, asker: string): Promise<number> {
  const file = join(dir, 'bodies', bodyHash);
  await appendFile(file, `${asker}\n`);
  const askers = (await readFile(file, 'utf8')).split('\n');
  return [...new Set(askers)].indexOf(asker);
}
