import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { parse } from 'yaml';
import { makeDataDir } from '../support/dataDir.ts';
import { run } from './tools.ts';

const deploy = fileURLToPath(new URL('../../deploy/', import.meta.url));

describe('the files of deploy/ by the schemas of those who read them', function () {
  this.timeout(60_000);
  let dir: string;
  before(async () => {
    dir = await makeDataDir('schemas');
  });
  after(() => rm(dir, { recursive: true, force: true }));

  it('are what Kubernetes takes, once kustomize has put them together', async () => {
    const built = await run('kustomize', ['build', join(deploy, 'kubernetes')]);
    assert.equal(built.code, 0, built.printed);
    const check = async (name: string, text: string) => {
      await writeFile(join(dir, name), text);
      return run('kubernetes-validate', ['--strict', '--no-warn', join(dir, name)]);
    };
    const good = await check('good.yaml', built.printed);
    assert.equal(good.code, 0, good.printed);
    for (const object of ['deployment/api', 'deployment/worker', 'job/migrate', 'horizontalpodautoscaler/worker'])
      assert.match(good.printed, new RegExp(`passed for resource ${object}`));
    for (const [right, wrong] of [
      ['replicas: 2', 'replicas: two'],
      ['readinessProbe:', 'readynessProbe:'],
    ] as const) {
      assert.ok(built.printed.includes(right));
      assert.notEqual((await check('bad.yaml', built.printed.replace(right, wrong))).code, 0, 'it would notice');
    }
  });

  it('are what compose takes', () => {
    const path = process.env.COMPOSE_SCHEMA;
    assert.ok(
      path,
      'Set COMPOSE_SCHEMA to schema/compose-spec.json of the Go module github.com/compose-spec/compose-go/v2.',
    );
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    formats.default(ajv);
    const valid = ajv.compile<object>(JSON.parse(readFileSync(path, 'utf8')));
    const compose = parse(readFileSync(join(deploy, 'compose.yaml'), 'utf8'), { merge: true });
    assert.ok(valid(compose), JSON.stringify(valid.errors));
    assert.ok(!valid({ ...compose, services: { api: { image: 'x', stop_grace: '60s' } } }), 'it would notice');
  });
});
