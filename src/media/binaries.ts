import { execFile } from 'node:child_process';
import { access, chmod, constants, copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { SetupError } from '../errors.ts';

export type BinarySource = 'setting' | 'system' | 'package';
export interface Binaries {
  ffmpeg: string;
  ffprobe: string;
  version: string;
  /** Where ffmpeg came from. */
  source: BinarySource;
}

type Candidate = { source: BinarySource; file: string };
type Check = (file: string) => Promise<string>;
type Name = 'ffmpeg' | 'ffprobe';

export interface BinarySettings {
  ffmpegPath?: string;
  ffprobePath?: string;
  /** Where a packaged program is copied that this user may read but not run, as in a tree that root installed. */
  copiesDir?: string;
}

const run = promisify(execFile);
const neededEncoders = ['libx264', 'aac', 'mov_text', 'mjpeg'];
const neededFilters = [
  'scale',
  'crop',
  'pad',
  'fps',
  'trim',
  'setsar',
  'format',
  'blackdetect',
  'aresample',
  'apad',
  'anullsrc',
];

/** What the program's settings say about ffmpeg. */
export function ffmpegSettings(config: {
  ffmpegPath: string | undefined;
  ffprobePath: string | undefined;
  dataDir: string;
}): BinarySettings {
  const { ffmpegPath, ffprobePath, dataDir } = config;
  return {
    ...(ffmpegPath && { ffmpegPath }),
    ...(ffprobePath && { ffprobePath }),
    copiesDir: path.join(dataDir, 'binaries'),
  };
}

/**
 * Finds ffmpeg and ffprobe: by setting, then on the PATH, then from the npm packages, each proved by running it.
 * A setting that does not work is an error and is never passed over; none at all is a `SetupError` too.
 */
export async function findBinaries(settings: BinarySettings = {}): Promise<Binaries> {
  const { copiesDir } = settings;
  const ffmpeg = await firstWorking({ name: 'ffmpeg', setting: settings.ffmpegPath, copiesDir }, checkFfmpeg);
  const beside = settings.ffmpegPath && path.join(path.dirname(ffmpeg.file), 'ffprobe');
  const ffprobe = await firstWorking(
    { name: 'ffprobe', setting: settings.ffprobePath ?? (await existing(beside)), copiesDir },
    versionOf,
  );
  return { ffmpeg: ffmpeg.file, ffprobe: ffprobe.file, version: ffmpeg.version, source: ffmpeg.source };
}

interface Wanted {
  name: Name;
  setting: string | undefined;
  copiesDir: string | undefined;
}

async function firstWorking(wanted: Wanted, check: Check) {
  const { name, setting } = wanted;
  const faults: string[] = [];
  for await (const candidate of candidates(wanted)) {
    try {
      return { ...candidate, version: await check(candidate.file) };
    } catch (error) {
      const fault = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
      faults.push(`${candidate.source} ${candidate.file}: ${fault}`);
    }
  }
  const setTo = `${name.toUpperCase()}_PATH`;
  if (setting)
    throw new SetupError(
      `${setTo} does not lead to a working ${name} (${faults.join('; ')}). / ${setTo} 不是可用的 ${name}。`,
    );
  const why = faults.length ? ` (${faults.join('; ')})` : '';
  throw new SetupError(
    `No working ${name} was found; install ffmpeg or set ${setTo}${why}. / 未找到可用的 ${name}：请安装 ffmpeg 或设置 ${setTo}。`,
  );
}

async function* candidates({ name, setting, copiesDir }: Wanted): AsyncGenerator<Candidate> {
  if (setting) {
    yield { source: 'setting', file: path.resolve(setting) };
    return;
  }
  const onPath = await lookUp(name);
  if (onPath) yield { source: 'system', file: onPath };
  const packaged = await packagedBinary(name, copiesDir);
  if (packaged) yield { source: 'package', file: packaged };
}

async function lookUp(name: string): Promise<string | undefined> {
  const asked =
    process.platform === 'win32' ? run('where', [name]) : run('/bin/sh', ['-c', 'command -v -- "$1"', 'sh', name]);
  const found = await asked.catch(() => ({ stdout: '' }));
  const file = found.stdout.split(/\r?\n/)[0]?.trim();
  return file && path.isAbsolute(file) ? file : undefined;
}

/**
 * The packages throw where the platform has no binary, leave it without execute permission where install scripts did not run,
 * and ffprobe's lets only its owner run it.
 */
async function packagedBinary(name: Name, copiesDir: string | undefined): Promise<string | undefined> {
  const file = await (name === 'ffmpeg'
    ? import('@ffmpeg-installer/ffmpeg')
    : import('@ffprobe-installer/ffprobe')
  ).then(
    (found) => found.default.path,
    () => undefined,
  );
  if (!file || (await isExecutable(file))) return file;
  await chmod(file, 0o755).catch(() => undefined);
  if (!copiesDir || (await isExecutable(file))) return file;
  return copyOf(name, file, copiesDir).catch(() => file);
}

/** Copied once for each version, which its size and time tell; the copies of older ones are dropped. */
async function copyOf(name: Name, file: string, copiesDir: string): Promise<string> {
  const { size, mtimeMs } = await stat(file);
  const copyName = `${name}-${size}-${Math.trunc(mtimeMs)}`;
  const copy = path.join(copiesDir, copyName);
  if (await isExecutable(copy)) return copy;
  await mkdir(copiesDir, { recursive: true });
  for (const other of await readdir(copiesDir)) {
    if (other.startsWith(`${name}-`)) await rm(path.join(copiesDir, other), { force: true });
  }
  const unfinished = `${copy}.${process.pid}`;
  await copyFile(file, unfinished);
  await chmod(unfinished, 0o755);
  await rename(unfinished, copy);
  return copy;
}

const isExecutable = (file: string) =>
  access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
const existing = async (file: string | undefined) => (file && (await isExecutable(file)) ? file : undefined);

async function versionOf(file: string): Promise<string> {
  const { stdout } = await run(file, ['-version'], { timeout: 10_000 });
  const version = /^ff(?:mpeg|probe) version (\S+)/.exec(stdout)?.[1];
  if (!version) throw new Error('it does not answer like ffmpeg');
  return version;
}

async function checkFfmpeg(file: string): Promise<string> {
  const [version, encoders, filters] = await Promise.all([
    versionOf(file),
    namesListed(file, '-encoders'),
    namesListed(file, '-filters'),
  ]);
  const missing = [
    ...neededEncoders.filter((name) => !encoders.has(name)),
    ...neededFilters.filter((name) => !filters.has(name)),
  ];
  if (missing.length) throw new Error(`it was built without ${missing.join(', ')}`);
  return version;
}

async function namesListed(file: string, what: '-encoders' | '-filters'): Promise<Set<string>> {
  const { stdout } = await run(file, ['-hide_banner', '-nostdin', what], {
    timeout: 10_000,
    maxBuffer: 4 * 1024 * 1024,
  });
  return new Set(stdout.split('\n').map((line) => line.trim().split(/\s+/)[1] ?? ''));
}
