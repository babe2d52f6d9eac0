import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { documentWithSamples } from '../../src/contract/codeSamples.ts';
import { type HttpMethod, listOperations, openApiDocument } from '../../src/contract/document.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const compiler = here('../../node_modules/typescript/bin/tsc');
const options = '--noEmit --strict --skipLibCheck --module nodenext --target es2024 --lib es2024,dom'.split(' ');

function sourceOf(path: string, method: HttpMethod): string {
  const operation = documentWithSamples().paths[path]?.[method];
  assert.ok(operation);
  return (operation as object as { 'x-codeSamples': { source: string }[] })['x-codeSamples'][1]?.source ?? '';
}

/** What a parameter of the path takes: one of a few words, or any string. */
function typeOf(name: string): string {
  const { schemas } = openApiDocument().components;
  const [, schema] = Object.entries(schemas).find(([title]) => title.toLowerCase() === name.toLowerCase()) ?? [];
  const words = (schema as { enum?: string[] } | undefined)?.enum;
  return words?.map((word) => `'${word}'`).join(' | ') ?? 'string';
}

/** All samples of the SDK as one module, each in a function of its own. */
function moduleOfSamples(): string {
  const operations = listOperations();
  const ids = new Set(operations.flatMap(({ path }) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')));
  return [
    `import { DirectorAI } from '${here('../../sdk/dist/index.js')}';`,
    "const client = new DirectorAI({ token: 'x' });",
    ...[...ids].map((name) => `declare const ${name}: ${typeOf(name)};`),
    ...operations.map(
      ({ path, method, operationId }) => `export async function ${operationId}() {\n${sourceOf(path, method)}\n}`,
    ),
  ].join('\n');
}

describe('the samples of the SDK in the reference', () => {
  it('compile', async function () {
    this.timeout(60_000);
    const folder = await mkdtemp(join(tmpdir(), 'directorai-samples-'));
    try {
      const file = join(folder, 'samples.mts');
      await writeFile(file, moduleOfSamples());
      const result = await promisify(execFile)(process.execPath, [compiler, ...options, file], { cwd: folder }).catch(
        (error: { stdout: string }) => error,
      );
      assert.equal(result.stdout, '');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
