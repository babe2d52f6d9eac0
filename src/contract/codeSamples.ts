import { inspect } from 'node:util';
import { type MediaContent, type OpenApiDocument, type OperationObject, openApiDocument } from './document.ts';
import type { OperationId } from './operation.ts';
import { sdkMethods } from './sdkMethods.ts';

export interface CodeSample {
  lang: string;
  label: string;
  source: string;
}

const exampleOf = ({ example, examples }: MediaContent): unknown => example ?? Object.values(examples ?? {})[0]?.value;

/** Safe between single quotes of a POSIX shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

function bodyLines({ requestBody }: OperationObject): string[] {
  const [body] = Object.entries(requestBody?.content ?? {});
  if (!body) return [];
  const [type, content] = body;
  const example = exampleOf(content);
  if (type === 'multipart/form-data') return ["-F 'file=@kitten.jpg'"];
  if (type !== 'application/json')
    return Object.entries(example ?? {}).map(([name, value]) => `--data-urlencode ${quoted(`${name}=${value}`)}`);
  return ["-H 'Content-Type: application/json'", `-d ${quoted(JSON.stringify(example))}`];
}

/** How an operation is called from a shell, with the contract's own example. */
function curlSample(method: string, path: string, operation: OperationObject): CodeSample {
  const address = `"$API${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => `$${name}`)}"`;
  const isPublic = operation.security?.length === 0;
  const download = !Object.keys(operation.responses['200']?.content ?? { 'application/json': 0 }).includes(
    'application/json',
  );
  const streams = Object.keys(operation.responses['200']?.content ?? {}).includes('text/event-stream');
  const lines = [
    `curl ${streams ? '-N ' : ''}${method === 'get' ? '' : `-X ${method.toUpperCase()} `}${address}`,
    ...(isPublic ? [] : ['-H "Authorization: Bearer $TOKEN"']),
    ...bodyLines(operation),
    ...(download && !streams ? ['-o file'] : []),
  ];
  return { lang: 'Shell', label: 'curl', source: lines.join(' \\\n  ') };
}

/** The body as the SDK's method takes it, where that is not the body as a whole. */
const sdkBodies: Partial<Record<OperationId, (body: Record<string, unknown>) => unknown>> = {
  refreshSession: ({ refreshToken }) => refreshToken,
  deleteCurrentUser: ({ password }) => password,
  reorderScenes: ({ sceneIds }) => sceneIds,
  loginUser: ({ username: email, password }) => ({ email, password }),
};

/** As JavaScript; the SDK takes times as dates. */
const literal = (value: unknown): string =>
  inspect(value, { depth: null, breakLength: 100 }).replaceAll(/'\d{4}-\d\d-\d\dT[\d:.]+Z'/g, 'new Date($&)');

function sdkArguments(path: string, { operationId, requestBody }: OperationObject): string[] {
  const ids = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const [body] = Object.entries(requestBody?.content ?? {});
  if (!body) return ids;
  if (body[0] === 'multipart/form-data') return [...ids, "'kitten.jpg'"];
  const example = exampleOf(body[1]) as Record<string, unknown>;
  return [...ids, literal(sdkBodies[operationId]?.(example) ?? example)];
}

/** Needed and without a default: a period has a beginning. */
const sdkQueries: Partial<Record<OperationId, string>> = {
  getAnalyticsTimeline: "{ from: new Date('2026-11-01') }",
};

/** How an operation is called with the SDK, with the contract's own example. */
function sdkSample(path: string, operation: OperationObject): CodeSample {
  const { operationId, responses } = operation;
  const query = sdkQueries[operationId];
  const call = `client.${sdkMethods[operationId]}(${[...sdkArguments(path, operation), ...(query ? [query] : [])].join(', ')})`;
  const streams = Object.keys(responses['200']?.content ?? {}).includes('text/event-stream');
  const iterates =
    streams || (operationId.startsWith('list') && !['listApiKeys', 'listModels', 'listPauses'].includes(operationId));
  const source = iterates
    ? `for await (const ${streams ? 'event' : 'item'} of ${call}) {\n  console.log(${streams ? 'event' : 'item'});\n}`
    : `console.log(await ${call});`;
  return { lang: 'TypeScript', label: 'SDK', source };
}

/** The contract as the reference shows it: with a sample of every call. */
export function documentWithSamples(document: OpenApiDocument = openApiDocument()): OpenApiDocument {
  const paths = Object.entries(document.paths).map(([path, item]) => {
    const operations = Object.entries(item).map(([method, operation]) => [
      method,
      operation.operationId
        ? { ...operation, 'x-codeSamples': [curlSample(method, path, operation), sdkSample(path, operation)] }
        : operation,
    ]);
    return [path, Object.fromEntries(operations)];
  });
  return { ...document, paths: Object.fromEntries(paths) };
}
