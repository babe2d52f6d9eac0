import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Api } from '../../src/cli/api.ts';
import type { DataOf } from '../../src/contract/operation.ts';
import { type MadeFilm, makeFilm } from '../bench/kit/filming.ts';
import type { Photograph, Wish } from './wishes.ts';

export type Screenplay = DataOf<'getScreenplay'>;

/** A film as its user has it: the files on disk, and what the service says about it. */
export interface Copy {
  /** How the uploaded photographs came back. */
  kept: KeptPhotograph[];
  wish: Wish;
  seconds: number;
  screenplay: Screenplay;
  result: FilmResult;
  files: { film: string; srt: string; vtt: string; poster: string };
}

export interface KeptPhotograph {
  filename: string;
  width: number;
  height: number;
  hasAlpha: boolean;
  /** EXIF, XMP or an orientation still to be applied. */
  hasMetadata: boolean;
}

export type FilmResult = Extract<NonNullable<MadeFilm['task']['result']>, { posterUrl: string }>;

/** Uploads what the wish brings along, asks for the film, waits for it and downloads all of it. */
export async function develop(api: Api, wish: Wish, dir: string): Promise<Copy> {
  const uploads: Upload[] = [];
  for (const photograph of wish.photographs ?? []) uploads.push(await upload(api, photograph, dir));
  const { task, ms } = await makeFilm(api, { ...wish.params, images: uploads.map(({ id }) => id) });
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
  return { wish, kept: uploads.map(({ kept }) => kept), seconds: ms / 1000, screenplay, result, files };
}

interface Upload {
  id: string;
  kept: KeptPhotograph;
}

async function upload(api: Api, { filename, mimeType, bytes }: Photograph, dir: string): Promise<Upload> {
  const content = await bytes();
  await writeFile(join(dir, `photograph-${filename}`), content);
  const form = new FormData();
  form.set('file', new File([new Uint8Array(content)], filename, { type: mimeType }));
  const { id, url } = await api.call('uploadMedia', { form });
  const { width, height, hasAlpha, exif, xmp, orientation } = await sharp(await fetchBytes(url)).metadata();
  return { id, kept: { filename, width, height, hasAlpha, hasMetadata: Boolean(exif || xmp || orientation) } };
}

/** The addresses are signed, so that a player can fetch them as they are. */
async function fetchBytes(url: string): Promise<Buffer> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
}

const download = async (url: string, file: string): Promise<void> => writeFile(file, await fetchBytes(url));
