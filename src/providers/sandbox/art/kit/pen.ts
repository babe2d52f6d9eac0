import type { Color } from './color.ts';
import { lineOf, multiply, shadeOf } from './color.ts';

/** Collects a picture's definitions and knows the light that falls on things. */
export interface Pen {
  /** Adds a definition and gives its id. */
  define(make: (id: string) => string): string;
  definitions(): string;
  /** A thing's own colour as it looks in the scene's light. */
  tone(color: Color): Color;
  /** -1 inside a mirrored group, so that shadows fall the same way everywhere. */
  flip: 1 | -1;
  /** Multiplied into every colour; lighter while characters are drawn, so that the night does not swallow their colours. */
  tint: Color;
}

export function createPen(tint: Color): Pen {
  const definitions: string[] = [];
  const pen: Pen = {
    define: (make) => {
      const id = `d${definitions.length}`;
      definitions.push(make(id));
      return id;
    },
    definitions: () => definitions.join(''),
    tone: (color) => multiply(color, pen.tint),
    flip: 1,
    tint,
  };
  return pen;
}

export const n = (value: number): string => String(Math.round(value * 10) / 10);

/** [offset 0–1, colour, opacity?] */
export type Stop = readonly [number, Color, number?];

const stopsOf = (stops: readonly Stop[]): string =>
  stops
    .map(([at, color, alpha]) => `<stop offset="${at}" stop-color="${color}" stop-opacity="${alpha ?? 1}"/>`)
    .join('');

/** A top-to-bottom gradient over the shape's own box; gives a `fill` value. */
export function vertical(pen: Pen, stops: readonly Stop[]): string {
  return `url(#${pen.define((id) => `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1">${stopsOf(stops)}</linearGradient>`)})`;
}

export function horizontal(pen: Pen, stops: readonly Stop[]): string {
  return `url(#${pen.define((id) => `<linearGradient id="${id}" x1="0" y1="0" x2="1" y2="0">${stopsOf(stops)}</linearGradient>`)})`;
}

export function radial(pen: Pen, stops: readonly Stop[]): string {
  return `url(#${pen.define((id) => `<radialGradient id="${id}">${stopsOf(stops)}</radialGradient>`)})`;
}

export function blurred(pen: Pen, amount: number, body: string): string {
  const id = pen.define(
    (name) =>
      `<filter id="${name}" x="-20%" y="-20%" width="140%" height="140%"><feGaussianBlur stdDeviation="${n(amount)}"/></filter>`,
  );
  return `<g filter="url(#${id})">${body}</g>`;
}

export function clipped(pen: Pen, d: string, body: string): string {
  const id = pen.define((name) => `<clipPath id="${name}"><path d="${d}"/></clipPath>`);
  return `<g clip-path="url(#${id})">${body}</g>`;
}

/** A soft round light. */
export function glow(pen: Pen, x: number, y: number, radius: number, color: Color, strength: number): string {
  const fill = radial(pen, [
    [0, color, strength],
    [0.4, color, strength * 0.45],
    [1, color, 0],
  ]);
  return `<circle cx="${n(x)}" cy="${n(y)}" r="${n(radius)}" fill="${fill}"/>`;
}

export interface CelOptions {
  /** How far the lit side is pulled towards the light; 0 is flat. */
  depth?: number;
  line?: number;
  shade?: Color;
  /** Drawn inside the shape, under its outline. */
  inside?: string;
}

/** A shape in two tones with a coloured outline: the unit of everything drawn here. */
export function cel(pen: Pen, d: string, color: Color, options: CelOptions = {}): string {
  const { depth = 9, line = 4, inside = '' } = options;
  const base = pen.tone(color);
  const shade = options.shade ? pen.tone(options.shade) : shadeOf(base);
  const lit = `<path d="${d}" fill="${base}" transform="translate(${n(-depth * pen.flip)} ${n(-depth * 0.6)})"/>`;
  const body = depth === 0 && !inside ? '' : clipped(pen, d, (depth === 0 ? '' : lit) + inside);
  const fill = `<path d="${d}" fill="${depth === 0 ? base : shade}"/>`;
  return fill + body + (line > 0 ? outline(d, lineOf(base), line) : '');
}

export const outline = (d: string, color: Color, width: number): string =>
  `<path d="${d}" fill="none" stroke="${color}" stroke-width="${n(width)}" stroke-linejoin="round" stroke-linecap="round"/>`;

export const fill = (d: string, color: Color, opacity = 1): string =>
  `<path d="${d}" fill="${color}"${opacity < 1 ? ` opacity="${Math.round(opacity * 100) / 100}"` : ''}/>`;

export const group = (transform: string, body: string): string => `<g transform="${transform}">${body}</g>`;
export const at = (x: number, y: number, scale: number, body: string): string =>
  group(`translate(${n(x)} ${n(y)}) scale(${Math.round(scale * 1000) / 1000})`, body);
