import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { findMedia, findSignedMedia, type Media } from '../db/media.ts';
import { findFilmTitle } from '../db/takes.ts';
import { errors } from '../errors.ts';
import { attachment } from '../storage/contentDisposition.ts';
import { extensionOf } from '../storage/keys.ts';
import { ObjectMissing } from '../storage/objectStore.ts';
import { accepts } from './accepts.ts';
import { parseRange } from './byteRange.ts';
import type { FileContext, StreamOperation, Wire } from './context.ts';
import { found } from './found.ts';
import { hasThumbnail, withThumbnail } from './thumbnails.ts';

/** One's own file, or the very file a signature was given for. */
const readableMedia = async ({ db, user }: FileContext, id: string): Promise<Media> =>
  found(user ? await findMedia(db, id, user.id) : await findSignedMedia(db, id), 'media');

/** A file that is deleted between its row and its bytes is missing like any other. */
async function unlessDeleted<T>(look: Promise<T>): Promise<T> {
  try {
    return await look;
  } catch (error) {
    if (error instanceof ObjectMissing) throw errors.notFound('media');
    throw error;
  }
}

/** Of a film the title its screenplay has now. */
async function nameOf({ db }: FileContext, media: Media): Promise<string> {
  if (media.originalFilename !== null) return media.originalFilename;
  const title = media.type === 'video' ? await findFilmTitle(db, media.id) : undefined;
  return `${title ?? media.id}.${extensionOf(media.mimeType) ?? 'bin'}`;
}

async function disposition(ctx: FileContext, media: Media, download: boolean): Promise<string> {
  const saved = attachment(await nameOf(ctx, media));
  return download ? saved : saved.replace('attachment', 'inline');
}

/** Files never change under their id, so a client may keep one; anybody's page may show one that is signed. */
const fileHeaders = {
  'cache-control': 'private, max-age=900',
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'cross-origin',
  vary: 'Accept, Authorization, Origin',
};

export const getMediaContent: StreamOperation<'getMediaContent'> = async (ctx, { path, query }, wire) => {
  const { req, res } = wire;
  const media = await readableMedia(ctx, path.mediaId);
  if (!accepts(req.headers.accept, media.mimeType)) throw errors.notAcceptable(media.mimeType);
  const etag = `"${media.sha256.toString('hex')}"`;
  const headers = { ...fileHeaders, etag, 'accept-ranges': 'bytes' };
  if (matches(req.headers['if-none-match'], etag)) return void res.writeHead(304, headers).end();
  const unchanged = req.headers['if-range'] === undefined || req.headers['if-range'] === etag;
  const range = unchanged ? parseRange(req.headers.range, media.size) : undefined;
  if (range === 'outside') throw errors.rangeNotSatisfiable(media.size);
  const elsewhere = wire.headersOnly ? undefined : await addressInStore(ctx, media, query.download);
  if (elsewhere)
    return void res.writeHead(307, { ...fileHeaders, 'cache-control': 'no-store', location: elsewhere }).end();
  const named = await disposition(ctx, media, query.download);
  const body = wire.headersOnly ? undefined : await unlessDeleted(ctx.services.store.read(media.storagePath, range));
  res.writeHead(range ? 206 : 200, {
    ...headers,
    'content-type': media.mimeType,
    'content-length': range ? range.end - range.start + 1 : media.size,
    'content-disposition': named,
    ...(range && { 'content-range': `bytes ${range.start}-${range.end}/${media.size}` }),
  });
  await send(ctx, wire, media, body);
};

const signedForSeconds = 900;

/**
 * Where the store lets clients in by itself, the bytes need not pass through here; a `Range` is sent along by the client. Subtitles do:
 * a browser loads a film's `<track>` from where the page came alone, and follows it nowhere else.
 */
async function addressInStore(ctx: FileContext, media: Media, download: boolean) {
  const { store } = ctx.services;
  if (!store.direct || media.type === 'subtitle') return undefined;
  const how = download ? { downloadAs: await nameOf(ctx, media) } : {};
  return store.signedUrl(media.storagePath, signedForSeconds, how);
}

const matches = (header: string | undefined, etag: string): boolean =>
  header !== undefined &&
  (header.trim() === '*' || header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag));

export const getMediaThumbnail: StreamOperation<'getMediaThumbnail'> = async (ctx, { path, query }, wire) => {
  const { req, res } = wire;
  const media = await readableMedia(ctx, path.mediaId);
  if (!hasThumbnail(media)) throw errors.notFound('media');
  const webp = accepts(req.headers.accept, 'image/webp');
  if (!webp && !accepts(req.headers.accept, 'image/jpeg')) throw errors.notAcceptable('image/webp, image/jpeg');
  const etag = `"${media.sha256.toString('hex').slice(0, 32)}-${query.width}-${webp ? 'webp' : 'jpeg'}"`;
  const headers = { ...fileHeaders, etag };
  if (matches(req.headers['if-none-match'], etag)) return void res.writeHead(304, headers).end();
  const wanted = { width: query.width, webp };
  const sending = withThumbnail(ctx, media, wanted, async ({ file, mimeType }) => {
    const { size } = await stat(file);
    res.writeHead(200, { ...headers, 'content-type': mimeType, 'content-length': size });
    await send(ctx, wire, media, wire.headersOnly ? undefined : createReadStream(file));
  });
  await unlessDeleted(sending);
};

/** A client that goes away in the middle is its own affair; a file that breaks off, or is too short, ends the connection, since the headers are gone. */
async function send({ log }: FileContext, { res }: Wire, { id }: Media, body: Readable | undefined): Promise<void> {
  if (!body) return void res.end();
  try {
    await pipeline(whole(body, Number(res.getHeader('content-length'))), res);
  } catch (error) {
    if (!res.destroyed) res.destroy();
    log[error instanceof BrokenOff ? 'error' : 'debug']({ err: error, mediaId: id }, 'a file was not sent to its end');
  }
}

class BrokenOff extends Error {}

/** All bytes of a file; throws where it fails, or ends before it has as many. */
async function* whole(body: Readable, size: number): AsyncGenerator<Buffer> {
  let missing = size;
  try {
    for await (const chunk of body) {
      missing -= chunk.length;
      yield chunk;
    }
  } catch (cause) {
    throw new BrokenOff('the store broke off', { cause });
  }
  if (missing > 0) throw new BrokenOff(`${missing} bytes of a file are missing`);
}
