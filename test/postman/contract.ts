import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };

export interface Content {
  schema: JsonObject;
  example?: Json;
  examples?: Record<string, { value: Json }>;
}

export interface ContractOperation {
  operationId: string;
  method: string;
  path: string;
  tag: string;
  isPublic: boolean;
  body?: { type: string; content: Content };
  /** The schema of each answer by its status, as a reference into the components. */
  answers: Record<string, { type: string; schema: string } | undefined>;
}

export interface Contract {
  text: string;
  tags: string[];
  operations: ContractOperation[];
  schemas: JsonObject;
}

interface RawAnswer {
  $ref?: string;
  content?: Record<string, { schema: { $ref?: string } }>;
}
interface RawOperation {
  operationId: string;
  tags: [string];
  security?: [];
  requestBody?: { content: Record<string, Content> };
  responses: Record<string, RawAnswer>;
}
interface RawContract {
  tags: { name: string }[];
  paths: Record<string, Record<string, RawOperation>>;
  components: { schemas: JsonObject; responses: Record<string, RawAnswer> };
}

const methods = ['get', 'put', 'post', 'patch', 'delete'];
const nameOf = (ref = ''): string => ref.slice(ref.lastIndexOf('/') + 1);

function answersOf(operation: RawOperation, shared: Record<string, RawAnswer>): ContractOperation['answers'] {
  const entries = Object.entries(operation.responses).map(([status, answer]) => {
    const { content = {} } = answer.$ref ? (shared[nameOf(answer.$ref)] ?? {}) : answer;
    const [type, media] = Object.entries(content).find(([name]) => /json/.test(name)) ?? [];
    return [status, type && media?.schema.$ref ? { type, schema: nameOf(media.schema.$ref) } : undefined];
  });
  return Object.fromEntries(entries);
}

function toOperation(path: string, method: string, raw: RawOperation, contract: RawContract): ContractOperation {
  const [body] = Object.entries(raw.requestBody?.content ?? {});
  return {
    operationId: raw.operationId,
    method: method.toUpperCase(),
    path,
    tag: raw.tags[0],
    isPublic: raw.security?.length === 0,
    ...(body && { body: { type: body[0], content: body[1] } }),
    answers: answersOf(raw, contract.components.responses),
  };
}

/** openapi.yaml as the collection needs it. */
export async function readContract(): Promise<Contract> {
  const text = await readFile(new URL('../../openapi.yaml', import.meta.url), 'utf8');
  const raw = parse(text) as RawContract;
  const operations = Object.entries(raw.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => methods.includes(method))
      .map(([method, operation]) => toOperation(path, method, operation, raw)),
  );
  return { text, tags: raw.tags.map(({ name }) => name), operations, schemas: raw.components.schemas };
}
