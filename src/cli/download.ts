import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { setTimeout as sleep } from 'node:timers/promises';
import type { components, DataOf } from '../contract/operation.ts';
import type { Api } from './api.ts';
import { isTemporary, Unreachable, unreachable } from './problem.ts';
import type { Target } from './target.ts';

export type FilmResult = components['schemas']['FilmResult'];

const attempts = 4;

/** The signed addresses in answers name the service as it knows itself; from here it may be reached by another name. */
function contentPath(url: string): string {
  const path = /\/media\/[0-9a-f-]+\/content$/.exec(new URL(url).pathname)?.[0];
  if (path === undefined) throw new Error(`not the address of a file of this service: ${url}`);
  return path;
}

async function fetchTo(api: Api, path: string, file: string, signal: AbortSignal): Promise<void> {
  const response = await api.open(path, { signal });
  const expected = Number(response.headers.get('content-length') ?? Number.NaN);
  const body = response.body as ReadableStream<Uint8Array> | null;
  await pipeline(body ? Readable.fromWeb(body) : [], createWriteStream(file), { signal }).catch((error: Error) => {
    throw 'path' in error ? error : unreachable(error);
  });
  const { size } = await stat(file);
  if (Number.isFinite(expected) && size !== expected) throw new Unreachable(`${size} of ${expected} bytes came`);
}

/** A file appears whole or not at all. */
async function download(api: Api, url: string, file: string, signal: AbortSignal): Promise<void> {
  const part = `${file}.part`;
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        await fetchTo(api, contentPath(url), part, signal);
        break;
      } catch (error) {
        if (signal.aborted || attempt === attempts || !isTemporary(error)) throw error;
        await sleep(1_000 * attempt, undefined, { signal });
      }
    }
    await rename(part, file);
  } finally {
    await rm(part, { force: true });
  }
}

/** Brings the film and its subtitles home; where that fails, the place that was taken for the film is free again. */
export async function downloadFilm(api: Api, film: FilmResult, target: Target, signal: AbortSignal): Promise<void> {
  try {
    await download(api, film.url, target.mp4, signal);
    await download(api, film.subtitles.srt, target.srt, signal);
    await download(api, film.subtitles.vtt, target.vtt, signal);
  } catch (error) {
    const { size } = await stat(target.mp4).catch(() => ({ size: 1 }));
    if (size === 0) await rm(target.mp4, { force: true });
    throw error;
  }
}

/** The result of a completed film task. */
export function filmOf(task: DataOf<'getTask'>): FilmResult {
  const { result } = task;
  if (result === null || !('durationSeconds' in result)) throw new Error(`task ${task.id} has no film`);
  return result;
}
