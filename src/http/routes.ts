import type { HttpMethod, OpenApiDocument } from '../contract/document.ts';
import { listOperations } from '../contract/document.ts';
import type { OperationId } from '../contract/operation.ts';

/** One operation of the contract, as requests meet it. */
export interface Route {
  operationId: OperationId;
  /** In capitals. */
  method: string;
  /** Without the prefix, parameters in braces. */
  path: string;
  public: boolean;
  idempotent: boolean;
  /** The content type of the request body; undefined where there is none. */
  bodyType: string | undefined;
  /** Without a body an empty object is meant. */
  bodyOptional: boolean;
}

export interface Match {
  /** By method in capitals. */
  routes: ReadonlyMap<string, Route>;
  params: Record<string, string>;
}

/** Finds what the contract has at a path (without prefix and query). Throws URIError for broken percent-encoding. */
export type FindRoutes = (path: string) => Match | undefined;

interface Place {
  segments: string[];
  routes: Map<string, Route>;
}

/** Paths are compared byte for byte: no other case, no doubled or trailing slash, no encoded letter leads to the same operation. */
export function createRoutes(document: OpenApiDocument): { all: Route[]; find: FindRoutes } {
  const all = listRoutes(document);
  const fixed = new Map<string, Map<string, Route>>();
  const open = new Map<number, Place[]>();
  for (const [path, routes] of Map.groupBy(all, (route) => route.path)) {
    const byMethod = new Map(routes.map((route) => [route.method, route]));
    const segments = path.split('/');
    if (!path.includes('{')) fixed.set(path, byMethod);
    else open.set(segments.length, [...(open.get(segments.length) ?? []), { segments, routes: byMethod }]);
  }
  const find: FindRoutes = (path) => {
    const exact = fixed.get(path);
    if (exact) return { routes: exact, params: {} };
    const segments = path.split('/');
    for (const place of open.get(segments.length) ?? []) {
      const params = match(place.segments, segments);
      if (params) return { routes: place.routes, params };
    }
    return undefined;
  };
  return { all, find };
}

function listRoutes(document: OpenApiDocument): Route[] {
  return listOperations(document).map((entry) => {
    const operation = document.paths[entry.path]?.[entry.method as HttpMethod];
    return {
      operationId: entry.operationId,
      method: entry.method.toUpperCase(),
      path: entry.path,
      public: entry.public,
      idempotent: operation?.parameters?.some(({ $ref }) => $ref.endsWith('/IdempotencyKey')) ?? false,
      bodyType: Object.keys(operation?.requestBody?.content ?? {})[0],
      bodyOptional: operation?.requestBody?.required === false,
    };
  });
}

function match(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const segment = segments[index] ?? '';
    if (!expected.startsWith('{')) {
      if (expected !== segment) return undefined;
    } else if (segment === '') {
      return undefined;
    } else {
      params[expected.slice(1, -1)] = decodeURIComponent(segment);
    }
  }
  return params;
}

/** The methods an address takes, for `Allow`. */
export const allowed = (routes: ReadonlyMap<string, Route>): string => {
  const get = routes.get('GET');
  const methods = [...routes.keys(), ...(get && takesHead(get) ? ['HEAD'] : []), 'OPTIONS'];
  return methods.join(', ');
};

/** A stream of events has no end, so there is no telling its headers apart from it. */
export const takesHead = ({ operationId }: Route): boolean =>
  operationId !== 'streamEvents' && operationId !== 'streamTaskEvents';
