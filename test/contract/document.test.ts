import assert from 'node:assert/strict';
import { listOperations, openApiDocument, type Schema } from '../../src/contract/document.ts';
import { defaultedQuery } from '../../src/contract/operation.ts';
import { errors } from '../../src/errors.ts';
import { stepKinds, taskTypes } from '../../src/film/glossary.ts';
import {
  allContents,
  allOperations,
  allSchemas,
  examplesOf,
  type Placed,
  requestSchemas,
  responseOf,
  schemaFinder,
} from './walkContract.ts';

const document = openApiDocument();
const operations = allOperations(document);
const schemas = allSchemas(document);

/** Names the places where a rule is broken, so that a failure says what to mend. */
const holdsEverywhere = <T>(all: Placed<T>[], rule: (what: T) => boolean): void =>
  assert.deepEqual(
    all.filter(([, what]) => !rule(what)).map(([where]) => where),
    [],
  );

const has = (schema: Schema, ...keywords: string[]): boolean => keywords.every((keyword) => keyword in schema);
const typed = (...types: string[]): Placed<Schema>[] =>
  schemas.filter(([, { type }]) => [type ?? []].flat().some((one) => types.includes(one)));

describe('every schema', () => {
  it('bounds the length of its strings', () => {
    holdsEverywhere(typed('string'), (s) => has(s, 'maxLength') || has(s, 'enum') || has(s, 'const'));
  });
  it('bounds its numbers on both sides', () => {
    holdsEverywhere(typed('integer', 'number'), (s) => has(s, 'minimum', 'maximum') || has(s, 'enum'));
  });
  it('bounds its arrays and says what is in them', () => {
    holdsEverywhere(typed('array'), (s) => has(s, 'maxItems', 'items'));
  });
  it('is closed where it is an object, or a bounded map of texts', () => {
    const isMap = (s: Schema) => has(s, 'maxProperties') && typeof s.additionalProperties === 'object';
    holdsEverywhere(typed('object'), (s) => (has(s, 'properties') ? s.additionalProperties === false : isMap(s)));
  });
  it('has a type, refers to one or is a choice of them', () => {
    holdsEverywhere(schemas, (s) => has(s, 'type') || has(s, '$ref') || has(s, 'oneOf'));
  });
  it('keeps clear of what the generators get wrong', () => {
    const traps = ['allOf', 'anyOf', 'not', 'prefixItems', 'uniqueItems', 'patternProperties', 'nullable'];
    holdsEverywhere(schemas, (s) => traps.every((trap) => !(trap in s)));
  });
  it('has its own example accepted where it is a parameter or a header', () => {
    const { parameters, headers } = document.components;
    const find = schemaFinder();
    for (const [kind, all] of Object.entries({ parameters, headers })) {
      holdsEverywhere(Object.entries(all), (one) => 'example' in one);
      for (const [name, one] of Object.entries(all)) {
        assert.ok('example' in one && find(`#/components/${kind}/${name}/schema`)(one.example), `${kind}/${name}`);
      }
    }
  });
});

describe('every pattern', () => {
  const patterns = schemas.flatMap(([where, { pattern }]): Placed<string>[] =>
    typeof pattern === 'string' ? [[where, pattern]] : [],
  );
  const outsideClasses = (pattern: string): string => pattern.replaceAll(/\[(?:\\.|[^\]])*\]/g, 'C');

  const plain = (p: string) => p.startsWith('^') && p.endsWith('$') && !/[()|]/.test(outsideClasses(p));

  it('is anchored and has no groups, so that no quantifier is nested', () => {
    assert.ok(patterns.length > 10);
    holdsEverywhere(patterns, plain);
  });
  it('reads a hostile string of 100,000 characters in no time', () => {
    const hostile = [' ', 'a', '\t', '\u3000', '-', '!'].map((one) => `${one.repeat(100_000)}\u0000`);
    const started = performance.now();
    holdsEverywhere(patterns, (p) => !plain(p) || hostile.every((text) => !new RegExp(p, 'u').test(text)));
    assert.ok(performance.now() - started < 5000);
  });
  it('guards every text a request can hold against NUL and control characters', () => {
    const texts = requestSchemas(document).filter(([, { type }]) => type === 'string');
    const shaped = ['uuid', 'email', 'binary', 'date-time'];
    assert.ok(texts.length >= 25);
    holdsEverywhere(
      texts,
      (s) => has(s, 'pattern') || has(s, 'enum') || has(s, 'const') || shaped.includes(`${s.format}`),
    );
    const refusesNul = ({ pattern }: Schema) =>
      typeof pattern !== 'string' || !new RegExp(pattern, 'u').test('a\u0000');
    holdsEverywhere(texts, refusesNul);
  });
});

describe('every operation', () => {
  const placed = operations.map((operation): Placed<typeof operation> => [operation.operationId, operation]);

  it('has an id of its own, a known tag, a summary and a description', () => {
    assert.equal(new Set(operations.map(({ operationId }) => operationId)).size, operations.length);
    holdsEverywhere(
      placed,
      ({ tags, summary, description }) => tags.length === 1 && summary !== '' && description.endsWith('.'),
    );
  });
  it('shows an example of each request and each answer that is not a file', () => {
    const files = (type: string) => /^(image|video|text\/vtt)|^application\/(octet-stream|x-subrip|zip)/.test(type);
    holdsEverywhere(allContents(document), ([type, content]) => files(type) || examplesOf(content).length > 0);
  });
  it('answers every failure with a problem', () => {
    for (const { operationId, responses } of operations) {
      for (const [status, response] of Object.entries(responses).filter(([s]) => s >= '400')) {
        const { content = {} } = responseOf(document, response);
        assert.deepEqual(Object.keys(content), ['application/problem+json'], `${operationId} ${status}`);
      }
    }
  });
  it('declares the failures its shape makes possible', () => {
    for (const { method, path, operationId, tag, public: open } of listOperations()) {
      const { requestBody, parameters, responses } = document.paths[path]?.[method] ?? {};
      const idempotent = parameters?.some(({ $ref }) => $ref.endsWith('/IdempotencyKey'));
      const expected = ['400', '406', '500', ...(open ? [] : ['401']), ...(path.includes('{') ? ['404'] : [])];
      expected.push(
        ...(tag === 'system' ? [] : ['429', '503']),
        ...(requestBody ? ['413', '415'] : []),
        ...(idempotent ? ['409', '422'] : []),
      );
      for (const status of expected) assert.ok(responses && status in responses, `${operationId} lacks ${status}`);
    }
  });
  it('is open to strangers only where this list says so', () => {
    const open = listOperations().filter((operation) => operation.public);
    assert.deepEqual(
      open.map(({ operationId }) => operationId),
      ['registerUser', 'loginUser', 'refreshSession', 'getLiveness', 'getReadiness'],
    );
  });
  it('takes a ticket or a signature in place of a token only where this list says so', () => {
    const other = operations.flatMap(({ operationId, security = [] }) =>
      security.flatMap((one) => Object.keys(one).map((scheme) => `${operationId} ${scheme}`)),
    );
    assert.deepEqual(
      other.filter((one) => !one.endsWith(' bearerAuth')),
      [
        'streamTaskEvents streamTicket',
        'streamEvents streamTicket',
        'getMediaContent mediaSignature',
        'getMediaThumbnail mediaSignature',
      ],
    );
  });
});

describe('every example', () => {
  it('is valid by its schema', () => {
    const find = schemaFinder();
    for (const [where, [, content]] of allContents(document)) {
      const validate = find(content.schema.$ref ?? 'an inline schema');
      for (const example of examplesOf(content)) {
        assert.ok(validate(structuredClone(example)), `${where}: ${JSON.stringify(validate.errors)}`);
      }
    }
  });
  it('of a problem has the number, status, name and words of the catalogue', () => {
    const catalogue = [
      ...[
        errors.invalid(),
        errors.malformedJson(),
        errors.unauthenticated(),
        errors.tokenExpired(),
        errors.wrongCredentials(),
      ],
      ...[
        errors.refreshRejected(),
        errors.forbidden(),
        errors.notFound('task'),
        errors.notAcceptable('application/json'),
      ],
      ...[
        errors.emailTaken(),
        errors.usernameTaken(),
        errors.wrongState('task', 'completed'),
        errors.idempotencyInFlight(),
      ],
      ...[
        errors.overBudget('maxCost'),
        errors.quotaReached('active tasks', 20),
        errors.tooLarge('256 KiB'),
        errors.unsupportedMediaType('text/plain'),
      ],
      ...[
        errors.rangeNotSatisfiable(182044),
        errors.idempotencyReused(),
        errors.rateLimited(12),
        errors.internal(),
        errors.unavailable(),
      ],
    ].map(({ code, status, key, message }) => `${code} ${status} urn:directorai:problem:${key} ${message}`);
    const shown = Object.values(document.components.responses).flatMap(({ content }) =>
      Object.values(content ?? {}).flatMap(examplesOf),
    ) as { code: number; status: number; type: string; title: string }[];
    assert.deepEqual(shown.map((one) => `${one.code} ${one.status} ${one.type} ${one.title}`).sort(), catalogue.sort());
  });
});

describe('the contract and the code', () => {
  it('agree on task types and step kinds', () => {
    const { TaskType, StepKind, TaskCreate } = document.components.schemas;
    assert.deepEqual(TaskType?.enum, taskTypes);
    assert.deepEqual(StepKind?.enum, stepKinds);
    assert.deepEqual(Object.keys(TaskCreate?.discriminator?.mapping ?? {}), taskTypes);
  });
  it('agree on which query parameters handlers always see', () => {
    const defaulted = Object.values(document.components.parameters).filter(
      (one) => one.in === 'query' && 'default' in one.schema,
    );
    assert.deepEqual(defaulted.map(({ name }) => name).sort(), [...defaultedQuery].sort());
  });
  it('agree on which operations own their response', () => {
    const owned = operations.filter(
      ({ responses }) => !Object.entries(responses).some(([s, r]) => s < '300' && r.content?.['application/json']),
    );
    assert.deepEqual(
      owned.map(({ operationId }) => operationId),
      ['streamTaskEvents', 'streamEvents', 'exportScreenplay', 'getMediaContent', 'getMediaThumbnail'],
    );
  });
});
