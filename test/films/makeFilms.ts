import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { loadConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { findBinaries } from '../../src/media/binaries.ts';
import { type Program, startProgram } from '../../src/program.ts';
import { type Data, join as joinService, type Person } from '../program/client.ts';
import { makeDataDir } from '../support/dataDir.ts';
import { atOnce, type FilmOrder, films } from './prompts.ts';

const help = `Makes the films of docs/films.md through the public API, checks each, and prints the table.

Usage: npm run films [-- --out FOLDER] [--only NAME] [--scale LATENCY]
`;

const { values } = parseArgs({
  options: {
    help: { type: 'boolean' },
    out: { type: 'string', default: 'films' },
    only: { type: 'string' },
    scale: { type: 'string', default: '0' },
  },
});

const run = promisify(execFile);

interface Made {
  name: string;
  seconds: number;
  facts: string;
}

interface FilmResult {
  url: string;
  durationSeconds: number;
  subtitles: { srt: string; vtt: string };
  usage: { calls: { screenplay: number; image: number; video: number } };
}

async function upload(person: Person, order: FilmOrder): Promise<string[]> {
  const ids: string[] = [];
  for (const { name, type, bytes } of (await order.pictures?.()) ?? []) {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(bytes)], { type }), name);
    ids.push((await person.call('POST', '/media', form)).data.id);
  }
  return ids;
}

/** Makes one film and checks what came out; rejects where anything is not as it has to be. */
async function makeFilm(person: Person, order: FilmOrder, folder: string): Promise<Made> {
  const began = performance.now();
  const images = await upload(person, order);
  const task: Data = await person.make({ type: 'film', params: { ...order.params, images } }, 600_000);
  if (task.status !== 'completed') throw new Error(`${order.name}: ${task.status}, ${task.errorMessage}`);
  const seconds = (performance.now() - began) / 1_000;
  const result = task.result as FilmResult;
  const file = join(folder, `${order.name}.mp4`);
  await save(result.url, file);
  await save(result.subtitles.srt, join(folder, `${order.name}.srt`));
  await save(result.subtitles.vtt, join(folder, `${order.name}.vtt`));
  return { name: order.name, seconds, facts: await check(file, order, result) };
}

async function save(url: string, file: string): Promise<void> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${file}: HTTP ${answer.status}`);
  await writeFile(file, Buffer.from(await answer.arrayBuffer()));
}

interface Stream {
  codec_type: string;
  codec_name: string;
  width?: number;
  height?: number;
  nb_frames?: string;
}

const { ffmpeg, ffprobe } = await findBinaries();

/** Duration, picture, one subtitle for every scene, and no sound track that nobody made; a sheet of frames for the eye. */
async function check(
  file: string,
  { name, params }: FilmOrder,
  { durationSeconds, usage }: FilmResult,
): Promise<string> {
  const { stdout } = await run(ffprobe, ['-v', 'error', '-of', 'json', '-show_streams', '-show_format', file]);
  const { streams, format } = JSON.parse(stdout) as { streams: Stream[]; format: { duration: string; size: string } };
  const video = streams.find(({ codec_type }) => codec_type === 'video');
  const sound = streams.some(({ codec_type }) => codec_type === 'audio');
  const srt = await run(ffmpeg, ['-v', 'error', '-i', file, '-map', '0:s:0', '-f', 'srt', '-']);
  const cues = srt.stdout.match(/-->/g)?.length ?? 0;
  const wanted = params.sceneCount * Number(params.sceneSeconds);
  if (Math.abs(Number(format.duration) - wanted) > 0.5)
    throw new Error(`${name} lasts ${format.duration} s, not ${wanted}`);
  if (Math.abs(Number(format.duration) - durationSeconds) > 0.5) throw new Error(`${name} says ${durationSeconds} s`);
  if (cues < params.sceneCount || sound || video?.codec_name !== 'h264')
    throw new Error(`${name}: ${cues} cues, sound ${sound}`);
  await sheet(file, params.sceneCount, Number(params.sceneSeconds));
  const { screenplay, image, video: clips } = usage.calls;
  const size = `${video.width}×${video.height}`;
  const megabytes = (Number(format.size) / 1e6).toFixed(1);
  return `${params.sceneCount} | ${wanted} s | ${size} | ${megabytes} MB | ${cues} cues, no sound | ${screenplay} + ${image} + ${clips}`;
}

async function sheet(file: string, scenes: number, seconds: number): Promise<void> {
  const columns = Math.min(5, scenes);
  const tiles = `fps=1/${seconds}:start_time=${-seconds / 2},scale=-2:240,tile=${columns}x${Math.ceil(scenes / columns)}`;
  await run(ffmpeg, ['-v', 'error', '-y', '-i', file, '-vf', tiles, '-frames:v', '1', file.replace('.mp4', '.png')]);
}

function print(title: string, made: Made[]): void {
  const rows = made.map(({ name, seconds, facts }) => `| ${name} | ${facts} | ${seconds.toFixed(1)} s |`);
  const head = '| film | scenes | length | picture | file | subtitles | calls: text + pictures + clips | made in |';
  process.stdout.write(`\n${title}\n\n${head}\n|---|---|---|---|---|---|---|---|\n${rows.join('\n')}\n`);
}

async function makeAll(program: Program, folder: string): Promise<void> {
  const url = `${program.url}/api/v1`;
  const wanted = (orders: FilmOrder[]) => orders.filter(({ name }) => !values.only || name.startsWith(values.only));
  const ada = await joinService(url, 'ada');
  const made: Made[] = [];
  for (const order of wanted(films)) made.push(await makeFilm(ada, order, folder));
  print('One after another', made);
  const people = [ada, await joinService(url, 'bob'), await joinService(url, 'cyd')];
  const together = wanted(atOnce).map((order, index) => makeFilm(people[index % 3] ?? ada, order, folder));
  print('At once, of three people', await Promise.all(together));
}

if (values.help) process.stdout.write(help);
else {
  await mkdir(values.out, { recursive: true });
  const dataDir = await makeDataDir('films');
  const settings = {
    DATA_DIR: dataDir,
    PORT: '0',
    SANDBOX_LATENCY_SCALE: values.scale,
    RATE_LIMIT_PER_MINUTE: '1000000',
  };
  const config = loadConfig({ ...process.env, ...settings });
  const onLost = (reason: string) => {
    throw new Error(reason);
  };
  const program = await startProgram({ config, role: 'all', log: createLog('warn'), onLost });
  try {
    await makeAll(program, values.out);
  } finally {
    await program.stop(5_000);
    await rm(dataDir, { recursive: true, force: true });
  }
}
