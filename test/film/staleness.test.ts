import assert from 'node:assert/strict';
import { clipPrompt, scenePrompt, sheetPrompt } from '../../src/film/prompts.ts';
import {
  type FilmMaterial,
  type FindEqual,
  filmStates,
  reusableSteps,
  type SceneMaterial,
} from '../../src/film/staleness.ts';
import { clipHash, filmHash, narrationHash, pictureHash } from '../../src/film/takeInputs.ts';

const words = { narration: 'n', imagePrompt: 'a roof', videoPrompt: 'it moves', characterSheetIds: ['mimi'] };
const mimi = { id: 'mimi', name: 'Mimi', description: 'a white kitten' };
const film = {
  models: { image: 'i', video: 'v' },
  aspectRatio: '16:9',
  sceneSeconds: 5,
  style: 'ink',
  references: ['up'],
} as const;

function scene(id: string, more: Partial<SceneMaterial> = {}): SceneMaterial {
  const size = '1536x864';
  const prompt = scenePrompt(words, [mimi], 'ink');
  const drawn = pictureHash({ kind: 'image', model: 'i', prompt, size, references: ['sheet', 'up'] });
  const references = [`picture ${id}`, 'sheet'];
  const shot = clipHash({ model: 'v', prompt: clipPrompt(words), seconds: 5, references });
  return {
    id,
    ...words,
    picture: { inputHash: drawn, sha256: `picture ${id}`, picked: false },
    clip: { inputHash: shot, sha256: `clip ${id}`, picked: false },
    ...more,
  };
}

/** A film of two scenes of which everything is current, and what is changed about it. */
function material(more: Partial<FilmMaterial> = {}): FilmMaterial {
  const prompt = sheetPrompt(mimi, 'ink');
  const inputHash = pictureHash({ kind: 'character_sheet', model: 'i', prompt, size: '1536x864', references: ['up'] });
  return {
    ...film,
    sheets: [{ ...mimi, shown: { inputHash, sha256: 'sheet', picked: false } }],
    scenes: [scene('a'), scene('b')],
    filmInputHash: filmHash({ clips: ['clip a', 'clip b'], narration: ['n', 'n'], frame: '16:9' }),
    filmNarrationHashes: { a: narrationHash('n'), b: narrationHash('n') },
    ...more,
  };
}

const picked = (id: string, sha256: string) => ({ inputHash: 'of other words', sha256, picked: id !== '' });

function statesOf(given: FilmMaterial): string {
  const { film: cut, sheets, scenes } = filmStates(given);
  return [cut, sheets.get('mimi'), ...[...scenes.values()].map(({ image, video }) => `${image}/${video}`)].join(' ');
}

describe('filmStates', () => {
  const current = 'current current current/current current/current';
  const cases: [string, FilmMaterial, string][] = [
    ['nothing changed', material(), current],
    ['another image model', material({ models: { image: 'j', video: 'v' } }), 'stale stale stale/stale stale/stale'],
    [
      'another video model',
      material({ models: { image: 'i', video: 'w' } }),
      'stale current current/stale current/stale',
    ],
    ['another shape', material({ aspectRatio: '9:16' }), 'stale current stale/stale stale/stale'],
    ['other clip lengths', material({ sceneSeconds: 10 }), 'stale current current/stale current/stale'],
    [
      'another narration',
      material({ scenes: [scene('a', { narration: 'm' }), scene('b')] }),
      `stale ${current.slice(8)}`,
    ],
    ['another order', material({ scenes: [scene('b'), scene('a')] }), `stale ${current.slice(8)}`],
    ['a scene less', material({ scenes: [scene('a')] }), 'stale current current/current'],
    ['no film yet', material({ filmInputHash: undefined }), `missing ${current.slice(8)}`],
    ['no sheet yet', material({ sheets: [{ ...mimi, shown: undefined }] }), 'stale missing stale/stale stale/stale'],
    [
      'a new sheet',
      material({ sheets: [{ ...mimi, shown: { inputHash: null, sha256: 's', picked: false } }] }),
      'stale stale stale/stale stale/stale',
    ],
    [
      'a sheet that a person chose',
      material({ sheets: [{ ...mimi, shown: { inputHash: null, sha256: 'sheet', picked: true } }] }),
      current,
    ],
    [
      'no clip yet',
      material({ scenes: [scene('a', { clip: undefined }), scene('b')] }),
      'stale current current/missing current/current',
    ],
    [
      'a picture of unknown making',
      material({ scenes: [scene('a', { picture: { inputHash: null, sha256: 'p', picked: false } }), scene('b')] }),
      'stale current stale/stale current/current',
    ],
    [
      'a picture picked',
      material({ scenes: [scene('a', { picture: picked('a', 'p') }), scene('b')] }),
      'stale current current/stale current/current',
    ],
    [
      'a picture picked, and another sheet to be drawn of who is in it',
      material({
        models: { image: 'j', video: 'v' },
        scenes: [scene('a', { picture: { inputHash: null, sha256: 'picture a', picked: true } }), scene('b')],
      }),
      'stale stale current/stale stale/stale',
    ],
    [
      'a clip picked',
      material({ scenes: [scene('a', { clip: picked('a', 'p') }), scene('b')] }),
      `stale ${current.slice(8)}`,
    ],
    [
      'a clip picked though its words changed',
      material({ scenes: [scene('a', { imagePrompt: 'a pier', clip: picked('a', 'p') }), scene('b')] }),
      'stale current stale/current current/current',
    ],
  ];
  for (const [what, given, expected] of cases) {
    it(`knows what is current: ${what}`, () => assert.equal(statesOf(given), expected));
  }

  it('knows of each scene whether the film says it as it is now, however the texts of others read', () => {
    const [a, b] = ['It rains. The lamp goes out.', 'It rains.'];
    const filmNarrationHashes = { a: narrationHash(a), b: narrationHash(b) };
    const said = (more: Partial<FilmMaterial>) =>
      [...filmStates(material({ filmNarrationHashes, ...more })).scenes.values()].map((scene) => scene.said).join(' ');
    const scenes = (...texts: string[]) => texts.map((narration, at) => scene('abc'[at] ?? '', { narration }));
    assert.equal(said({ scenes: scenes(a, b) }), 'current current');
    assert.equal(said({ scenes: scenes(a, b).toReversed() }), 'current current');
    assert.equal(said({ scenes: scenes('It rains.', b, b) }), 'stale current missing');
    assert.equal(said({ scenes: scenes(a, b), filmNarrationHashes: undefined }), 'missing missing');
  });
});

describe('reusableSteps', () => {
  const all = 'sheet mimi, image a, clip a, image b, clip b';
  const none: FindEqual = () => undefined;
  const names = { drawCharacterSheet: 'sheet', drawSceneImage: 'image', shootSceneClip: 'clip' };
  const stepsOf = (given: FilmMaterial, findEqual = none) =>
    [...reusableSteps(given, findEqual)]
      .map((key) => Object.entries(names).reduce((name, [kind, word]) => name.replace(`${kind}:`, `${word} `), key))
      .join(', ');
  /** Earlier takes as a film left them, of which those of these kinds are there still. */
  const earlier = (...kinds: string[]): FindEqual => {
    const { sheets, scenes } = material();
    const takes = [
      ...sheets.map(({ id, shown }) => ({ kind: 'character_sheet', id, shown })),
      ...scenes.flatMap(({ id, picture, clip }) => [
        { kind: 'image', id, shown: picture },
        { kind: 'clip', id, shown: clip },
      ]),
    ];
    return (kind, subjectId, inputHash) =>
      takes.find(
        (take) =>
          kinds.includes(kind) && take.kind === kind && take.id === subjectId && take.shown?.inputHash === inputHash,
      )?.shown?.sha256;
  };
  const other = { inputHash: 'of another shape', sha256: 'other', picked: false };
  const turned = material({
    scenes: [scene('a', { picture: other, clip: other }), scene('b', { picture: other, clip: other })],
  });

  it('buys nothing where everything is current', () => assert.equal(stepsOf(material()), all));

  it('finds earlier takes of the same input, and goes on with their files', () => {
    assert.equal(stepsOf(turned), 'sheet mimi');
    assert.equal(stepsOf(turned, earlier('image', 'clip')), all);
    assert.equal(stepsOf(turned, earlier('image')), 'sheet mimi, image a, image b');
    const sheets = [{ ...mimi, shown: other }];
    assert.equal(stepsOf({ ...turned, sheets }, earlier('character_sheet', 'image', 'clip')), all);
  });

  it('makes nothing of what is still to be bought, whatever there is of it', () => {
    assert.equal(stepsOf(turned, earlier('clip')), 'sheet mimi');
    const unknown = material({ sheets: [{ ...mimi, shown: other }] });
    assert.equal(stepsOf(unknown, earlier('image', 'clip')), '');
  });

  it('keeps what is shown where an earlier take is equal too, and what a person chose', () => {
    assert.equal(
      stepsOf(material(), () => 'another file'),
      all,
    );
    const chosen = { ...other, picked: true };
    const scenes = [scene('a', { picture: chosen, clip: chosen }), scene('b', { picture: chosen })];
    assert.equal(stepsOf(material({ scenes }), earlier('image', 'clip')), 'sheet mimi, image a, clip a, image b');
  });
});
