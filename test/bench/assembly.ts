import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bestFrame, lookAt } from '../../src/media/poster.ts';
import { toCues, toSrt, toVtt } from '../../src/media/subtitles.ts';
import { type CuttingRoom, cutFilm, encodeClips, narration, openCuttingRoom } from './kit/clips.ts';
import type { Bench, Figure } from './kit/figure.ts';
import type { Stage } from './kit/stage.ts';
import { median, round } from './kit/stats.ts';

const clipCount = 7;
const rounds = 15;

export const assembly: Bench = {
  name: 'assembly',
  about: 'cutting a film, beside a plain ffmpeg concat of the same clips',
  async run(stage) {
    const room = await openCuttingRoom(stage);
    const clips = await encodeClips(room, stage, clipCount);
    const times = { plain: [] as number[], join: [] as number[], other: [] as number[] };
    stage.say(`${rounds} rounds of each, in turn, after one to warm up`);
    for (let turn = 0; turn <= rounds; turn += 1) {
      const plain = await concatPlainly(room, stage, clips);
      const { joinMs, otherMs } = await cutFilm(room, stage, clips);
      if (turn === 0) continue;
      times.plain.push(plain);
      times.join.push(joinMs);
      times.other.push(otherMs);
    }
    const plainMs = median(times.plain);
    const joinMs = median(times.join);
    const ratio: Figure = {
      name: 'joining a film ÷ plain ffmpeg concat',
      value: joinMs / plainMs,
      unit: '×',
      target: { atMost: 1.5 },
      raw: { 'joining ms': round(joinMs), 'plain ms': round(plainMs), clips: clipCount, rounds },
    };
    return [ratio, ...(await partsApart(room, stage, clips, median(times.other)))];
  },
};

async function concatPlainly({ tools }: CuttingRoom, stage: Stage, clips: readonly string[]): Promise<number> {
  const list = join(stage.dir, 'plain.txt');
  await writeFile(list, clips.map((clip) => `file '${clip}'\n`).join(''));
  const out = join(stage.dir, 'plain.mp4');
  const from = performance.now();
  const args = ['-v', 'error', '-y', '-f', 'concat', '-safe', '0', '-i', list, '-c', 'copy', out];
  await promisify(execFile)(tools.ffmpeg, args);
  return performance.now() - from;
}

async function partsApart(
  { room, tools }: CuttingRoom,
  stage: Stage,
  clips: readonly string[],
  otherMs: number,
): Promise<Figure[]> {
  const film = join(stage.dir, 'film.mp4');
  const { videoSeconds: seconds } = await room.probe(film);
  const beginnings = clips.map((_, index) => (index / clips.length) * seconds);
  const probing = await timed(() => Promise.all([...clips.map((clip) => room.probeClip(clip)), room.probe(film)]));
  const looking = await timed(async () => {
    const dir = await mkdtemp(join(stage.dir, 'frames-'));
    bestFrame(await lookAt(tools, { file: film, container: 'mp4', seconds, beginnings }, { dir }));
    await rm(dir, { recursive: true });
  });
  const writing = await timed(async () => {
    const cues = toCues(narration(clipCount).map((said, at) => ({ ...said, startSeconds: at * 10, seconds: 10 })));
    await Promise.all([
      writeFile(join(stage.dir, 's.srt'), toSrt(cues)),
      writeFile(join(stage.dir, 's.vtt'), toVtt(cues)),
    ]);
  });
  const inMs = (name: string, value: number, raw: Figure['raw']): Figure => ({ name, value, unit: 'ms', raw });
  return [
    inMs('all but the joining process', otherMs, { holds: 'the three below, and the files of the job' }),
    inMs('probing', probing, { files: clips.length + 1 }),
    inMs('poster and black check', looking, { clips: clips.length }),
    inMs('subtitles', writing, { cues: clipCount }),
  ];
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < 7; turn += 1) {
    const from = performance.now();
    await work();
    times.push(performance.now() - from);
  }
  return median(times);
}
