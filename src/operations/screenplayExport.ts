import { pipeline } from 'node:stream/promises';
import { errors } from '../errors.ts';
import { attachment } from '../storage/contentDisposition.ts';
import { accepts } from './accepts.ts';
import { archiveOf, zipStream } from './archive.ts';
import type { StreamOperation } from './context.ts';
import { renderingOf } from './screenplayStates.ts';
import { ownScreenplay } from './screenplayViews.ts';

/** One file after the other is read while it is sent: memory does not grow with the film. */
export const exportScreenplay: StreamOperation<'exportScreenplay'> = async (
  ctx,
  { path },
  { req, res, headersOnly },
) => {
  const screenplay = await ownScreenplay(ctx, path.screenplayId);
  if (!accepts(req.headers.accept, 'application/zip')) throw errors.notAcceptable('application/zip');
  const archive = archiveOf(screenplay, await renderingOf(ctx, screenplay));
  const zip = headersOnly ? undefined : zipStream(ctx.services.store, archive);
  res.writeHead(200, {
    'content-type': 'application/zip',
    'content-disposition': attachment(`${screenplay.title}.zip`),
    'cache-control': 'no-store',
    vary: 'Accept, Authorization, Origin',
  });
  if (!zip) return void res.end();
  try {
    await pipeline(zip, res);
  } catch (error) {
    if (!res.destroyed) res.destroy();
    ctx.log.warn({ err: error, screenplayId: screenplay.id }, 'an export was not sent to its end');
  }
};
