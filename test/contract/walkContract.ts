import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import {
  listOperations,
  type MediaContent,
  type OpenApiDocument,
  type OperationEntry,
  type OperationObject,
  openApiDocument,
  type ResponseObject,
  type Schema,
} from '../../src/contract/document.ts';

export type Placed<T> = [where: string, what: T];

const childrenOf = (schema: Schema): Placed<Schema>[] => [
  ...Object.entries(schema.properties ?? {}),
  ...(schema.oneOf ?? []).map((variant, index): Placed<Schema> => [`oneOf/${index}`, variant]),
  ...(schema.items ? [['items', schema.items as Schema] as Placed<Schema>] : []),
];

const withChildren = ([where, schema]: Placed<Schema>): Placed<Schema>[] => [
  [where, schema],
  ...childrenOf(schema).flatMap(([name, child]) => withChildren([`${where}/${name}`, child])),
];

/** Every schema that stands in the contract, with the place where it stands; references are not followed. */
export function allSchemas({ components }: OpenApiDocument): Placed<Schema>[] {
  const placed = (from: string, all: Record<string, { schema: Schema }>): Placed<Schema>[] =>
    Object.entries(all).map(([name, { schema }]) => [`#/components/${from}/${name}/schema`, schema]);
  const named = Object.entries(components.schemas).map(([n, s]): Placed<Schema> => [`#/components/schemas/${n}`, s]);
  return [...named, ...placed('parameters', components.parameters), ...placed('headers', components.headers)].flatMap(
    withChildren,
  );
}

/** Every schema a request can meet: bodies and parameters, references followed. */
export function requestSchemas(document: OpenApiDocument): Placed<Schema>[] {
  const { schemas, parameters } = document.components;
  const met = new Set<string>();
  const follow = ([where, schema]: Placed<Schema>): Placed<Schema>[] =>
    withChildren([where, schema]).flatMap((one): Placed<Schema>[] => {
      const name = one[1].$ref?.split('/').at(-1) ?? '';
      const target = schemas[name];
      if (!target) return [one];
      if (met.has(name)) return [];
      met.add(name);
      return follow([name, target]);
    });
  const bodies = allOperations(document).flatMap(({ operationId, requestBody }) =>
    Object.values(requestBody?.content ?? {}).map(({ schema }): Placed<Schema> => [operationId, schema]),
  );
  const given = Object.entries(parameters).map(([name, { schema }]): Placed<Schema> => [name, schema]);
  return [...bodies, ...given].flatMap(follow);
}

export function operationOf(document: OpenApiDocument, { path, method }: OperationEntry): OperationObject {
  const operation = document.paths[path]?.[method];
  if (!operation) throw new Error(`the contract has no ${method} ${path}`);
  return operation;
}

export const allOperations = (document: OpenApiDocument): OperationObject[] =>
  listOperations(document).map((entry) => operationOf(document, entry));

export function responseOf(document: OpenApiDocument, response: ResponseObject): ResponseObject {
  const name = response.$ref?.split('/').at(-1);
  return name === undefined ? response : (document.components.responses[name] ?? response);
}

export const examplesOf = ({ example, examples }: MediaContent): unknown[] =>
  example === undefined ? Object.values(examples ?? {}).map(({ value }) => value) : [example];

/** Every content of every request, answer and shared error response, with the operation or component it belongs to. */
export function allContents(document: OpenApiDocument): Placed<[type: string, content: MediaContent]>[] {
  const own = allOperations(document).flatMap(({ operationId, requestBody, responses }) =>
    [requestBody, ...Object.values(responses)].flatMap((part) =>
      Object.entries(part?.content ?? {}).map((entry): Placed<[string, MediaContent]> => [operationId, entry]),
    ),
  );
  const shared = Object.entries(document.components.responses).flatMap(([name, { content }]) =>
    Object.entries(content ?? {}).map((entry): Placed<[string, MediaContent]> => [name, entry]),
  );
  return [...own, ...shared];
}

/** Looks schemas up by their pointer (`#/components/…`) and compiles them the way the service's validator does. */
export function schemaFinder(
  document: OpenApiDocument = openApiDocument(),
  { defaults = false } = {},
): (pointer: string) => ValidateFunction {
  const ajv = new Ajv2020({ strict: false, useDefaults: defaults, validateSchema: false });
  addFormats.default(ajv);
  ajv.addFormat('binary', true).addFormat('int64', true).addFormat('password', true);
  ajv.addSchema(document, 'contract');
  return (pointer) => {
    const validate = ajv.getSchema(`contract${pointer}`);
    if (!validate) throw new Error(`the contract has no ${pointer}`);
    return validate;
  };
}
