import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Binaries, findBinaries } from '../../src/media/binaries.ts';
import type { MediaTools } from '../../src/media/tools.ts';
import { createSemaphore } from '../../src/semaphore.ts';

export const run = promisify(execFile);

/** A fresh directory for each test of the surrounding `describe`. */
export function freshDir(): (...names: string[]) => string {
  let dir = '';
  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'media-test-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));
  return (...names) => path.join(dir, ...names);
}

let found: Promise<Binaries> | undefined;
export const binaries = (): Promise<Binaries> => {
  found ??= findBinaries();
  return found;
};

export const toolsWith = (parts: { ffmpeg: string; ffprobe: string }): MediaTools => ({
  ...parts,
  heavy: createSemaphore(2),
  quick: createSemaphore(2),
});
export const tools = async (): Promise<MediaTools> => toolsWith(await binaries());

export interface ClipRecipe {
  size?: string;
  rate?: number;
  seconds?: number;
  source?: string;
  sound?: boolean;
  codec?: string[];
}

/** Makes a real clip out of ffmpeg's own test sources. */
export async function makeClip(out: string, recipe: ClipRecipe = {}): Promise<string> {
  const { size = '320x180', rate = 24, seconds = 1, source = 'testsrc2', sound = false } = recipe;
  const picture = ['-f', 'lavfi', '-i', `${source}${source.includes('=') ? ':' : '='}s=${size}:r=${rate}:d=${seconds}`];
  const tone = sound ? ['-f', 'lavfi', '-i', `sine=f=440:d=${seconds}`, '-c:a', 'aac', '-shortest'] : [];
  const codec = recipe.codec ?? ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];
  await run((await binaries()).ffmpeg, ['-nostdin', '-v', 'error', '-y', ...picture, ...tone, ...codec, out]);
  return out;
}

/** The text of the first subtitle track, as another ffmpeg reads it. */
export async function subtitlesIn(file: string): Promise<string> {
  const { stdout } = await run((await binaries()).ffmpeg, [
    '-nostdin',
    '-v',
    'error',
    '-i',
    file,
    '-map',
    '0:s:0',
    '-f',
    'webvtt',
    '-',
  ]);
  return stdout;
}

/** True while a process exists, a zombie included. */
export function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
