import type { Json, JsonObject } from './contract.ts';

/** Formats that the validator inside Postman knows; it refuses a schema with any other. */
const knownFormats = new Set(['date-time', 'date', 'email', 'uri', 'uuid']);

function translate(value: Json): Json {
  if (Array.isArray(value)) return value.map(translate);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value)
    .filter(
      ([name, inner]) => !['description', 'example', 'examples', 'discriminator'].includes(name) || isSchema(inner),
    )
    .filter(([name, inner]) => name !== 'format' || knownFormats.has(String(inner)))
    .map(([name, inner]) => [name, name === '$ref' ? toDefinition(String(inner)) : translate(inner)]);
  return Object.fromEntries(entries);
}

/** A property may be called `description` too; then it holds a schema, not a text. */
const isSchema = (inner: Json | undefined) =>
  inner !== null && typeof inner === 'object' && !Array.isArray(inner) && ('type' in inner || '$ref' in inner);
const toDefinition = (ref: string) => ref.replace('#/components/schemas/', '#/definitions/');

/** The contract's schemas in the dialect of Postman's validator (JSON Schema draft 7). */
export const definitionsOf = (schemas: JsonObject): JsonObject => translate(schemas) as JsonObject;
