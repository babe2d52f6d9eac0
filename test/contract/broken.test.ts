import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { CORE_SCHEMA, load } from 'js-yaml';
import { listOperations, type OpenApiDocument } from '../../src/contract/document.ts';

const here = (path: string) => new URL(path, import.meta.url);
const form = /^(GET|PUT|POST|PATCH|DELETE) (\/\S*) .+ (docs\/decisions\/\d{4}-[\w-]+\.md)$/;

/** What is wrong with an excuse: it has to name a page that speaks of the operation. */
function faultOf(line: string): string | undefined {
  const [, method, path, page] = form.exec(line) ?? [];
  if (!method || !path || !page) return `names no page: ${line}`;
  if (!existsSync(here(`../../${page}`))) return `names a page that is not there: ${line}`;
  return readFileSync(here(`../../${page}`), 'utf8').includes(`${method} ${path}`)
    ? undefined
    : `${page} is silent on it`;
}

describe('what was broken on purpose', () => {
  it('names the page that says why, line by line', () => {
    const lines = readFileSync(here('brokenOnPurpose.txt'), 'utf8').split('\n');
    const excuses = lines.filter((line) => line !== '' && !line.startsWith('#'));
    assert.deepEqual(
      excuses.flatMap((line) => faultOf(line) ?? []),
      [],
    );
    const page = 'docs/decisions/0013-what-was-broken-on-purpose.md';
    assert.equal(faultOf(`GET /events the response body was restructured ${page}`), undefined);
    assert.match(faultOf('GET /events the response body was restructured') ?? '', /names no page/);
    assert.match(faultOf(`GET /events it was restructured ${page.replace('13', '99')}`) ?? '', /is not there/);
    assert.match(faultOf(`GET /tasks it was restructured ${page}`) ?? '', /is silent/);
  });

  it('is measured against a contract that has nearly every operation', () => {
    const released = load(readFileSync(here('released.yaml'), 'utf8'), { schema: CORE_SCHEMA }) as OpenApiDocument;
    const known = new Set(listOperations(released).map(({ operationId }) => operationId));
    const fresh = listOperations().filter(({ operationId }) => !known.has(operationId));
    assert.ok(fresh.length <= listOperations().length / 10, `refresh released.yaml: it misses ${fresh.length}`);
  });
});
