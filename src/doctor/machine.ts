import { execFile } from 'node:child_process';
import { access, constants, mkdir, statfs } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Config } from '../config.ts';
import { ffmpegSettings, findBinaries } from '../media/binaries.ts';
import { type Finding, finding, reasonOf, same } from './finding.ts';

const run = promisify(execFile);
const leastFreeBytes = 5 * 1024 ** 3;

export async function checkNode(): Promise<Finding> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return finding('Node.js', 'ok', same(process.versions.node));
  const advice = { en: 'Install Node.js 24.', zh: '请安装 Node.js 24。' };
  return finding('Node.js', 'bad', same(process.versions.node), advice);
}

/** Found, run, and asked for every encoder and filter that films need. */
export async function checkFfmpeg(config: Config): Promise<Finding> {
  try {
    const found = await findBinaries(ffmpegSettings(config));
    return finding('ffmpeg', 'ok', same(`${found.version} (${found.ffmpeg})`));
  } catch (error) {
    const advice = { en: 'Install ffmpeg, or set FFMPEG_PATH.', zh: '请安装 ffmpeg 或设置 FFMPEG_PATH。' };
    return finding('ffmpeg', 'bad', same(reasonOf(error)), advice);
  }
}

/** Films carry their subtitles as a track, so no font of this machine is drawn; what looks at films here may want one. */
export async function checkFonts(): Promise<Finding> {
  const { stdout } = await run('fc-list', [':lang=zh', 'family'], { timeout: 10_000 }).catch(() => ({ stdout: '' }));
  const families = new Set(stdout.split('\n').filter(Boolean));
  const [first] = families;
  if (first) return finding('CJK fonts', 'ok', same(`${families.size}: ${first}`));
  return finding('CJK fonts', 'ok', {
    en: 'none; not needed, subtitles are a track of the film',
    zh: '未安装；无需安装，字幕是影片中的独立轨道',
  });
}

export async function checkDataDir({ dataDir }: Config): Promise<Finding> {
  try {
    await mkdir(dataDir, { recursive: true });
    await access(dataDir, constants.W_OK);
    const { bavail, bsize } = await statfs(dataDir);
    const free = bavail * bsize;
    const text = { en: `${dataDir}, ${gib(free)} free`, zh: `${dataDir}，剩余 ${gib(free)}` };
    if (free > leastFreeBytes) return finding('DATA_DIR', 'ok', text);
    return finding('DATA_DIR', 'warn', text, { en: 'Make room; films need it.', zh: '请清理磁盘空间。' });
  } catch (error) {
    const advice = { en: 'Set DATA_DIR to a folder that can be written.', zh: '请将 DATA_DIR 设为可写目录。' };
    return finding('DATA_DIR', 'bad', same(reasonOf(error)), advice);
  }
}

const gib = (bytes: number): string => `${(bytes / 1024 ** 3).toFixed(1)} GiB`;
