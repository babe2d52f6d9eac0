import { execFile } from 'node:child_process';
import { access, chmod, constants } from 'node:fs/promises';
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

/**
 * Finds ffmpeg and ffprobe: by setting, then on the PATH, then from the npm packages, each proved by running it.
 * A setting that does not work is an error and is never passed over; none at all is a `SetupError` too.
 */
export async function findBinaries(settings: { ffmpegPath?: string; ffprobePath?: string } = {}): Promise<Binaries> {
  const ffmpeg = await firstWorking('ffmpeg', settings.ffmpegPath, checkFfmpeg);
  const beside = settings.ffmpegPath && path.join(path.dirname(ffmpeg.file), 'ffprobe');
  const ffprobe = await firstWorking('ffprobe', settings.ffprobePath ?? (await existing(beside)), versionOf);
  return { ffmpeg: ffmpeg.file, ffprobe: ffprobe.file, version: ffmpeg.version, source: ffmpeg.source };
}

async function firstWorking(name: 'ffmpeg' | 'ffprobe', setting: string | undefined, check: Check) {
  const faults: string[] = [];
  for await (const candidate of candidates(name, setting)) {
    try {
      return { ...candidate, version: await check(candidate.file) };
    } catch (error) {
      const fault = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
      faults.push(`${candidate.source} ${candidate.file}: ${fault}`);
    }
  }
  const setTo = `${name.toUpperCase()}_PATH`;
  if (setting) throw new SetupError(`${setTo} does not lead to a working ${name} (${faults.join('; ')}).`);
  throw new SetupError(
    `No working ${name} was found; install ffmpeg or set ${setTo}${faults.length ? ` (${faults.join('; ')})` : ''}.`,
  );
}

async function* candidates(name: 'ffmpeg' | 'ffprobe', setting: string | undefined): AsyncGenerator<Candidate> {
  if (setting) {
    yield { source: 'setting', file: path.resolve(setting) };
    return;
  }
  const onPath = await lookUp(name);
  if (onPath) yield { source: 'system', file: onPath };
  const packaged = await packagedBinary(name);
  if (packaged) yield { source: 'package', file: packaged };
}

async function lookUp(name: string): Promise<string | undefined> {
  const asked =
    process.platform === 'win32' ? run('where', [name]) : run('/bin/sh', ['-c', 'command -v -- "$1"', 'sh', name]);
  const found = await asked.catch(() => ({ stdout: '' }));
  const file = found.stdout.split(/\r?\n/)[0]?.trim();
  return file && path.isAbsolute(file) ? file : undefined;
}

/** The packages throw where the platform has no binary, and leave it without execute permission where install scripts did not run. */
async function packagedBinary(name: 'ffmpeg' | 'ffprobe'): Promise<string | undefined> {
  const file = await (name === 'ffmpeg'
    ? import('@ffmpeg-installer/ffmpeg')
    : import('@ffprobe-installer/ffprobe')
  ).then(
    (found) => found.default.path,
    () => undefined,
  );
  if (file && !(await isExecutable(file))) await chmod(file, 0o755).catch(() => undefined);
  return file;
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
