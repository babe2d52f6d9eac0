import type { ContractOperation } from './contract.ts';

export interface Script {
  listen: 'prerequest' | 'test';
  script: { type: 'text/javascript'; exec: string[] };
}

const script = (listen: Script['listen'], exec: string[]): Script => ({
  listen,
  script: { type: 'text/javascript', exec },
});

/** Runs after every request of the collection. */
export const sharedTests = (): Script =>
  script('test', [
    "pm.test('carries X-Request-Id', () => pm.response.to.have.header('X-Request-Id'));",
    'if (pm.response.code >= 400) {',
    "  pm.test('tells a failure as problem+json', () => {",
    "    pm.expect(pm.response.headers.get('Content-Type')).to.include('application/problem+json');",
    '    const problem = pm.response.json();',
    '    pm.expect(problem.status).to.equal(pm.response.code);',
    "    pm.expect(problem.requestId).to.equal(pm.response.headers.get('X-Request-Id'));",
    '  });',
    '}',
  ]);

export interface Expectation {
  status: number[];
  /** Variables to keep out of the answer: name → path, as `data.id`. */
  keep?: Record<string, string>;
  /** Asks again until this path holds one of these values. */
  until?: { path: string; values: string[] };
  /** Further lines of the test script. */
  more?: string[];
}

const at = (path: string) =>
  `pm.response.json()${path
    .split('.')
    .map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`))
    .join('')}`;

function schemaTest({ operationId, answers }: ContractOperation, status: number): string[] {
  const answer = answers[status];
  if (!answer) return [];
  return [
    `if (pm.response.code === ${status}) pm.test('${operationId} keeps to ${answer.schema}', () => {`,
    `  const definitions = JSON.parse(pm.collectionVariables.get('schemas'));`,
    `  pm.response.to.have.jsonSchema({ $ref: '#/definitions/${answer.schema}', definitions });`,
    '});',
  ];
}

/** Status and schema of the answer, what to keep of it, and whether to ask again. */
export function testsOf(operation: ContractOperation, { status, keep = {}, until, more = [] }: Expectation): Script {
  const first = status[0];
  return script('test', [
    `pm.test('${operation.operationId} answers ${status.join(' or ')}', () => pm.expect(pm.response.code).to.be.oneOf([${status.join(', ')}]));`,
    ...status.flatMap((one) => schemaTest(operation, one)),
    ...Object.entries(keep).map(
      ([name, path]) => `if (pm.response.code === ${first}) pm.collectionVariables.set('${name}', ${at(path)});`,
    ),
    ...more,
    ...(until ? askAgain(until) : []),
  ]);
}

function askAgain({ path, values }: NonNullable<Expectation['until']>): string[] {
  return [
    `const seen = ${at(path)};`,
    "const asked = Number(pm.collectionVariables.get('asked') || 0) + 1;",
    "pm.collectionVariables.set('asked', asked);",
    `if (!${JSON.stringify(values)}.includes(seen) && asked < 200) pm.execution.setNextRequest(pm.info.requestName);`,
    "else pm.collectionVariables.set('asked', 0);",
    `if (asked >= 200) pm.test('${path} comes to an end', () => pm.expect.fail(seen));`,
  ];
}

/** Waits a moment, so that asking again is not hammering. */
export const pause = (ms: number): Script => script('prerequest', [`setTimeout(() => {}, ${ms});`]);
