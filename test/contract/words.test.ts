import assert from 'node:assert/strict';
import { listOperations, openApiDocument, type Schema } from '../../src/contract/document.ts';
import { operationOf } from './walkContract.ts';

const document = openApiDocument();
const { schemas } = document.components;
const named = /Task|Screenplay|Scene|Media|Webhook|Usage|Spending|Take|Upload/;
const plain = /^(code|message|data|page|pageSize|total|items|id|createdAt|updatedAt|title|type|prompt|style)$/;

function isDescribed(schema: Schema): boolean {
  if (typeof schema.description === 'string') return true;
  return schema.$ref !== undefined && isDescribed(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {});
}

describe('the words of the contract', () => {
  it('say what a property is wherever its name does not', () => {
    const silent = Object.entries(schemas).flatMap(([name, { properties = {} }]) =>
      Object.entries(properties)
        .filter(([property, schema]) => named.test(name) && !plain.test(property) && !isDescribed(schema))
        .map(([property]) => `${name}.${property}`),
    );
    assert.deepEqual(silent, silent.filter(explainsItself));
  });

  it('end where they were meant to: in braces, YAML takes what follows a comma for the name of something else', () => {
    const cut: string[] = [];
    const walk = (value: unknown, place: string): void => {
      if (typeof value !== 'object' || value === null) return;
      for (const [name, inner] of Object.entries(value)) {
        if (inner === null && name.includes(' ')) cut.push(`${place}: ${name}`);
        walk(inner, `${place}/${name}`);
      }
    };
    walk(document, '');
    assert.deepEqual(cut, []);
  });

  it('name every POST that takes no Idempotency-Key', () => {
    const [, guide = ''] = document.info.description.split('# Idempotency');
    for (const entry of listOperations().filter(({ method }) => method === 'post')) {
      const keyed = operationOf(document, entry).parameters?.some(({ $ref }) => $ref.endsWith('/IdempotencyKey'));
      const mentioned = guide.split('# Limits')[0]?.includes(`\`${entry.operationId}\``) ?? false;
      assert.equal(mentioned, !keyed, entry.operationId);
    }
  });

  it('have every code of the problems in the table of errors', () => {
    const [, guide = ''] = document.info.description.split('# Errors');
    const rows = [...guide.matchAll(/^\| (\d{4}) \| ([^|]+) \|/gm)].map(([, code, statuses]) => [code, statuses]);
    const problems = Object.values(document.components.responses).flatMap(({ content }) =>
      Object.values(content ?? {}).flatMap(({ examples }) => Object.values(examples ?? {})),
    ) as { value: { code: number; status: number } }[];
    assert.ok(problems.length > 15);
    for (const { value } of problems) {
      if (!('status' in value)) continue;
      const row = rows.find(([code]) => code === String(value.code));
      assert.ok(row?.[1]?.includes(String(value.status)), `${value.code} ${value.status}`);
    }
  });
});

const explainsItself = (property: string): boolean =>
  /\.(taskId|screenplayId|scene(Uuid)?s?|conversationId|status|kind|name|description|content|images|step|stage|user\w*|aspectRatio|progress|tasks|pending|processing|completed|failed|cancelled|taskType|event)$/.test(
    property,
  );
