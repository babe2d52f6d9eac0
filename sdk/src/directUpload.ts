import type { Core, Wire } from './core.js';
import { APIError, ConnectionError } from './errors.js';
import { MediaApi } from './generated/apis/MediaApi.js';
import type { Media } from './generated/models/Media.js';
import type { UploadTicket } from './generated/models/UploadTicket.js';
import { Configuration } from './generated/runtime.js';
import type { RequestOptions } from './options.js';
import type { Answer } from './reply.js';

/** Below this one request to the service is quicker than three. */
const leastBytes = 256 * 1024;
const types = ['image/jpeg', 'image/png', 'image/webp'] as const;

const api = (wire: Wire) => new MediaApi(new Configuration(wire));

export interface DirectUploads {
  /** Sends a file straight to the bucket; undefined where it has to go through the service. */
  send(file: File, options: RequestOptions): Promise<Answer<Media> | undefined>;
}

/** A client remembers that a service takes no uploads this way, or that a page may not reach its bucket. */
export function createDirectUploads(core: Core): DirectUploads {
  let offered = true;

  async function start(file: File, options: RequestOptions): Promise<UploadTicket | undefined> {
    const mimeType = types.find((type) => type === file.type);
    if (!offered || !mimeType || file.size < leastBytes || options.idempotencyKey !== undefined) return undefined;
    const name = file.name.replace(/\p{Cc}/gu, '').slice(0, 255) || 'upload';
    const uploadStart = { name, mimeType, byteSize: file.size };
    try {
      return await core.call((wire) => api(wire).startUploadRaw({ uploadStart }), options);
    } catch (error) {
      if (!isMissing(error)) throw error;
      offered = false;
      return undefined;
    }
  }

  async function put(file: File, { url, method, headers }: UploadTicket, options: RequestOptions): Promise<boolean> {
    try {
      const { status } = await core.elsewhere(url, { method, headers, body: file }, options);
      // An answer that was lost on the way leaves the bytes there: the second try is told so.
      if (status < 300 || status === 412) return true;
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
    }
    offered = false;
    return false;
  }

  return {
    async send(file, options) {
      const ticket = await start(file, options);
      if (!ticket || !(await put(file, ticket, options))) return undefined;
      const { uploadId } = ticket;
      return core.call((wire) => api(wire).completeUploadRaw({ uploadId }), options).withResponse();
    },
  };
}

/** The service has no bucket that clients reach, or is older than this way. */
const isMissing = (error: unknown): boolean =>
  error instanceof APIError &&
  (error.type === 'urn:directorai:problem:direct_upload_unsupported' || error.status === 404 || error.status === 405);
