import { type OpenApiDocument, openApiDocument, type Schema } from '../contract/document.ts';
import { type FieldFault, fault } from '../errors.ts';
import type { Route } from './routes.ts';

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** What the contract says of an operation's body. */
function bodySchemaOf(
  { path, method, bodyType = '' }: Route,
  document: OpenApiDocument = openApiDocument(),
): Schema | undefined {
  const item: Record<string, { requestBody?: { content: Record<string, { schema: Schema }> } } | undefined> =
    document.paths[path] ?? {};
  return item[method.toLowerCase()]?.requestBody?.content[bodyType]?.schema;
}

/**
 * The faults of a body in the words of a choice between variants: a field of the other variant does not go with the one that
 * is given, and a missing one may be replaced.
 */
export function withAlternatives(faults: readonly FieldFault[], route: Route, body: unknown): FieldFault[] {
  const schema = bodySchemaOf(route);
  return faults.map((found) => {
    if (!schema || !['required', 'unknown_field'].includes(found.key)) return found;
    const [, ...path] = found.pointer.split('/').slice(1);
    const field = path.pop() ?? '';
    const choice = choiceAt(schema, path, body);
    return choice ? (inWordsOf(choice, found, field) ?? found) : found;
  });
}

interface Choice {
  variants: Schema[];
  given: Record<string, unknown>;
}

function choiceAt(schema: Schema, path: readonly string[], body: unknown): Choice | undefined {
  let place = resolve(schema, body);
  let given = body;
  for (const name of path) {
    const inner = place.properties?.[name] ?? place.items;
    if (!isObject(inner) || !isObject(given)) return undefined;
    given = given[name];
    place = resolve(inner, given);
  }
  return place.oneOf && isObject(given)
    ? { variants: place.oneOf.map((one) => resolve(one, given)), given }
    : undefined;
}

/** Past references, and past a discriminator to the variant that the value names. */
function resolve(schema: Schema, value: unknown): Schema {
  const schemas = openApiDocument().components.schemas;
  const named = schema.$ref ? (schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}) : schema;
  const { propertyName, mapping } = named.discriminator ?? {};
  const $ref = isObject(value) && propertyName ? mapping?.[String(value[propertyName])] : undefined;
  return $ref ? resolve({ $ref }, value) : named;
}

function inWordsOf({ variants, given }: Choice, { pointer, key }: FieldFault, field: string): FieldFault | undefined {
  const markers = variants.flatMap(({ required = [] }) => required);
  const chosen = markers.find((name) => name in given && name !== field);
  if (key === 'required') {
    const others = markers.filter((name) => name !== field).map((name) => `\`${name}\``);
    return chosen ? undefined : fault(pointer, 'required_unless', { others: others.join(' / ') });
  }
  const known = variants.some(({ properties = {} }) => field in properties);
  return known && chosen ? fault(pointer, 'not_together', { other: chosen }) : undefined;
}
