import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { fingerprint, fingerprintFile } from './fingerprint.ts';

if (!isDeepStrictEqual(JSON.parse(readFileSync(fingerprintFile, 'utf8')), fingerprint())) {
  process.stderr.write('The SDK is not what the contract says: run `npm run generate` and commit what it changes.\n');
  process.exit(1);
}
