import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { drawPicture } from '../art/picture.ts';
import { isThere } from '../files.ts';
import type { Call, WorkOf } from '../ledger.ts';
import type { Room } from '../room.ts';
import { cameraFilter, chooseCamera, oversampling } from './camera.ts';
import { airOf, driftOverlay, driftPicture } from './drift.ts';
import { releaseLock, takeLock } from './lock.ts';

type VideoWork = WorkOf<'videos'>;

export function clipName(room: Room, call: Call, work: VideoWork): string {
  return room.prerendered ? `prerendered-${work.size}-${work.seconds}.mp4` : `${call.id}.mp4`;
}

const encoding =
  '-an -c:v libx264 -preset superfast -crf 24 -pix_fmt yuv420p -r 24 -threads 1 -movflags +faststart -f mp4'.split(' ');
const running = new Map<string, Promise<void>>();
const processes = new Map<string, ChildProcess>();

/** Ends the rendering of a cancelled clip. */
export const stopClip = (_room: Room, call: Call): void => {
  processes.get(call.id)?.kill('SIGKILL');
};

function runFfmpeg(room: Room, call: Call, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(room.ffmpegPath, args, {
      stdio: ['ignore', 'ignore', 'pipe'],
      signal: room.signal,
      killSignal: 'SIGKILL',
    });
    let tail = '';
    processes.set(call.id, child);
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      tail = (tail + text).slice(-2000);
    });
    child.once('error', (error) => {
      tail += error.message;
    });
    child.once('close', (code) => {
      processes.delete(call.id);
      if (code === 0) resolve();
      else reject(new Error(`ffmpeg ended with ${code}: ${tail.trim()}`));
    });
  });
}

/** The first frame at the size the camera needs, as a file ffmpeg reads fast. */
async function prepareFrame(room: Room, work: VideoWork, width: number, height: number, file: string): Promise<void> {
  const bytes = work.frame
    ? await readFile(join(room.dir, 'frames', work.frame))
    : await drawPicture(work.prompt, width, height, 0);
  await sharp(bytes, { limitInputPixels: 40_000_000 })
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .resize(Math.round(width * oversampling), Math.round(height * oversampling), { fit: 'cover', kernel: 'cubic' })
    .jpeg({ quality: 93, chromaSubsampling: '4:2:0' })
    .toFile(file);
}

async function render(room: Room, call: Call, work: VideoWork, out: string): Promise<void> {
  const [width = 1280, height = 720] = work.size.split('x').map(Number);
  const base = join(room.dir, 'tmp', `${process.pid}-${call.id}`);
  const [frame, drift, clip] = [`${base}.jpg`, `${base}.png`, `${base}.mp4`];
  try {
    const air = airOf(work.prompt);
    await prepareFrame(room, work, width, height, frame);
    await writeFile(drift, await driftPicture(air, { width, height }, work.prompt));
    const camera = cameraFilter(chooseCamera(work.prompt, call.variant), { width, height, seconds: work.seconds });
    const graph = `[0:v]${camera}[moving];[moving][1:v]${driftOverlay(air, height)},format=yuv420p`;
    const inputs = ['-hide_banner', '-nostdin', '-v', 'error', '-y', '-threads', '1', '-i', frame, '-i', drift];
    await runFfmpeg(room, call, [...inputs, '-filter_complex', graph, '-t', String(work.seconds), ...encoding, clip]);
    await rename(clip, out);
  } finally {
    await Promise.all([frame, drift, clip].map((file) => rm(file, { force: true })));
  }
}

async function renderLocked(room: Room, call: Call, work: VideoWork, out: string, lock: string): Promise<void> {
  while (!(await isThere(out))) {
    if (await takeLock(room.dir, lock)) {
      try {
        if (!(await isThere(out))) await render(room, call, work, out);
      } finally {
        await releaseLock(room.dir, lock);
      }
    } else {
      await sleep(100, undefined, { signal: room.signal });
    }
  }
}

/** Renders a clip once over all processes that share the folder. */
export async function ensureClip(room: Room, call: Call, work: VideoWork): Promise<void> {
  const name = clipName(room, call, work);
  const out = join(room.dir, 'media', name);
  const mine = running.get(out);
  if (mine) return mine;
  const job = room
    .rendering(() => renderLocked(room, call, work, out, `${name}.lock`))
    .finally(() => running.delete(out));
  running.set(out, job);
  return job;
}
