import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { parse, parseAllDocuments } from 'yaml';
import { loadConfig, secretsOf } from '../../src/config.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const text = (path: string) => readFileSync(`${root}${path}`, 'utf8');
const known = new Set([...text('.env.example').matchAll(/^#?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name));

interface Compose {
  services: Record<string, Service>;
}

interface Service {
  image?: string;
  environment?: Record<string, string>;
  env_file?: { path: string; required: boolean }[];
  command?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test?: string[] };
}

/** What the containers decide, whatever `.env` says. */
const fixed = [
  ...['NODE_ENV', 'DATABASE_URL', 'PGPASSWORD', 'HOST', 'PORT', 'METRICS', 'METRICS_HOST', 'METRICS_PORT'],
  ...['TRUST_PROXY', 'DATA_DIR', 'STORAGE', 'S3_BUCKET', 'S3_REGION', 'S3_ENDPOINT', 'S3_PATH_STYLE'],
  ...['FFMPEG_PATH', 'FFPROBE_PATH'],
];

describe('the files of deploy/', () => {
  it('name only settings that there are', () => {
    const compose: Compose = parse(text('deploy/compose.yaml'), { merge: true });
    const composed = ['api-1', 'api-2', 'worker-1', 'worker-2', 'migrate'].flatMap((name) =>
      Object.keys(compose.services[name]?.environment ?? {}),
    );
    const kustomization: { configMapGenerator: { literals: string[] }[] } = parse(
      text('deploy/kubernetes/kustomization.yaml'),
    );
    const mapped = kustomization.configMapGenerator.flatMap(({ literals }) =>
      literals.map((pair) => pair.split('=')[0]),
    );
    const imaged = [...text('deploy/Dockerfile').matchAll(/\b([A-Z][A-Z_]+)=/g)].map(([, name]) => name);
    assert.ok(composed.length > 0 && mapped.length > 0 && imaged.length > 0);
    for (const name of [...composed, ...mapped, ...imaged]) assert.ok(known.has(name), name);
  });

  it('hand the service every setting of .env, save those that the containers decide', () => {
    const composed = text('deploy/compose.yaml');
    const { services }: Compose = parse(composed, { merge: true });
    const ours = Object.entries(services).filter(([, { image }]) => image === 'directorai');
    assert.equal(ours.length, 5);
    for (const [name, { environment = {}, env_file }] of ours) {
      assert.deepEqual(env_file, [{ path: '../.env', required: false }], name);
      const decided = Object.keys(environment).filter((key) => !environment[key]?.includes(`\${${key}:`));
      assert.deepEqual(decided.toSorted(), fixed.toSorted(), name);
    }
    const read = [...composed.matchAll(/\$\{([A-Z0-9_]+):/g)].map(([, name = '']) => name);
    for (const name of read) assert.ok(known.has(name), `${name} is in .env.example`);
  });

  it('take a password of any characters', () => {
    const { services }: Compose = parse(text('deploy/compose.yaml'), { merge: true });
    const { DATABASE_URL, PGPASSWORD } = services['api-1']?.environment ?? {};
    assert.match(PGPASSWORD ?? '', /^\$\{POSTGRES_PASSWORD:\?\}$/);
    assert.ok(!DATABASE_URL?.includes('$'));
    const password = 'p@ss/w:o%r?d#1 漫';
    const config = loadConfig({ DATABASE_URL, PGPASSWORD: password });
    const client = new Client({ connectionString: config.databaseUrl });
    assert.deepEqual([client.password, client.host], [password, 'postgres']);
    assert.ok(secretsOf(config).includes(password));
    const written = 'postgres://directorai:in-the-address@postgres:5432/directorai';
    assert.equal(loadConfig({ DATABASE_URL: written, PGPASSWORD: password }).databaseUrl, written);
  });

  it('start what they wait for', () => {
    const compose: Compose = parse(text('deploy/compose.yaml'), { merge: true });
    for (const [name, { depends_on = {} }] of Object.entries(compose.services))
      for (const other of Object.keys(depends_on)) assert.ok(compose.services[other], `${name} waits for ${other}`);
    for (const { depends_on = {} } of Object.values(compose.services))
      for (const [other, { condition }] of Object.entries(depends_on)) {
        const there = compose.services[other];
        if (condition === 'service_healthy' && there?.image !== 'directorai')
          assert.ok(there?.healthcheck?.test, other);
      }
    const nodes = [...text('deploy/nginx.conf').matchAll(/server (\S+):8080/g)].map(([, node = '']) => node);
    assert.deepEqual(nodes, ['api-1', 'api-2']);
    for (const node of nodes) assert.deepEqual(compose.services[node]?.command, ['api']);
  });

  it('are whole YAML, each Kubernetes object with a kind and a name, all listed', () => {
    const kustomization: { resources: string[] } = parse(text('deploy/kubernetes/kustomization.yaml'));
    const files = globSync('*.yaml', { cwd: `${root}deploy/kubernetes` }).filter(
      (file) => file !== 'kustomization.yaml',
    );
    assert.deepEqual(files.toSorted(), kustomization.resources.toSorted());
    for (const file of files) {
      for (const document of parseAllDocuments(text(`deploy/kubernetes/${file}`))) {
        assert.deepEqual(document.errors, [], file);
        const object: { kind?: string; metadata?: { name?: string } } = document.toJS();
        assert.ok(object.kind && object.metadata?.name, file);
      }
    }
  });

  it('raise no alarm that the operations page does not explain', () => {
    const page = text('docs/operations.md');
    for (const [, alert = ''] of text('deploy/prometheus/alerts.yaml').matchAll(/alert: (\w+)/g))
      assert.ok(page.includes(`\`${alert}\``), alert);
  });
});
