import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fingerprint, fingerprintFile } from './fingerprint.ts';

const root = fileURLToPath(new URL('.', import.meta.url));
const generated = `${root}src/generated`;
const jar = `${root}../.ogcache/7.25.0.jar`;
const jarSha256 = '41ce4f6b07f196676439d710759fa1ced7a08066d06ff1bf314681470289efae';

/** Its wrapper takes the folder from npm's variables where there are any, and need not search for versions. */
const env = { ...process.env, PWD: root, INIT_CWD: root, OPENAPI_GENERATOR_CLI_SEARCH_URL: 'DEFAULT' };
const generator = (...args: string[]) =>
  execFileSync('openapi-generator-cli', args, { cwd: root, stdio: 'inherit', env });

function checkJar(): void {
  const sha256 = createHash('sha256').update(readFileSync(jar)).digest('hex');
  if (sha256 === jarSha256) return;
  rmSync(jar);
  throw new Error(`the generator's jar has the checksum ${sha256}, expected ${jarSha256}; it was removed`);
}

// The download comes first, so that nothing unchecked is ever run.
generator('version-manager', 'set', '7.25.0');
checkJar();
rmSync(generated, { recursive: true, force: true });
generator('generate', '--generator-key', 'sdk');
for (const name of ['.openapi-generator', '.openapi-generator-ignore']) {
  rmSync(`${generated}/${name}`, { recursive: true, force: true });
}
writeFileSync(fingerprintFile, `${JSON.stringify(fingerprint(), null, 2)}\n`);
