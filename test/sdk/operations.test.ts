import assert from 'node:assert/strict';
import {
  listOperations,
  type OperationEntry,
  openApiDocument,
  type ResponseObject,
} from '../../src/contract/document.ts';
import { ids, methods } from './operations.ts';
import { DirectorAI } from './sdk.ts';

const contract = openApiDocument();
const token = 'eyJ.eyJ.c2ln';

/** The success the contract shows as an example, as a server would send it. */
function exampleOf({ path, method }: OperationEntry): { status: number; type: string; example: unknown } {
  const responses = Object.entries(contract.paths[path]?.[method]?.responses ?? {});
  const [status, response] = responses.find(([code]) => code.startsWith('2')) ?? assert.fail(`${path} has no success`);
  const [type, content] = Object.entries((response as ResponseObject).content ?? {})[0] ?? assert.fail(path);
  return { status: Number(status), type, example: content.example ?? Object.values(content.examples ?? {})[0]?.value };
}

const bodyOf = (type: string, example: unknown): string => {
  if (type === 'text/event-stream') return `id: 7\ndata: ${JSON.stringify(example)}\n\n`;
  return type === 'application/json' ? JSON.stringify(example) : 'bytes';
};

/** As it would be written to JSON; a `Date` is text again, a field that is not there is not there. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

/** A day without an hour is midnight by the clock here. */
const dayHere = (_: string, value: unknown): unknown => {
  const [, year, month, day] = (typeof value === 'string' && /^(\d{4})-(\d\d)-(\d\d)$/.exec(value)) || [];
  return year ? new Date(Number(year), Number(month) - 1, Number(day)).toISOString() : value;
};

function dataOf(type: string, example: unknown): unknown {
  if (type === 'text/event-stream') return { ...(example as object), id: 7 };
  const { data = null } = example as { data?: object | null };
  return data !== null && 'pageSize' in data ? { ...data, hasNext: false } : data;
}

async function ask(operation: OperationEntry) {
  const sent: Request[] = [];
  const { status, type, example } = exampleOf(operation);
  const fetch = async (url: string | URL | Request, init?: RequestInit) => {
    sent.push(new Request(url, init));
    return new Response(bodyOf(type, example), { status, headers: { 'content-type': type } });
  };
  const client = new DirectorAI({ baseUrl: 'https://films.example.com', token, fetch });
  const given: unknown = await methods[operation.operationId](client);
  const got = type === 'text/event-stream' ? (given as IteratorResult<unknown>).value : given;
  return { request: sent[0] ?? assert.fail('nothing was sent'), got, type, example };
}

describe('the SDK', () => {
  for (const operation of listOperations()) {
    const { operationId, method, path } = operation;
    it(`asks for ${operationId} and gives its data`, async () => {
      const { request, got, type, example } = await ask(operation);
      const places: string[] = Object.values(ids);
      const address = path.replace('{pauseScope}', 'tuzi').replace(/\{\w+\}/g, () => places.shift() ?? '');
      assert.equal(`${request.method} ${new URL(request.url).pathname}`, `${method.toUpperCase()} /api/v1${address}`);
      assert.equal(request.headers.get('authorization'), operation.public ? null : `Bearer ${token}`);
      assert.equal(request.headers.has('idempotency-key'), method === 'post');
      if (got instanceof Response) assert.equal(await got.text(), 'bytes');
      else assert.deepEqual(plain(got), JSON.parse(JSON.stringify(dataOf(type, example)), dayHere));
    });
  }
});
