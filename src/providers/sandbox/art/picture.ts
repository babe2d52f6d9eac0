import sharp from 'sharp';
import { readDirection } from './direction.ts';
import { sceneSvg } from './scene.ts';
import { sheetSvg } from './sheet.ts';

/** True where a prompt asks for one character from three sides, not for a scene. */
export const asksForSheet = (prompt: string): boolean =>
  /character sheet/i.test(prompt) && /front view, side view, back view/i.test(prompt);

/** The picture a prompt asks for, as SVG; the same prompt and variant always give the same picture. */
export function pictureSvg(prompt: string, width: number, height: number, variant = 0): string {
  const direction = readDirection(prompt);
  const [look] = direction.cast;
  if (asksForSheet(prompt) && look) return sheetSvg(look, width, height, variant);
  return sceneSvg({ ...direction, seed: direction.seed + variant * 7919 }, width, height);
}

/** Draws a picture as PNG. */
export async function drawPicture(prompt: string, width: number, height: number, variant = 0): Promise<Buffer> {
  const svg = Buffer.from(pictureSvg(prompt, width, height, variant));
  return sharp(svg, { limitInputPixels: 2048 * 2048 })
    .flatten({ background: '#ffffff' })
    .png({ compressionLevel: 6 })
    .toBuffer();
}
