import type { Content, Json } from './contract.ts';
import type { Converted, Entry, PostmanRequest } from './convert.ts';
import { type Expectation, pause, type Script, testsOf } from './scripts.ts';

/** One request of the collection: an operation, and what is special about asking for it here. */
export interface Ask extends Partial<Expectation> {
  id: string;
  name?: string;
  /** A JSON body instead of the contract's first example. */
  body?: Json | { raw: string } | undefined;
  path?: Record<string, string>;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  form?: Record<string, string>;
  method?: string;
  anonymous?: boolean;
}

export interface Item {
  name: string;
  event: Script[];
  request: PostmanRequest;
}

/** The contract's examples use these ids; in the collection they are what the flow has made. */
const exampleIds: Record<string, string> = {
  '02': 'conversationId',
  '03': 'taskId',
  '04': 'screenplayId',
  '05': 'sceneUuid',
  '06': 'characterSheetId',
  '07': 'mediaId',
  '08': 'stepId',
};
const exampleId = /01975f2e-8f10-7c3a-9a51-3b1f0c6d2e(\d\d)/g;

const withVariables = (text: string): string =>
  text.replace(exampleId, (id, kind: string) => (exampleIds[kind] ? `{{${exampleIds[kind]}}}` : id));

const exampleOf = ({ example, examples }: Content): Json => example ?? Object.values(examples ?? {})[0]?.value ?? {};
const isRaw = (body: Ask['body']): body is { raw: string } =>
  typeof body === 'object' && body !== null && !Array.isArray(body) && typeof body.raw === 'string';

function bodyOf({ operation }: Converted, ask: Ask): object | undefined {
  const { body } = operation;
  if (!body) return undefined;
  if (body.type === 'multipart/form-data')
    return { mode: 'formdata', formdata: [{ key: 'file', type: 'file', src: ask.form?.file ?? 'kitten.jpg' }] };
  if (body.type === 'application/x-www-form-urlencoded')
    return {
      mode: 'urlencoded',
      urlencoded: entriesOf(ask.form ?? (exampleOf(body.content) as Record<string, string>)),
    };
  const raw = isRaw(ask.body) ? ask.body.raw : JSON.stringify(ask.body ?? exampleOf(body.content), null, 2);
  return { mode: 'raw', raw: withVariables(raw), options: { raw: { language: 'json' } } };
}

const entriesOf = (values: Record<string, string>): Entry[] =>
  Object.entries(values).map(([key, value]) => ({ key, value: withVariables(value) }));

/** Optional headers and query parameters are shown, switched off, unless this request is about them. */
function parametersOf(entries: Entry[], wanted: Record<string, string> = {}): Entry[] {
  const shown = entries
    .filter(({ key }) => !/^(accept|content-type)$/i.test(key) && !(key in wanted))
    .map((entry) =>
      entry.key === 'Idempotency-Key' ? { ...entry, value: '{{$guid}}' } : { ...entry, value: '', disabled: true },
    );
  return [...shown.map(({ description: _, ...entry }) => entry), ...entriesOf(wanted)];
}

function requestOf(converted: Converted, ask: Ask): PostmanRequest {
  const { operation, request } = converted;
  const body = bodyOf(converted, ask);
  const json = operation.body?.type === 'application/json' && { 'Content-Type': 'application/json' };
  return {
    method: ask.method ?? request.method,
    description: request.description,
    url: {
      host: ['{{baseUrl}}'],
      path: request.url.path,
      query: parametersOf(request.url.query, ask.query),
      variable: request.url.variable.map(({ key }) => ({ key, value: ask.path?.[key] ?? `{{${key}}}` })),
    },
    header: parametersOf(request.header, { ...json, ...ask.headers }),
    ...(body && { body }),
    ...((operation.isPublic || ask.anonymous) && { auth: { type: 'noauth' } }),
  };
}

const successes = ({ operation }: Converted): number[] =>
  Object.keys(operation.answers)
    .map(Number)
    .filter((status) => status < 300);

/** A request with its tests; without word to the contrary it is the contract's example and has to succeed. */
export function itemOf(convert: (id: string) => Converted, ask: Ask): Item {
  const converted = convert(ask.id);
  const status = ask.status ?? successes(converted);
  return {
    name: ask.name ?? converted.name,
    event: [...(ask.until ? [pause(250)] : []), testsOf(converted.operation, { ...ask, status })],
    request: requestOf(converted, ask),
  };
}
