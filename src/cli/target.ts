import { access, constants, open, stat } from 'node:fs/promises';
import { dirname, extname, join, resolve } from 'node:path';
import { mistakes } from './mistakes.ts';

export interface TargetWishes {
  out?: string;
  force: boolean;
}

/** Where a film goes: `mp4` is taken (an empty file stands there), the subtitles' places are free or may be replaced. */
export interface Target {
  mp4: string;
  srt: string;
  vtt: string;
}

const longestName = 60;

const exists = async (path: string): Promise<boolean> => (await stat(path).catch(() => undefined)) !== undefined;
const isFolder = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined))?.isDirectory() ?? false;

/** A title as a file name that every system takes. */
export function fileNameOf(title: string): string {
  const plain = title
    .normalize('NFC')
    .replace(/[\p{C}\\/:*?"<>|]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.-]+/, '');
  const name = [...plain]
    .slice(0, longestName)
    .join('')
    .replace(/[\s.]+$/, '');
  return name === '' || /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(name) ? `film ${name}`.trim() : name;
}

const filesAt = (stem: string): Target => ({ mp4: `${stem}.mp4`, srt: `${stem}.srt`, vtt: `${stem}.vtt` });

const stemOf = (out: string): string => {
  const path = resolve(out);
  return extname(path).toLowerCase() === '.mp4' ? path.slice(0, -4) : path;
};

/** Other kinds of films and pictures: whoever asks for one would look for it in vain. */
const otherKind = /^\.(mov|m4v|mkv|webm|avi|wmv|flv|mpe?g|mts|ogv|3gp|gif|apng)$/i;

/** Says at once, before anything is bought, that a film could not be put there. */
export async function checkTarget({ out, force }: TargetWishes): Promise<void> {
  const folder = out === undefined || (await isFolder(out)) ? resolve(out ?? '.') : dirname(stemOf(out));
  if (!(await isFolder(folder))) throw mistakes.noFolder(folder);
  await access(folder, constants.W_OK).catch((cause) => {
    throw mistakes.readOnlyFolder(folder, cause);
  });
  if (out === undefined || folder === resolve(out)) return;
  if (otherKind.test(extname(out))) throw mistakes.notMp4(out);
  for (const file of Object.values(filesAt(stemOf(out)))) {
    if (await isFolder(file)) throw mistakes.isFolder(file);
    if (!force && (await exists(file))) throw mistakes.exists(file);
  }
}

/** Takes the place a film of this title goes to; a name that exists gets a number, so nothing is replaced unasked. */
export async function takeTarget({ out, force }: TargetWishes, title: string): Promise<Target> {
  const named = out !== undefined && !(await isFolder(out));
  const stem = named ? stemOf(out) : join(resolve(out ?? '.'), fileNameOf(title));
  for (let number = 1; ; number++) {
    const target = filesAt(number === 1 ? stem : `${stem} ${number}`);
    if ((named && force) || (await takeNew(target))) return target;
  }
}

async function takeNew({ mp4, srt, vtt }: Target): Promise<boolean> {
  if ((await exists(srt)) || (await exists(vtt))) return false;
  try {
    const file = await open(mp4, 'wx');
    await file.close();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
