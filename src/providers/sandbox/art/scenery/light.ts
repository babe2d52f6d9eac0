import type { Color } from '../kit/color.ts';
import { mix, multiply } from '../kit/color.ts';
import type { Stop } from '../kit/pen.ts';

export const times = ['dawn', 'morning', 'noon', 'afternoon', 'sunset', 'night'] as const;
export type Time = (typeof times)[number];
const weathers = ['clear', 'cloudy', 'rain', 'storm', 'snow', 'fog', 'wind'] as const;
export type Weather = (typeof weathers)[number];

/** The light of a scene: how the sky is coloured and what it does to every other colour. */
export interface Light {
  sky: readonly Stop[];
  /** Multiplied into everything that the light falls on. */
  tint: Color;
  /** The colour that distance fades into. */
  haze: Color;
  cloudLit: Color;
  cloudShade: Color;
  /** Sun or moon. */
  disc: Color;
  glow: Color;
  dark: boolean;
}

const lights: Record<Time, Light> = {
  dawn: {
    sky: [
      [0, '#6a86d8'],
      [0.35, '#b7a6e4'],
      [0.62, '#f7b7c2'],
      [0.85, '#ffd9ae'],
      [1, '#fff0cf'],
    ],
    tint: '#ffeae4',
    haze: '#f4c9cf',
    cloudLit: '#fff1ea',
    cloudShade: '#d9a9cd',
    disc: '#fff3c9',
    glow: '#ffd49a',
    dark: false,
  },
  morning: {
    sky: [
      [0, '#2f86e3'],
      [0.5, '#79c1f7'],
      [0.85, '#cdebfb'],
      [1, '#f3fbff'],
    ],
    tint: '#ffffff',
    haze: '#c4e4f7',
    cloudLit: '#ffffff',
    cloudShade: '#b5d3ef',
    disc: '#fffbe0',
    glow: '#fff4c2',
    dark: false,
  },
  noon: {
    sky: [
      [0, '#1c70d8'],
      [0.5, '#5fb2f5'],
      [0.9, '#bfe6fc'],
      [1, '#e6f7ff'],
    ],
    tint: '#ffffff',
    haze: '#b9def5',
    cloudLit: '#ffffff',
    cloudShade: '#a9cdee',
    disc: '#ffffff',
    glow: '#fffbe0',
    dark: false,
  },
  afternoon: {
    sky: [
      [0, '#4a94dc'],
      [0.45, '#9dcbea'],
      [0.8, '#fbe6bf'],
      [1, '#ffefc8'],
    ],
    tint: '#fff6e0',
    haze: '#f6e3c0',
    cloudLit: '#fffaf0',
    cloudShade: '#d8cbd4',
    disc: '#fff6cf',
    glow: '#ffe29a',
    dark: false,
  },
  sunset: {
    sky: [
      [0, '#3a3f94'],
      [0.3, '#8a56a8'],
      [0.55, '#e86f7c'],
      [0.78, '#ff9f5e'],
      [0.95, '#ffd987'],
      [1, '#ffe9a8'],
    ],
    tint: '#ffdcc0',
    haze: '#f7a984',
    cloudLit: '#ffc9a0',
    cloudShade: '#b0658f',
    disc: '#fff0b0',
    glow: '#ff9c4a',
    dark: false,
  },
  night: {
    sky: [
      [0, '#0a1238'],
      [0.45, '#1d2f72'],
      [0.8, '#3c5aa6'],
      [1, '#6d8cc9'],
    ],
    tint: '#98a6dd',
    haze: '#4660a6',
    cloudLit: '#6a7cc0',
    cloudShade: '#34478c',
    disc: '#fffbe6',
    glow: '#c9d8ff',
    dark: true,
  },
};

const overcast: Partial<
  Record<Weather, { sky: readonly Stop[]; tint: Color; haze: Color; cloudLit: Color; cloudShade: Color }>
> = {
  rain: {
    sky: [
      [0, '#5f7590'],
      [0.6, '#93a9ba'],
      [1, '#c9d6dc'],
    ],
    tint: '#d3dcea',
    haze: '#a9bac8',
    cloudLit: '#b9c6d2',
    cloudShade: '#7c8ea4',
  },
  storm: {
    sky: [
      [0, '#20263f'],
      [0.5, '#465273'],
      [0.85, '#77829c'],
      [1, '#a7a5b0'],
    ],
    tint: '#b9c0da',
    haze: '#6f7a98',
    cloudLit: '#6d7894',
    cloudShade: '#333c5a',
  },
  snow: {
    sky: [
      [0, '#8ea8cc'],
      [0.6, '#bccfe4'],
      [1, '#eaf1f8'],
    ],
    tint: '#eaf1ff',
    haze: '#d5e2f0',
    cloudLit: '#f4f8fc',
    cloudShade: '#b3c4dc',
  },
  fog: {
    sky: [
      [0, '#a9bbc9'],
      [0.6, '#cbd7dd'],
      [1, '#e6ebea'],
    ],
    tint: '#e8eef0',
    haze: '#d9e2e6',
    cloudLit: '#eef2f4',
    cloudShade: '#c2ced6',
  },
};

const nightSky = (sky: readonly Stop[]): readonly Stop[] =>
  sky.map(([at, color]) => [at, multiply(color, '#4a5690')] as const);

/** Bad weather greys the hour's light, a clear sky leaves it. */
export function lightOf(time: Time, weather: Weather): Light {
  const hour = lights[time];
  const grey = overcast[weather];
  if (!grey) return hour;
  if (time === 'night')
    return {
      ...hour,
      sky: nightSky(grey.sky),
      tint: multiply(hour.tint, '#d8dcec'),
      cloudLit: multiply(grey.cloudLit, '#7a88c4'),
      cloudShade: multiply(grey.cloudShade, '#6a78b4'),
    };
  const warm = time === 'sunset' || time === 'dawn' ? 0.28 : 0;
  const sky = grey.sky.map(([at, color]) => [at, mix(color, at > 0.5 ? hour.haze : color, warm * 2)] as const);
  return { ...hour, ...grey, sky, tint: mix(grey.tint, hour.tint, warm), haze: mix(grey.haze, hour.haze, warm) };
}
