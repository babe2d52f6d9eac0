import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Knex } from 'knex';
import type { Mode, VendorName } from './cluster.ts';
import type { Fact, Recorded } from './history.ts';

/** All the checker knows: what was written down while it happened, what the vendors charged, and the database at the end. */
export interface Evidence {
  facts: Recorded[];
  charges: { vendor: VendorName; mode: Mode; onDoubt: 'hold' | 'resend'; key: string | null; id: string }[];
  db: Knex;
  dataDir: string;
  /** The folder that holds the stored objects, each under its key. */
  mediaDir: string;
}

type Of<Type extends Fact['type']> = Extract<Recorded, { type: Type }>;

export const factsOf = <Type extends Fact['type']>({ facts }: Pick<Evidence, 'facts'>, type: Type): Of<Type>[] =>
  facts.filter((fact): fact is Of<Type> => fact.type === type);

const linesOf = async (file: string): Promise<string[]> =>
  (await readFile(file, 'utf8').catch(() => '')).split('\n').filter(Boolean);

export async function readEvidence(given: {
  history: string;
  vendors: { name: VendorName; mode: Mode; onDoubt: 'hold' | 'resend'; dir: string }[];
  db: Knex;
  dataDir: string;
  mediaDir: string;
}): Promise<Evidence> {
  const facts = (await linesOf(given.history)).map((line) => JSON.parse(line) as Recorded);
  const charges: Evidence['charges'] = [];
  for (const { name, mode, onDoubt, dir } of given.vendors) {
    const seen = new Set<string>();
    for (const line of await linesOf(join(dir, 'accepted.jsonl'))) {
      const { key, id } = JSON.parse(line) as { key: string | null; id: string };
      if (seen.has(id)) continue;
      seen.add(id);
      charges.push({ vendor: name, mode, onDoubt, key, id });
    }
  }
  return { facts, charges, db: given.db, dataDir: given.dataDir, mediaDir: given.mediaDir };
}
