import { type OpenApiDocument, openApiDocument, type Schema } from './document.ts';

/**
 * The contract as the request validator should read it: each `oneOf` of objects becomes an `if`/`then`/`else` chain.
 *
 * It accepts the same requests, but only the variant that was meant is looked at: defaults of other variants are not filled in
 * (ajv fills them while it tries, and the next variant then refuses them as unknown fields), and a fault points into the
 * variant meant instead of listing what every variant missed. A fresh copy each time, since the validator changes what it is given.
 */
export function validatorDocument(document: OpenApiDocument = openApiDocument()): OpenApiDocument {
  const copy = structuredClone(document);
  const { schemas } = copy.components;
  for (const [name, schema] of Object.entries(schemas)) {
    schemas[name] = chainOf(schema, schemas) ?? schema;
  }
  return copy;
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
