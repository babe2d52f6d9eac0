import { join } from 'node:path';
import { findBinaries } from '../../../src/media/binaries.ts';
import type { FilmFacts } from '../../../src/media/film.ts';
import { createMediaRoom, type MediaRoom } from '../../../src/media/room.ts';
import { runProcess } from '../../../src/media/runProcess.ts';
import type { MediaTools } from '../../../src/media/tools.ts';
import { createSemaphore } from '../../../src/semaphore.ts';
import type { Stage } from './stage.ts';

export interface CuttingRoom {
  tools: MediaTools;
  room: MediaRoom;
}

export async function openCuttingRoom(stage: Stage): Promise<CuttingRoom> {
  const binaries = await findBinaries();
  const room = await createMediaRoom({ binaries, cores: 2, jobsDir: join(stage.dir, 'jobs') });
  return { room, tools: { ...binaries, heavy: createSemaphore(2), quick: createSemaphore(2) } };
}

/** So many clips of ten seconds at 720p, encoded alike and different to look at. */
export async function encodeClips({ tools }: CuttingRoom, stage: Stage, count: number): Promise<string[]> {
  const files = Array.from({ length: count }, (_, index) => join(stage.dir, `clip${index}.mp4`));
  const encoding = '-t 10 -an -c:v libx264 -preset ultrafast -crf 23 -pix_fmt yuv420p -movflags +faststart'.split(' ');
  for (const [index, file] of files.entries()) {
    const picture = `testsrc2=size=1280x720:rate=24,hue=h=${index * 50}`;
    await runProcess(tools.ffmpeg, ['-v', 'error', '-y', '-f', 'lavfi', '-i', picture, ...encoding, file], {
      timeoutMs: 120_000,
    });
  }
  return files;
}

export const narration = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ text: `小猫走过第${index + 1}座桥，抬头看见海鸥从屋顶上飞过。` }));

/** One film cut from these clips as a step does it. */
export function cutFilm({ room }: CuttingRoom, stage: Stage, clips: readonly string[]): Promise<FilmFacts> {
  const file = (name: string) => join(stage.dir, name);
  return room.assembleFilm({
    clips,
    subtitles: narration(clips.length),
    width: 1280,
    height: 720,
    out: file('film.mp4'),
    poster: file('poster.jpg'),
    srt: file('film.srt'),
    vtt: file('film.vtt'),
  });
}
