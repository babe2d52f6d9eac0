import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse, parseAllDocuments } from 'yaml';

const root = fileURLToPath(new URL('../../', import.meta.url));
const text = (path: string) => readFileSync(`${root}${path}`, 'utf8');
const known = new Set([...text('.env.example').matchAll(/^#?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name));

interface Compose {
  services: Record<string, { environment?: Record<string, string>; command?: string[]; depends_on?: object }>;
}

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

  it('start what they wait for', () => {
    const compose: Compose = parse(text('deploy/compose.yaml'), { merge: true });
    for (const [name, { depends_on = {} }] of Object.entries(compose.services))
      for (const other of Object.keys(depends_on)) assert.ok(compose.services[other], `${name} waits for ${other}`);
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
