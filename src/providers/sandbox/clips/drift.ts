import sharp from 'sharp';
import type { Random } from '../art/kit/random.ts';
import { between, createRandom, seedOf } from '../art/kit/random.ts';

type Air = 'motes' | 'rain' | 'snow' | 'leaves';

interface Size {
  width: number;
  height: number;
}

/** What moves through the air of a clip, by the words of its prompt. */
export function airOf(prompt: string): Air {
  if (/\brain|storm|downpour|雨/i.test(prompt)) return 'rain';
  if (/\bsnow|blizzard|雪/i.test(prompt)) return 'snow';
  return /leaves|petals|windy|in the wind|落叶|花瓣|风/i.test(prompt) ? 'leaves' : 'motes';
}

const counts: Record<Air, number> = { motes: 22, rain: 70, snow: 90, leaves: 16 };

function particle(air: Air, x: number, y: number, random: Random): string {
  const opacity = (0.3 + random() * 0.5).toFixed(2);
  if (air === 'rain')
    return `<path d="M${x} ${y}l-9 46" stroke="#eaf3ff" stroke-width="2" stroke-linecap="round" opacity="${opacity}"/>`;
  if (air === 'leaves') {
    const color = ['#ffc4d6', '#f6b26b', '#b7d77a'][Math.floor(random() * 3)] ?? '#ffc4d6';
    return `<path d="M0 0C8 -9 20 -9 27 0C20 8 8 8 0 0Z" fill="${color}" transform="translate(${x} ${y}) rotate(${Math.round(random() * 360)})"/>`;
  }
  const radius = air === 'snow' ? between(random, 1.6, 5) : between(random, 1.2, 3.6);
  return `<circle cx="${x}" cy="${y}" r="${radius.toFixed(1)}" fill="${air === 'snow' ? '#ffffff' : '#fff6d8'}" opacity="${opacity}"/>`;
}

/** A sheet of particles, the clip's height twice over, so that it can scroll without a seam. */
export function driftPicture(air: Air, { width, height }: Size, prompt: string): Promise<Buffer> {
  const random = createRandom(seedOf(prompt));
  const parts = Array.from({ length: counts[air] }, () => {
    const [x, y, seed] = [Math.round(random() * (width + 80)), Math.round(random() * height), random() * 4294967296];
    return [-height, 0, height].map((shift) => particle(air, x, y + shift, createRandom(seed))).join('');
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width + 80}" height="${height * 2}">${parts.join('')}</svg>`;
  return sharp(Buffer.from(svg)).png({ compressionLevel: 1 }).toBuffer();
}

/** How the sheet scrolls: pixels a second downwards (negative: up), and its sway. */
const scroll: Record<Air, { speed: number; sway: number }> = {
  motes: { speed: -26, sway: 18 },
  rain: { speed: 1150, sway: 0 },
  snow: { speed: 74, sway: 30 },
  leaves: { speed: 120, sway: 40 },
};

export function driftOverlay(air: Air, height: number): string {
  const { speed, sway } = scroll[air];
  const y = speed > 0 ? `mod(t*${speed}\\,${height})-${height}` : `-mod(t*${-speed}\\,${height})`;
  return `overlay=x='-40+${sway}*sin(t*0.7)':y='${y}':format=yuv420`;
}
