import type { operations } from './openapi.d.ts';

export type { components, operations } from './openapi.d.ts';

/** What this service is asked; what it sends itself (`webhooks` of the contract, named on…) is no operation of it. */
export type OperationId = Exclude<keyof operations, `on${string}`>;

/** Operations whose handlers own the response: event streams and files. */
export type StreamOperationId =
  | 'streamTaskEvents'
  | 'streamEvents'
  | 'getMediaContent'
  | 'getMediaThumbnail'
  | 'exportScreenplay';

/** Operations whose handlers answer with a value. */
export type JsonOperationId = Exclude<OperationId, StreamOperationId>;

/** Query parameters with a default in the contract: the validator fills them in, so handlers always see them. */
export const defaultedQuery = ['page', 'pageSize', 'width', 'download', 'interval', 'scope'] as const;
type DefaultedQuery = (typeof defaultedQuery)[number];

/** An uploaded file as it reaches a handler: stored in a temporary place, not yet looked into. */
export interface UploadedFile {
  path: string;
  /** As the client named it; never to be used as a path. */
  filename: string;
  mimeType: string;
  sizeBytes: number;
}

type Nothing = Record<never, never>;
type Parameters<
  Id extends OperationId,
  Place extends 'path' | 'query' | 'header',
> = operations[Id]['parameters'] extends {
  [K in Place]?: infer P;
}
  ? [NonNullable<P>] extends [never]
    ? Nothing
    : NonNullable<P>
  : Nothing;

type FilledIn<Q> = { [K in keyof Q as K extends DefaultedQuery ? K : never]-?: NonNullable<Q[K]> } & {
  [K in keyof Q as K extends DefaultedQuery ? never : K]: Q[K];
};
type Flat<T> = { [K in keyof T]: T[K] };

export type PathOf<Id extends OperationId> = Parameters<Id, 'path'>;
export type QueryOf<Id extends OperationId> = Flat<FilledIn<Parameters<Id, 'query'>>>;

/** Header names are in lower case, as Node gives them. */
export type HeaderOf<Id extends OperationId> = {
  [K in keyof Parameters<Id, 'header'> as Lowercase<K & string>]: Parameters<Id, 'header'>[K];
};

/** The validated body with its defaults filled in, an empty object where an optional one is left out; `undefined` where the operation takes none. */
export type BodyOf<Id extends OperationId> = operations[Id] extends { requestBody?: infer Body }
  ? [NonNullable<Body>] extends [never]
    ? undefined
    : NonNullable<Body> extends { content: infer Content }
      ? Content extends { 'multipart/form-data': infer Form }
        ? { [K in keyof Form]: UploadedFile }
        : Content[keyof Content]
      : never
  : never;

type SuccessStatus = 200 | 201 | 202;
type Responses<Id extends OperationId> = operations[Id]['responses'];
type Results<R> = {
  [Status in keyof R & SuccessStatus]: R[Status] extends { content: { 'application/json': infer Body } }
    ? { status: Status; body: Body; headers?: Record<string, string> }
    : never;
};

/** What a handler may answer: one of the declared 2xx answers with the body that belongs to it. */
export type ResultOf<Id extends JsonOperationId> = Results<Responses<Id>>[keyof Results<Responses<Id>>];

/** What `data` of the answer holds. */
export type DataOf<Id extends JsonOperationId> = ResultOf<Id>['body'] extends { data: infer Data } ? Data : never;

export interface InputOf<Id extends OperationId> {
  path: PathOf<Id>;
  query: QueryOf<Id>;
  header: HeaderOf<Id>;
  body: BodyOf<Id>;
}

/** A handler: it gets validated input, returns a declared answer, and throws what is in the catalogue of `errors.ts`. */
export type Operation<Id extends JsonOperationId, Context> = (
  context: Context,
  input: InputOf<Id>,
) => Promise<ResultOf<Id>>;
