/** Colours are `#rrggbb` everywhere. */
export type Color = string;
type Channels = [number, number, number];

function channels(color: Color): Channels {
  const value = Number.parseInt(color.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

const hex = (parts: Channels): Color =>
  `#${parts
    .map((part) =>
      Math.round(Math.min(255, Math.max(0, part)))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;

const join = (a: Color, b: Color, each: (x: number, y: number) => number): Color => {
  const [r, g, bl] = channels(a);
  const [r2, g2, b2] = channels(b);
  return hex([each(r, r2), each(g, g2), each(bl, b2)]);
};

/** `share` of b in a. */
export const mix = (a: Color, b: Color, share: number): Color => join(a, b, (x, y) => x + (y - x) * share);
export const multiply = (a: Color, b: Color): Color => join(a, b, (x, y) => (x * y) / 255);
export const lighten = (color: Color, share: number): Color => mix(color, '#ffffff', share);
export const darken = (color: Color, share: number): Color => mix(color, '#1d1530', share);

/** The second tone of cel shading: darker and a little towards violet, never grey. */
export const shadeOf = (color: Color): Color => mix(multiply(color, '#c3b2de'), color, 0.12);

/** Coloured line art: the fill's own dark, so that lines stay soft. */
export const lineOf = (color: Color): Color => mix(multiply(color, '#8a6c86'), '#2c1f36', 0.62);
