import type { Core, Wire } from '../core.js';
import { createDirectUploads } from '../directUpload.js';
import { MediaApi } from '../generated/apis/MediaApi.js';
import type { Media as MediaFile } from '../generated/models/Media.js';
import type { MediaType } from '../generated/models/MediaType.js';
import type { UploadStart } from '../generated/models/UploadStart.js';
import { Configuration } from '../generated/runtime.js';
import type { ListOptions, RequestOptions } from '../options.js';
import { type Reply, replyOf } from '../reply.js';
import { save } from '../saving.js';
import { fileOf, type Upload, type UploadOptions } from '../upload.js';

const api = (wire: Wire) => new MediaApi(new Configuration(wire));

export interface MediaListOptions extends ListOptions {
  type?: MediaType | undefined;
}

export interface ContentOptions extends RequestOptions {
  /** A part of the bytes, as in a `Range` header: `bytes=0-1023`. */
  range?: string | undefined;
}

export interface ThumbnailOptions extends RequestOptions {
  /** The greatest width in pixels. */
  width?: number | undefined;
}

export const createMedia = (core: Core) => {
  const content = (mediaId: string, { range, ...options }: ContentOptions = {}): Promise<Response> =>
    core.open((wire) => api(wire).getMediaContentRaw({ mediaId, range }), options);
  const direct = createDirectUploads(core);
  return {
    /** Uploads a picture: JPEG, PNG or WebP, at most 20 MiB; a larger one straight to the bucket where the service offers that. */
    upload: (upload: Upload, { filename, ...options }: UploadOptions & RequestOptions = {}): Reply<MediaFile> => {
      const send = async () => {
        const file = await fileOf(upload, { filename, signal: options.signal });
        const sent = await direct.send(file, options);
        return sent ?? core.call((wire) => api(wire).uploadMediaRaw({ file }), options).withResponse();
      };
      return replyOf(send());
    },
    /** An address at the bucket for one picture, for those who send it there themselves; `upload` does all of it. */
    startUpload: (uploadStart: UploadStart, options?: RequestOptions) =>
      core.call((wire) => api(wire).startUploadRaw({ uploadStart }), options),
    /** Makes a file of what was sent to the bucket. */
    completeUpload: (uploadId: string, options?: RequestOptions) =>
      core.call((wire) => api(wire).completeUploadRaw({ uploadId }), options),
    /** What a file is, with fresh signed addresses of its bytes. */
    get: (mediaId: string, options?: RequestOptions) =>
      core.call((wire) => api(wire).getMediaRaw({ mediaId }), options),
    list: ({ type, ...options }: MediaListOptions = {}) =>
      core.list((wire, page) => api(wire).listMediaRaw({ ...page, type }), options),
    delete: (mediaId: string, options?: RequestOptions) =>
      core.done((wire) => api(wire).deleteMediaRaw({ mediaId }), options),
    /** The bytes, as a response to be read: `.blob()`, `.bytes()`, `.body`. */
    content,
    /** Saves the bytes in a file (Node, Bun, Deno), which is there only when it is whole. */
    save: (mediaId: string, path: string, options?: RequestOptions) =>
      save(() => content(mediaId, options), path, options?.signal),
    /** A small picture of a picture or film. */
    thumbnail: (mediaId: string, { width, ...options }: ThumbnailOptions = {}): Promise<Response> =>
      core.open((wire) => api(wire).getMediaThumbnailRaw({ mediaId, width }), options),
  };
};

export type Media = ReturnType<typeof createMedia>;
