import assert from 'node:assert/strict';
import { openApiDocument } from '../../src/contract/document.ts';
import { adminOnly } from '../../src/operations/admin/index.ts';
import { type Answer, ask, bodyOf, type Call, call, everyCall, fillPath } from './contractCalls.ts';
import { useApp } from './testApp.ts';

/** Whatever is added to the contract is asked these questions too, without a line here. */
describe('every operation of the contract', () => {
  // An administrator, to whom everything is open.
  const app = useApp({ users: ['ada', 'bob'], config: { adminEmails: ['ada@example.com'] } });
  const calls = everyCall();
  const token = () => app.sessionOf('ada').token;

  const expect = async (which: Call[], [status, code]: [number, number], asked: (given: Call) => Promise<Answer>) => {
    assert.ok(which.length > 0);
    const wrong = await Promise.all(
      which.map(async (given) => {
        const answer = await asked(given);
        const right = answer.status === status && answer.body.code === code;
        return right ? [] : `${given.entry.operationId}: ${answer.status} ${answer.text.slice(0, 200)}`;
      }),
    );
    assert.deepEqual(wrong.flat(), []);
  };
  const pointers = ({ body }: Answer) => (body.errors as { pointer: string }[]).map(({ pointer }) => pointer);

  it('asks for a token, unless it is public', async () => {
    const closed = calls.filter(({ entry }) => !entry.public);
    await expect(closed, [401, 2000], (given) => call(app, given, {}));
    const nonsense = { authorization: 'Bearer dai_nothing' };
    await expect(closed, [401, 2000], (given) => call(app, given, { headers: nonsense }));
    for (const given of calls.filter(({ entry }) => entry.public)) {
      assert.notEqual((await call(app, given, {})).status, 401, given.entry.operationId);
    }
  });

  it('answers 403 to who is no administrator, and to every API key, before it looks at anything else', async () => {
    const closed = calls.filter(({ entry }) => entry.tag === 'admin');
    assert.deepEqual(closed.map(({ entry }) => entry.operationId).sort(), [...adminOnly].sort());
    assert.ok(closed.every(({ entry }) => entry.path.startsWith('/admin/')));
    const bob = app.sessionOf('bob').token;
    const { body } = await app.as('ada').post('/api/v1/users/me/api-keys').send({ name: 'of an administrator' });
    for (const stranger of [bob, body.data.key]) {
      await expect(closed, [403, 2003], (given) => call(app, given, { token: stranger }));
      await expect(closed, [403, 2003], (given) => {
        const path = `${fillPath(given.entry.path, { userId: 'x', stepId: 'x', pauseScope: 'x' })}?surprise=1`;
        return call(app, given, { token: stranger, path, body: given.bodyType && '{' });
      });
    }
  });

  it('takes its own methods, and says with 405 and with OPTIONS which those are', async () => {
    for (const [path, item] of Object.entries(openApiDocument().paths)) {
      const own = Object.keys(item).map((method) => method.toUpperCase());
      const options = await ask(app, fillPath(path), { method: 'OPTIONS' });
      assert.equal(options.status, 204, path);
      const allow = new Set(options.headers.get('allow')?.split(', '));
      assert.deepEqual([...allow].filter((method) => !['HEAD', 'OPTIONS'].includes(method)).sort(), own.sort(), path);
      const others = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) => !allow.has(method));
      for (const method of others) {
        const answer = await ask(app, fillPath(path), { method, headers: { authorization: `Bearer ${token()}` } });
        assert.equal(answer.status, 405, `${method} ${path}`);
        assert.equal(answer.headers.get('allow'), options.headers.get('allow'));
        if (method !== 'HEAD') assert.equal(answer.body.code, 3001);
      }
    }
  });

  it('answers 406 to who takes no form it has', async () => {
    const headers = { accept: 'model/vrml' };
    const plain = calls.filter(({ json, entry }) => json || entry.operationId === 'streamEvents');
    await expect(plain, [406, 1002], (given) => call(app, given, { headers, token: token() }));
  });

  it('answers 415 to a body of another type', async () => {
    const headers = { 'content-type': 'text/plain' };
    const taking = calls.filter(({ bodyType }) => bodyType !== undefined);
    await expect(taking, [415, 1002], (given) => call(app, given, { headers, token: token(), body: 'x' }));
  });

  it('answers 400 to a query parameter it does not know', async () => {
    await expect(calls, [400, 1000], async (given) => {
      const path = `${fillPath(given.entry.path)}?surprise=1`;
      const answer = await call(app, given, { path, token: token(), body: bodyOf(given, given.example) });
      if (!given.bodyType?.startsWith('multipart'))
        assert.ok(pointers(answer).includes('/query/surprise'), `${given.entry.operationId} ${answer.text}`);
      return answer;
    });
  });

  it('answers 400 to a field it does not know, whatever it is called', async () => {
    const taking = calls.filter(({ bodyType }) => bodyType !== undefined && !bodyType.startsWith('multipart'));
    for (const field of ['surprise', 'isAdmin', '__proto__']) {
      // A form drops that name before anybody sees it.
      const which = field === '__proto__' ? taking.filter(({ bodyType }) => bodyType === 'application/json') : taking;
      await expect(which, [400, 1000], async (given) => {
        const fields = Object.fromEntries([...Object.entries(given.example ?? {}), [field, 1]]);
        const answer = await call(app, given, { token: token(), body: bodyOf(given, fields) });
        assert.ok(pointers(answer).includes(`/body/${field}`), `${given.entry.operationId} ${answer.text}`);
        return answer;
      });
    }
  });

  it('answers 400 to an id that is none', async () => {
    const placed = calls.filter(({ entry }) => entry.path.includes('{'));
    await expect(placed, [400, 1000], async (given) => {
      const [, name = ''] = /\{(\w+)\}/.exec(given.entry.path) ?? [];
      const path = fillPath(given.entry.path, { [name]: 'nonsense' });
      const answer = await call(app, given, { path, token: token(), body: bodyOf(given, given.example) });
      assert.ok(pointers(answer).includes(`/path/${name}`), answer.text);
      return answer;
    });
  });

  it('takes an Idempotency-Key where it makes or buys something', () => {
    const without = calls.filter(({ entry }) => {
      const { parameters = [] } = openApiDocument().paths[entry.path]?.post ?? {};
      return entry.method === 'post' && !parameters.some(({ $ref }) => $ref.endsWith('/IdempotencyKey'));
    });
    const sessions = [
      'registerUser',
      'loginUser',
      'refreshSession',
      'logoutUser',
      'createStreamTicket',
      'changePassword',
    ];
    assert.deepEqual(
      without.map(({ entry }) => entry.operationId).sort(),
      // These open or end sessions, hand out what expires, or change a state to one that asking twice does not change further.
      [
        ...sessions,
        'cancelTask',
        'cancelTurn',
        'completeUpload',
        'confirmScreenplay',
        'estimateTask',
        'startUpload',
      ].sort(),
    );
  });
});
