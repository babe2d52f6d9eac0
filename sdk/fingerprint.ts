import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('.', import.meta.url));

/** Where the hashes of the last generation are kept. */
export const fingerprintFile = `${root}generated.json`;

export interface Fingerprint {
  /** SHA-256 of what the SDK is generated from. */
  contract: string;
  /** SHA-256 over every generated file, by name. */
  generated: string;
}

/** Hashes the contract with the generator's settings, and the generated files: equal hashes need no Java to be believed. */
export function fingerprint(): Fingerprint {
  return {
    contract: hashOf(['../openapi.yaml', 'openapitools.json']),
    generated: hashOf(globSync('src/generated/**/*.ts', { cwd: root }).sort()),
  };
}

function hashOf(files: string[]): string {
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(readFileSync(root + file))
      .update('\0');
  return hash.digest('hex');
}
