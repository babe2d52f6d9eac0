import type { Random } from '../art/kit/random.ts';
import { createRandom, pick, seedOf } from '../art/kit/random.ts';
import type { PlaceName } from '../art/places/index.ts';
import type { Time, Weather } from '../art/scenery/light.ts';
import { distinct, first } from '../words/lexicon.ts';
import type { PropName } from '../words/props.ts';
import { propWords } from '../words/props.ts';
import { placeWords, timeWords, weatherWords } from '../words/scene.ts';
import type { Beat } from './beat.ts';
import type { Brief } from './brief.ts';
import type { Character } from './characters.ts';
import { castFilm } from './characters.ts';
import type { Telling } from './fill.ts';
import { tell } from './fill.ts';
import type { Idea } from './idea.ts';
import { readIdea } from './idea.ts';
import { passages } from './passages.ts';
import { choosePlot } from './plot.ts';
import { picturePrompt, videoPrompt } from './prompts.ts';
import { planRoute } from './route.ts';
import { sceneryBeats } from './scenery.ts';
import { titleOf } from './title.ts';

export interface WrittenScene {
  scene_id: number;
  narration: string;
  image_prompt: string;
  video_prompt: string;
  character_description: string;
  characters: string[];
  image_url: null;
  video_url: null;
  status: 'pending';
}

/** A screenplay exactly in the document's format, plus the names of each scene's characters. */
export interface Screenplay {
  task_id: string;
  script_title: string;
  scenes: WrittenScene[];
  characters: { name: string; description: string }[];
}

/** Everything that narration and picture of one scene are made of. */
export interface ScenePlan {
  beat: Beat;
  place: PlaceName;
  time: Time;
  weather: Weather;
  things: PropName[];
  present: Character[];
  /** The idea's own sentence, where it is long enough to tell the scene itself. */
  passage: string | undefined;
}

function presentIn(beat: Beat, cast: readonly Character[], index: number): Character[] {
  if (index === 0) return [...cast];
  if (beat.who === 'none') return [];
  const [hero, ...others] = cast;
  if (!hero) return [];
  if (beat.who === 'hero' || others.length === 0) return [hero];
  if (beat.who === 'pair') return [hero, others[0] ?? hero];
  const shift = index % others.length;
  return [hero, ...others.slice(shift), ...others.slice(0, shift)].slice(0, 3);
}

function weatherFor(idea: Idea, beat: Beat, passage: string | undefined, random: Random): Weather {
  const said = passage ? first(weatherWords, passage) : undefined;
  if (said) return said;
  const wished = first(weatherWords, idea.goal.said[idea.tongue]);
  if (beat.at >= 0.88 && wished && wished !== 'storm') return wished;
  if (beat.weather === 'theme') return idea.weather ?? pick(random, ['rain', 'storm', 'wind']);
  if (idea.weather && beat.at < 0.68) return beat.at < 0.2 && idea.weather !== 'snow' ? 'cloudy' : idea.weather;
  return beat.weather ?? 'clear';
}

function planScene(
  idea: Idea,
  beat: Beat,
  index: number,
  route: readonly PlaceName[],
  cast: readonly Character[],
  random: Random,
  passage: string | undefined,
): ScenePlan {
  const local = passage ? first(placeWords, passage) : undefined;
  const props = idea.props.filter(
    (thing) =>
      (thing !== 'airship' || !idea.places.includes('airshipDeck')) && (thing !== idea.goal.sought || beat.at >= 0.88),
  );
  const own = props[index % Math.max(1, props.length)];
  const usual = beat.props ? pick(random, [beat.props[0] ?? 'lantern', ...beat.props.slice(1)]) : undefined;
  const said = passage ? distinct(propWords, passage).slice(0, 2) : [];
  const things =
    said.length > 0
      ? said
      : [own, usual].filter((thing) => thing !== undefined).slice(0, index % 2 === 0 || beat.props ? 2 : 1);
  return {
    beat,
    place: local ?? route[index] ?? 'field',
    time:
      (passage ? first(timeWords, passage) : undefined) ??
      (idea.time && index % 3 !== 1 ? idea.time : (beat.time ?? 'afternoon')),
    weather: weatherFor(idea, beat, passage, random),
    things,
    present: presentIn(beat, cast, index),
    passage,
  };
}

function tellingOf(idea: Idea, brief: Brief, plan: ScenePlan, cast: readonly Character[], home: PlaceName): Telling {
  const { place, time, weather, things, present } = plan;
  const role = idea.heroes[0]?.role ?? 'girl';
  return {
    tongue: brief.language,
    goal: idea.goal,
    role,
    cast,
    present,
    home,
    place,
    time,
    weather: weather === 'clear' ? 'wind' : weather,
    thing: things[0] ?? 'lantern',
  };
}

function writeScene(
  idea: Idea,
  brief: Brief,
  plan: ScenePlan,
  index: number,
  cast: readonly Character[],
  home: PlaceName,
): WrittenScene {
  const template = plan.beat[brief.language];
  return {
    scene_id: index + 1,
    narration: plan.passage ?? tell(template, tellingOf(idea, brief, plan, cast, home)),
    image_prompt: picturePrompt(plan, brief.style, index === 0 ? cast : [], idea),
    video_prompt: videoPrompt(plan),
    character_description: plan.present.map(({ name, description }) => `${name}: ${description}`).join('; '),
    characters: plan.present.map(({ name }) => name),
    image_url: null,
    video_url: null,
    status: 'pending',
  };
}

/** The scenes of one part; only the first brings the characters. */
function partOf(screenplay: Screenplay, part: Brief['part']): Screenplay {
  if (!part) return screenplay;
  const { from, to } = part;
  return {
    ...screenplay,
    scenes: screenplay.scenes.slice(from - 1, to),
    characters: from > 1 ? [] : screenplay.characters,
  };
}

/** Writes a screenplay out of the idea's own words; the same brief always gives the same screenplay. */
export function writeScreenplay(brief: Brief): Screenplay {
  const idea = readIdea(brief.idea);
  const random = createRandom(seedOf(`${brief.idea}|${brief.sceneCount}|${brief.characterCount}`));
  const cast = castFilm(idea, brief.characterCount, brief.language, random);
  const plot =
    cast.length === 0
      ? sceneryBeats(brief.sceneCount)
      : choosePlot(brief.sceneCount, { pal: cast.length > 1, rivals: idea.rivals && cast.length > 1 }, random);
  const route = planRoute(
    idea,
    plot.map(({ at }) => at),
    random,
    plot.map(({ at, weather }) => weather === 'theme' && at > 0.4),
  );
  const told = passages(idea, plot.length, brief.language);
  const scenes = plot.map((beat, index) =>
    writeScene(
      idea,
      brief,
      planScene(idea, beat, index, route, cast, random, told[index]),
      index,
      cast,
      route[0] ?? 'field',
    ),
  );
  const characters = cast.map(({ name, description }) => ({ name, description }));
  const title = titleOf(idea, cast, brief.language);
  return partOf({ task_id: brief.taskId, script_title: title, scenes, characters }, brief.part);
}
