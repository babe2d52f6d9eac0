import assert from 'node:assert/strict';
import { listOperations, type OperationEntry, openApiDocument } from '../../src/contract/document.ts';
import { examplesOf, operationOf, schemaFinder } from '../contract/walkContract.ts';
import { missingId } from '../operations/fixtures.ts';
import type { TestApp } from './testApp.ts';

export interface Answer {
  status: number;
  headers: Headers;
  /** Parsed where it is JSON. */
  body: Record<string, unknown>;
  text: string;
}

export interface Call {
  entry: OperationEntry;
  /** The content type of its body, if it takes one. */
  bodyType: string | undefined;
  /** The example of the contract. */
  example: Record<string, unknown> | undefined;
  /** True where the answer is JSON: no file, no stream. */
  json: boolean;
}

/** Every operation as the contract describes it. */
export function everyCall(): Call[] {
  const document = openApiDocument();
  return listOperations().map((entry) => {
    const { requestBody, responses } = operationOf(document, entry);
    const [bodyType, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
    const good = Object.entries(responses).find(([status]) => status < '300')?.[1];
    return {
      entry,
      bodyType,
      example: content && (structuredClone(examplesOf(content)[0]) as Record<string, unknown>),
      json: 'application/json' in (good?.content ?? {}),
    };
  });
}

/** The path with these ids in it, and one of nobody's where none is given. */
export const fillPath = (path: string, ids: Record<string, string> = {}): string =>
  `/api/v1${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? missingId)}`;

type Body = string | FormData | URLSearchParams | undefined;

/** The body of a request, encoded as the operation wants it. */
export function bodyOf({ bodyType }: Call, fields: Record<string, unknown> | undefined): Body {
  if (bodyType === undefined || fields === undefined) return undefined;
  if (bodyType === 'application/json') return JSON.stringify(fields);
  const form = bodyType === 'multipart/form-data' ? new FormData() : new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) form.append(name, String(value));
  return form;
}

/** Asks, and looks at what every answer of this service has. */
export async function ask(app: TestApp, path: string, init: RequestInit = {}): Promise<Answer> {
  const answer = await fetch(app.url + path, { ...init, redirect: 'manual', signal: AbortSignal.timeout(60_000) });
  const text = await answer.text();
  const { status, headers } = answer;
  assert.match(headers.get('x-request-id') ?? '', /^[\w.-]{1,128}$/, path);
  assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
  const type = headers.get('content-type') ?? '';
  if (status >= 400 && init.method !== 'HEAD') assert.match(type, /^application\/problem\+json/, `${path} ${status}`);
  const body = /json/.test(type) && text !== '' ? (JSON.parse(text) as Record<string, unknown>) : {};
  return { status, headers, body, text };
}

const isProblem = schemaFinder()('#/components/schemas/Problem');

/**
 * Asks for an operation with a token, and JSON as the content type where it takes that. That a failure is a problem which the
 * operation declares is looked at here: compiling all answers of all operations, as the app can, takes too long.
 */
export async function call(
  app: TestApp,
  given: Call,
  how: { path?: string; token?: string; headers?: Record<string, string>; body?: Body },
): Promise<Answer> {
  const { entry, bodyType } = given;
  const headers: Record<string, string> = { ...(how.token && { authorization: `Bearer ${how.token}` }) };
  if (typeof how.body === 'string' && bodyType) headers['content-type'] = bodyType;
  const answer = await ask(app, how.path ?? fillPath(entry.path), {
    method: entry.method.toUpperCase(),
    headers: { ...headers, ...how.headers },
    ...(how.body !== undefined && { body: how.body }),
  });
  const { responses } = operationOf(openApiDocument(), entry);
  assert.ok(String(answer.status) in responses, `${entry.operationId} does not declare ${answer.status}`);
  if (answer.status >= 400) assert.ok(isProblem(answer.body), answer.text);
  return answer;
}
