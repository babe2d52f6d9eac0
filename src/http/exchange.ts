import type { IncomingHttpHeaders } from 'node:http';
import type { ParsedUrlQuery } from 'node:querystring';
import type { UploadedFile } from '../contract/operation.ts';
import type { User } from '../db/users.ts';
import type { Route } from './routes.ts';

/**
 * A request as the validator and passport are shown it: what they read of an Express request and nothing else. The validator
 * fills defaults in and turns text into numbers here, so the original stays as it came.
 */
export interface Exchange {
  method: string;
  path: string;
  /** Only the query of it: that is all that is read, and the validator takes long to parse a path. */
  originalUrl: string;
  headers: IncomingHttpHeaders;
  query: ParsedUrlQuery;
  params: Record<string, string>;
  body: unknown;
  /** Stands for `body` where the body is a file; the validator sees only that there is one. */
  upload?: UploadedFile;
  /** What the validator knows of the operation. */
  openapi: object;
  route: Route;
  /** What authentication found out. */
  access: Access;
}

export interface Access {
  user?: User;
  sessionId?: string;
  /** `session:` or `key:` and the id of what let the user in. */
  grant?: string;
  /** Why a credential that was shown is no good. */
  refusal?: Error;
}
