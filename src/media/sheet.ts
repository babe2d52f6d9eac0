import sharp, { type Sharp } from 'sharp';
import { decoding, openPicture, type WrittenPicture, write } from './pictures.ts';

export interface SheetFiles {
  combined: string;
  front: string;
  side: string;
  back: string;
}
export type SplitSheet = Record<keyof SheetFiles, WrittenPicture> & { cutAt: 'gutters' | 'thirds' };

type Pixels = { data: Uint8Array; width: number; height: number; channels: number };

const analysedWidth = 480;
/** How far a colour channel may be from the background and still count as background. */
const tolerance = 28;
/** The share of a column that may be drawn on in a gutter. */
const stray = 0.012;
/** How far from an exact third a gutter is looked for, as a share of the width. */
const reach = 0.13;

/**
 * Splits a sheet with front, side and back views beside each other, at the empty columns between the figures where there are any,
 * else into equal thirds. `combined` is the whole sheet, re-encoded. PNG where something in it is transparent, else JPEG.
 */
export async function splitSheet(file: string, out: SheetFiles): Promise<SplitSheet> {
  const { picture } = await openPicture(file);
  const { data, info } = await decoding(() => picture.autoOrient().raw().toBuffer({ resolveWithObject: true }));
  const { width, height, channels } = info;
  if (width < 3) throw new RangeError('a sheet is at least three pixels wide');
  const sheet = sharp(data, { raw: { width, height, channels } });
  const cuts = findCuts(await sampleOf(sheet, width));
  const [first, second] = (cuts ?? ([1 / 3, 2 / 3] as const)).map((share) => Math.round(share * width)) as [
    number,
    number,
  ];
  const format = channels === 4 && !(await sheet.clone().stats()).isOpaque ? 'png' : 'jpeg';
  const view = (left: number, right: number, to: string) =>
    write(sheet.clone().extract({ left, top: 0, width: right - left, height }), to, format);
  return {
    combined: await write(sheet.clone(), out.combined, format),
    front: await view(0, first, out.front),
    side: await view(first, second, out.side),
    back: await view(second, width, out.back),
    cutAt: cuts ? 'gutters' : 'thirds',
  };
}

async function sampleOf(sheet: Sharp, width: number): Promise<Pixels> {
  const small = sheet
    .clone()
    .flatten({ background: 'white' })
    .resize({ width: Math.min(analysedWidth, width) });
  const { data, info } = await small.raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels };
}

/** Where to cut, as shares of the width; undefined where two gutters with figures on both sides can't be told. */
function findCuts(pixels: Pixels): [number, number] | undefined {
  const empty = emptyColumns(pixels);
  const first = gutterNear(empty, pixels.width / 3);
  const second = gutterNear(empty, (pixels.width * 2) / 3);
  if (first === undefined || second === undefined || second <= first) return undefined;
  const drawn = (from: number, to: number) => empty.slice(from, to).includes(false);
  if (!drawn(0, first) || !drawn(first, second) || !drawn(second, pixels.width)) return undefined;
  return [first / pixels.width, second / pixels.width];
}

/** The background of a row is the blend from its left to its right edge, so that gradients count as empty. */
function emptyColumns({ data, width, height, channels }: Pixels): boolean[] {
  const drawnOn = new Array<number>(width).fill(0);
  const at = (x: number, y: number, channel: number) => data[(y * width + x) * channels + channel] ?? 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const share = x / (width - 1);
      for (let channel = 0; channel < channels; channel += 1) {
        const background = at(0, y, channel) * (1 - share) + at(width - 1, y, channel) * share;
        if (Math.abs(at(x, y, channel) - background) <= tolerance) continue;
        drawnOn[x] = (drawnOn[x] ?? 0) + 1;
        break;
      }
    }
  }
  return drawnOn.map((count) => count <= height * stray);
}

/** The middle of the widest run of empty columns that comes within reach of `wanted`, kept within reach of it. */
function gutterNear(empty: readonly boolean[], wanted: number): number | undefined {
  const from = Math.ceil(wanted - empty.length * reach);
  const to = Math.floor(wanted + empty.length * reach);
  let best: { start: number; end: number } | undefined;
  let start: number | undefined;
  for (let x = 0; x <= empty.length; x += 1) {
    if (empty[x]) start ??= x;
    else if (start !== undefined) {
      const run = { start, end: x };
      if (run.end > from && run.start < to && (!best || overlap(run, from, to) > overlap(best, from, to))) best = run;
      start = undefined;
    }
  }
  return best && Math.round(Math.min(to, Math.max(from, (best.start + best.end) / 2)));
}

const overlap = (run: { start: number; end: number }, from: number, to: number) =>
  Math.min(run.end, to) - Math.max(run.start, from);
