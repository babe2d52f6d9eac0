import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CORE_SCHEMA, load } from 'js-yaml';
import type { OperationId } from './operation.ts';

const httpMethods = ['get', 'put', 'post', 'delete', 'patch'] as const;
export type HttpMethod = (typeof httpMethods)[number];

/** A JSON Schema as it stands in the contract; only the keywords that code here looks at are named. */
export interface Schema {
  [keyword: string]: unknown;
  $ref?: string;
  type?: string | string[];
  required?: string[];
  properties?: Record<string, Schema>;
  oneOf?: Schema[];
  discriminator?: { propertyName: string; mapping: Record<string, string> };
}

export interface Parameter {
  name: string;
  in: 'query' | 'header' | 'path';
  required?: boolean;
  schema: Schema;
}

export interface MediaContent {
  schema: Schema;
  example?: unknown;
  examples?: Record<string, { value: unknown }>;
}

export interface ResponseObject {
  $ref?: string;
  description: string;
  headers?: Record<string, { $ref: string }>;
  content?: Record<string, MediaContent>;
}

export interface OperationObject {
  operationId: OperationId;
  tags: [string];
  summary: string;
  description: string;
  security?: Record<string, []>[];
  parameters?: { $ref: string }[];
  requestBody?: { required: boolean; content: Record<string, MediaContent> };
  responses: Record<string, ResponseObject>;
}

export interface OpenApiDocument {
  openapi: string;
  info: { title: string; version: string; description: string };
  servers: [{ url: string }];
  security: Record<string, []>[];
  paths: Record<string, Partial<Record<HttpMethod, OperationObject>>>;
  /** What is sent, not asked. */
  webhooks?: object;
  components: {
    schemas: Record<string, Schema>;
    parameters: Record<string, Parameter>;
    responses: Record<string, ResponseObject>;
    headers: Record<string, { schema: Schema }>;
    securitySchemes: Record<string, { type: 'http'; scheme: string } | { type: 'apiKey'; name: string; in: 'query' }>;
  };
}

export interface OperationEntry {
  operationId: OperationId;
  method: HttpMethod;
  /** Without the prefix of `servers`, parameters in braces: `/tasks/{taskId}`. */
  path: string;
  tag: string;
  /** True where no access token is needed. */
  public: boolean;
}

export const documentPath = fileURLToPath(new URL('../../openapi.yaml', import.meta.url));

let parsed: OpenApiDocument | undefined;

/** The contract, read once per process; to be read, not changed. */
export function openApiDocument(): OpenApiDocument {
  parsed ??= load(readFileSync(documentPath, 'utf8'), { schema: CORE_SCHEMA }) as OpenApiDocument;
  return parsed;
}

/** Every operation of the contract, in the order of the document. */
export function listOperations(document: OpenApiDocument = openApiDocument()): OperationEntry[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    httpMethods.flatMap((method) => {
      const operation = item[method];
      if (!operation) return [];
      const { operationId, tags, security } = operation;
      return [{ operationId, method, path, tag: tags[0], public: security?.length === 0 }];
    }),
  );
}
