import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { TooManyPixels, UnreadableMedia } from './failures.ts';
import { type PictureFormat, sniffPicture } from './sniff.ts';

export interface PictureFacts {
  format: PictureFormat;
  /** As shown: EXIF orientation applied. */
  width: number;
  height: number;
  hasAlpha: boolean;
}

export interface WrittenPicture {
  format: PictureFormat;
  mimeType: string;
  width: number;
  height: number;
  sizeBytes: number;
}

const maxFileBytes = 64 * 1024 * 1024;
const reading = { failOn: 'warning', pages: 1, sequentialRead: true } as const;
/** Phones take 50 megapixels, as JPEG, which is made smaller while it is read: 300 MB at most, as for 40 megapixels of the others. */
const mostMegapixels: Readonly<Record<PictureFormat, number>> = { jpeg: 64, png: 40, webp: 40 };
const secondsPerPicture = 20;

/**
 * Leaves the whole process able to load JPEG, PNG, WebP and SVG only, without a cache, on one thread per picture.
 * SVG stays for our own drawings; a file from outside reaches sharp only after its first bytes said JPEG, PNG or WebP.
 */
export function guardPictureLoaders(): void {
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: ['Jpeg', 'Png', 'Webp', 'Svg'].map((name) => `VipsForeignLoad${name}`) });
  sharp.cache(false);
  sharp.concurrency(1);
}

/** Opens a picture from outside. The bytes that are sniffed are the bytes that are decoded. */
export async function openPicture(file: string): Promise<{ picture: Sharp; format: PictureFormat }> {
  if ((await stat(file)).size > maxFileBytes) throw new UnreadableMedia('the picture file is too large');
  const bytes = await readFile(file);
  const format = sniffPicture(bytes.subarray(0, 16));
  if (!format) throw new UnreadableMedia('not a JPEG, PNG or WebP picture');
  const limitInputPixels = mostMegapixels[format] * 1_000_000;
  const { width, height } = await decoding(() => sharp(bytes, { ...reading, limitInputPixels: false }).metadata());
  if (width * height > limitInputPixels) throw new TooManyPixels(mostMegapixels[format]);
  return { picture: sharp(bytes, { ...reading, limitInputPixels }).timeout({ seconds: secondsPerPicture }), format };
}

/** Reads a picture to its last line and tells what it is; throws `UnreadableMedia` for anything broken, huge or of another kind. */
export async function inspectPicture(file: string): Promise<PictureFacts> {
  const { picture, format } = await openPicture(file);
  return decoding(async () => {
    const { width, height, hasAlpha, autoOrient } = await picture.metadata();
    await picture.clone().resize(32, 32, { fit: 'inside' }).raw().toBuffer();
    return { format, width: autoOrient.width ?? width, height: autoOrient.height ?? height, hasAlpha };
  });
}

/** Re-encodes a picture without any metadata, upright, in sRGB: PNG where something in it is transparent, else JPEG. */
export async function cleanPicture(file: string, out: string, options: { maxSide: number }): Promise<WrittenPicture> {
  const { picture } = await openPicture(file);
  const fitted = picture
    .autoOrient()
    .resize(options.maxSide, options.maxSide, { fit: 'inside', withoutEnlargement: true });
  const { hasAlpha } = await decoding(() => picture.metadata());
  const transparent = hasAlpha && !(await decoding(() => picture.stats())).isOpaque;
  return write(fitted, out, transparent ? 'png' : 'jpeg');
}

/** A small JPEG data URL for a model to look at; transparency becomes white. */
export async function pictureAsDataUrl(file: string, { maxSide = 1024, quality = 85 } = {}): Promise<string> {
  const { picture } = await openPicture(file);
  const small = picture.autoOrient().resize(maxSide, maxSide, { fit: 'inside', withoutEnlargement: true });
  const { data } = await decoding(() => encode(small, 'jpeg', quality).toBuffer({ resolveWithObject: true }));
  return `data:image/jpeg;base64,${data.toString('base64')}`;
}

/** Crops and scales a picture to exactly this size, around its centre, in the format that `out` is named after. */
export async function fitPicture(
  file: string,
  out: string,
  size: { width: number; height: number },
): Promise<WrittenPicture> {
  const { picture } = await openPicture(file);
  return write(picture.autoOrient().resize(size.width, size.height, { fit: 'cover' }), out, formatNamedBy(out));
}

/** A WebP thumbnail. */
export async function thumbnail(file: string, out: string, { width }: { width: number }): Promise<WrittenPicture> {
  const { picture } = await openPicture(file);
  return write(picture.autoOrient().resize({ width, withoutEnlargement: true }), out, 'webp');
}

export async function write(picture: Sharp, out: string, format: PictureFormat): Promise<WrittenPicture> {
  const { data, info } = await decoding(() => encode(picture, format).toBuffer({ resolveWithObject: true }));
  await writeFile(out, data);
  return { format, mimeType: `image/${format}`, width: info.width, height: info.height, sizeBytes: data.length };
}

/** JPEG tables that are computed for each picture would save 7 % of its bytes for three times the work. */
function encode(picture: Sharp, format: PictureFormat, quality = 90): Sharp {
  if (format === 'png') return picture.png({ compressionLevel: 7 });
  if (format === 'webp') return picture.webp({ quality: 82 });
  return picture
    .flatten({ background: 'white' })
    .jpeg({ quality, chromaSubsampling: quality >= 90 ? '4:4:4' : '4:2:0', optimiseCoding: false });
}

function formatNamedBy(out: string): PictureFormat {
  const extension = path.extname(out).slice(1).toLowerCase().replace('jpg', 'jpeg');
  if (extension === 'jpeg' || extension === 'png' || extension === 'webp') return extension;
  throw new TypeError(`not a picture file name: ${path.basename(out)}`);
}

/** Whatever libvips says about a picture means that the picture can't be read. */
export async function decoding<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new UnreadableMedia('damaged or too large a picture', error);
  }
}
