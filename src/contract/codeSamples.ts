import { type MediaContent, type OpenApiDocument, type OperationObject, openApiDocument } from './document.ts';

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
export function curlSample(method: string, path: string, operation: OperationObject): CodeSample {
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

/** The contract as the reference shows it: with a sample of every call. */
export function documentWithSamples(document: OpenApiDocument = openApiDocument()): OpenApiDocument {
  const paths = Object.entries(document.paths).map(([path, item]) => {
    const operations = Object.entries(item).map(([method, operation]) => [
      method,
      operation.operationId ? { ...operation, 'x-codeSamples': [curlSample(method, path, operation)] } : operation,
    ]);
    return [path, Object.fromEntries(operations)];
  });
  return { ...document, paths: Object.fromEntries(paths) };
}
