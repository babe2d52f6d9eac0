import assert from 'node:assert/strict';
import { missingId } from '../operations/fixtures.ts';
import { bodyOf, type Call, call, everyCall, fillPath } from './contractCalls.ts';
import { useApp } from './testApp.ts';
import { worldOf } from './world.ts';

const namesIn = ({ entry }: Call): string[] => [...entry.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');

describe('what is somebody else’s', () => {
  const app = useApp({ users: ['ada', 'bob'], config: { adminEmails: ['ada@example.com'] } });
  const placed = everyCall().filter((given) => namesIn(given).length > 0);
  let hers: Record<string, string>;
  let his: Record<string, string>;
  before(async () => {
    [hers, his] = await Promise.all([worldOf(app, 'ada'), worldOf(app, 'bob')]);
  });

  /** What bob is answered, all but the id of his request. */
  const asked = async (given: Call, ids: Record<string, string>) => {
    const path = fillPath(given.entry.path, ids);
    const { token } = app.sessionOf('bob');
    const { status, text } = await call(app, given, { path, token, body: bodyOf(given, given.example) });
    return { operation: given.entry.operationId, status, text: text.replace(/"requestId":"[^"]+"/, '') };
  };

  it('is known to this test, whatever has an id', () => {
    const unknown = placed.flatMap(namesIn).filter((name) => !(name in hers));
    assert.deepEqual(unknown, [], 'world.ts has to make one of these');
  });

  it('is answered in the bytes of what does not exist', async () => {
    for (const given of placed) {
      const foreign = await asked(given, hers);
      // What is for administrators is closed whatever is there.
      assert.equal(foreign.status, given.entry.tag === 'admin' ? 403 : 404, `${foreign.operation} ${foreign.text}`);
      assert.deepEqual(foreign, await asked(given, {}));
    }
  });

  it('does not open by way of one’s own parent', async () => {
    const nested = placed.filter((given) => namesIn(given).length > 1);
    assert.ok(nested.length > 5);
    for (const given of nested) {
      for (const depth of namesIn(given).keys()) {
        if (depth === 0) continue;
        const mixed = (child: Record<string, string>) =>
          Object.fromEntries(namesIn(given).map((name, at) => [name, (at < depth ? his : child)[name] ?? missingId]));
        const foreign = await asked(given, mixed(hers));
        assert.equal(foreign.status, 404, `${foreign.operation} ${foreign.text}`);
        assert.deepEqual(foreign, await asked(given, mixed({})));
      }
    }
  });

  it('is still there afterwards, and its owner’s', async () => {
    const reads = placed.filter(({ entry, json }) => entry.method === 'get' && json);
    for (const given of reads) {
      const path = fillPath(given.entry.path, hers);
      const { status, text } = await call(app, given, { path, token: app.sessionOf('ada').token });
      assert.equal(status, 200, `${given.entry.operationId} ${text}`);
    }
  });
});
