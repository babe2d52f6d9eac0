import { type OpenApiDocument, openApiDocument, type Schema } from './document.ts';

/**
 * The contract as the request validator should read it: each `oneOf` of objects becomes an `if`/`then`/`else` chain.
 *
 * It accepts the same requests, but only the variant that was meant is looked at: defaults of other variants are not filled in
 * (ajv fills them while it tries, and the next variant then refuses them as unknown fields), and a fault points into the
 * variant meant instead of listing what every variant missed. A fresh copy each time, since the validator changes what it is given.
 */
export function validatorDocument(
  document: OpenApiDocument = openApiDocument(),
  { answers = true }: { answers?: boolean } = {},
): OpenApiDocument {
  const copy = withoutProse(structuredClone(document));
  if (!answers) forgetAnswers(copy);
  const { schemas } = copy.components;
  for (const [name, schema] of Object.entries(schemas)) {
    schemas[name] = chainOf(schema, schemas) ?? schema;
  }
  return copy;
}

/** Words and examples tell a validator nothing, but ajv walks through the whole document once for each operation. */
function withoutProse<T>(value: T, within = ''): T {
  if (Array.isArray(value)) return value.map((item) => withoutProse(item)) as T;
  if (value === null || typeof value !== 'object') return value;
  const isMap = ['properties', 'schemas', 'responses'].includes(within);
  const kept = Object.entries(value).filter(([name, inner]) => isMap || !isProse(name, inner, within));
  return Object.fromEntries(
    kept.map(([name, inner]) => [name, withoutProse(inner, isMap ? `one of ${within}` : name)]),
  ) as T;
}

/** An answer has to have a description, or the document is not one. */
const isProse = (name: string, inner: unknown, within: string): boolean =>
  name === 'example' ||
  name === 'examples' ||
  (['description', 'summary'].includes(name) && typeof inner === 'string' && within !== 'one of responses');

/** For a validator that looks at requests only: what no request can name is left out. */
function forgetAnswers(document: OpenApiDocument): void {
  const { paths, components } = document;
  delete document.webhooks;
  components.responses = {};
  components.headers = {};
  for (const item of Object.values(paths)) {
    for (const operation of Object.values(item)) operation.responses = { 200: { description: '' } };
  }
  const named = schemasNamedIn([paths, components.parameters], components.schemas);
  components.schemas = Object.fromEntries(Object.entries(components.schemas).filter(([name]) => named.has(name)));
}

function schemasNamedIn(value: unknown, schemas: Record<string, Schema>, named = new Set<string>()): Set<string> {
  for (const [, name = ''] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
    if (named.has(name)) continue;
    named.add(name);
    schemasNamedIn(schemas[name] ?? {}, schemas, named);
  }
  return named;
}

interface Choice {
  when: Schema;
  variant: Schema;
}

function chainOf(schema: Schema, schemas: Record<string, Schema>): Schema | undefined {
  if (!schema.oneOf) return undefined;
  const { oneOf: variants, discriminator, ...rest } = schema;
  if (discriminator) {
    const { propertyName, mapping } = discriminator;
    const known: Schema = { required: [propertyName], properties: { [propertyName]: { enum: Object.keys(mapping) } } };
    return { ...rest, type: 'object', ...link(choicesByValue(propertyName, mapping), known) };
  }
  const choices = choicesByField(variants, schemas);
  const first = variants[0];
  return choices && first ? { ...rest, type: 'object', ...link(choices, first) } : undefined;
}

function choicesByValue(property: string, mapping: Record<string, string>): Choice[] {
  return Object.entries(mapping).map(([value, $ref]) => ({
    when: { type: 'object', required: [property], properties: { [property]: { const: value } } },
    variant: { $ref },
  }));
}

/** Each variant but the first, told by a required field that no other variant has; undefined where one has none. */
function choicesByField(variants: Schema[], schemas: Record<string, Schema>): Choice[] | undefined {
  const objects = variants.map((variant) => schemas[variant.$ref?.split('/').at(-1) ?? '']);
  const choices: Choice[] = [];
  for (const [index, variant] of variants.entries()) {
    const others = objects.filter((_, other) => other !== index);
    const own = objects[index]?.required?.find((field) =>
      others.every((other) => other && !(field in fieldsOf(other))),
    );
    if (own === undefined) return undefined;
    if (index > 0) choices.push({ when: { type: 'object', required: [own] }, variant });
  }
  return choices;
}

const fieldsOf = (schema: Schema): Record<string, Schema> => schema.properties ?? {};

function link(choices: Choice[], otherwise: Schema): Schema {
  return choices.reduceRight<Schema>(
    (rest, { when, variant }) =>
      Object.fromEntries([
        ['if', when],
        ['then', variant],
        ['else', rest],
      ]),
    otherwise,
  );
}
