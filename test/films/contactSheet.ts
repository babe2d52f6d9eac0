import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { sampleFrames } from '../../src/media/poster.ts';
import type { MediaTools } from '../../src/media/tools.ts';

const gap = 8;
const cellsPerRow = 4;

/** Two frames of every scene, one above the other: near its beginning and near its end, so that the camera's way can be seen. */
export async function contactSheet(
  tools: MediaTools,
  film: { file: string; scenes: number; sceneSeconds: number; portrait: boolean },
  out: string,
): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'directorai-frames-'));
  const moments = Array.from({ length: film.scenes }, (_, scene) =>
    [0.12, 0.88].map((share) => (scene + share) * film.sceneSeconds),
  );
  try {
    await sampleFrames(tools, { file: film.file, container: 'mp4' }, moments.flat(), { dir });
    const width = film.portrait ? 240 : 400;
    const frames = await Promise.all(
      moments.flat().map((_, index) =>
        sharp(join(dir, `frame${index}.jpg`))
          .resize({ width })
          .png()
          .toBuffer({ resolveWithObject: true }),
      ),
    );
    const height = frames[0]?.info.height ?? 0;
    const columns = Math.min(cellsPerRow, film.scenes);
    const place = (index: number) => {
      const scene = Math.floor(index / 2);
      const row = Math.floor(scene / columns) * 2 + (index % 2);
      return {
        left: gap + (scene % columns) * (width + gap),
        top: gap + row * (height + 2) + Math.floor(scene / columns) * gap,
      };
    };
    const rows = Math.ceil(film.scenes / columns);
    const canvas = {
      width: gap + columns * (width + gap),
      height: gap + rows * (2 * (height + 2) + gap),
      channels: 3 as const,
      background: '#161616',
    };
    await sharp({ create: canvas })
      .composite(frames.map(({ data }, index) => ({ input: data, ...place(index) })))
      .png()
      .toFile(out);
  } finally {
    await rm(dir, { recursive: true });
  }
}
