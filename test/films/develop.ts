import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Api } from '../../src/cli/api.ts';
import type { DataOf } from '../../src/contract/operation.ts';
import { type MadeFilm, makeFilm } from '../bench/kit/filming.ts';
import type { Photograph, Wish } from './wishes.ts';

export type Screenplay = DataOf<'getScreenplay'>;

/** A film as its user has it: the files on disk, and what the service says about it. */
export interface Copy {
  wish: Wish;
  seconds: number;
  screenplay: Screenplay;
  result: FilmResult;
  files: { film: string; srt: string; vtt: string; poster: string };
}

export type FilmResult = Extract<NonNullable<MadeFilm['task']['result']>, { posterUrl: string }>;

/** Uploads what the wish brings along, asks for the film, waits for it and downloads all of it. */
export async function develop(api: Api, wish: Wish, dir: string): Promise<Copy> {
  const images: string[] = [];
  for (const photograph of wish.photographs ?? []) images.push(await upload(api, photograph, dir));
  const { task, ms } = await makeFilm(api, { ...wish.params, images });
  const { result } = task;
  if (!result || !('posterUrl' in result)) throw new Error(`${wish.name} has no film`);
  const screenplay = await api.call('getScreenplay', { path: { screenplayId: result.screenplayId } });
  const file = (extension: string) => join(dir, `${wish.name}.${extension}`);
  const files = { film: file('mp4'), srt: file('srt'), vtt: file('vtt'), poster: file('jpg') };
  await Promise.all([
    download(result.url, files.film),
    download(result.subtitles.srt, files.srt),
    download(result.subtitles.vtt, files.vtt),
    download(result.posterUrl, files.poster),
  ]);
  return { wish, seconds: ms / 1000, screenplay, result, files };
}

async function upload(api: Api, { filename, mimeType, bytes }: Photograph, dir: string): Promise<string> {
  const content = await bytes();
  await writeFile(join(dir, `photograph-${filename}`), content);
  const form = new FormData();
  form.set('file', new File([new Uint8Array(content)], filename, { type: mimeType }));
  return (await api.call('uploadMedia', { form })).id;
}

/** The addresses are signed, so that a player can fetch them as they are. */
async function download(url: string, file: string): Promise<void> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
  await writeFile(file, Buffer.from(await answer.arrayBuffer()));
}
