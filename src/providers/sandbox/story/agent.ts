import type { PlainMessage } from '../chat.ts';
import { replyTo } from './reply.ts';
import { withoutRequest } from './request.ts';
import { aboutScene, seenScene } from './seen.ts';

const mark = '<<<FILM';
const end = 'FILM>>>';

const wishes = [
  /\b(make|create|write|shoot|produce|generate|start|begin|turn|film|animate)\b.{0,80}\b(films?|movies?|shorts?|anime|screenplays?|scripts?|animations?|videos?)\b/is,
  /(拍|做|制作|生成|写|创作|变)(成|出|一|个|部|段)?.{0,20}(短片|电影|动画|影片|片子|剧本|视频)/s,
  /(开始|动手|直接)(拍|写|制作|生成|做)/,
];
const holdsBack =
  /\b(how (do|does|can|would|long)|don't|do not|not yet|later|what is)\b|怎么|如何|不要|先别|先不|别急|以后/i;

/** True where a person says that the film is to be made now. */
const wantsFilm = (text: string): boolean => wishes.some((wish) => wish.test(text)) && !holdsBack.test(text);

const isReask = (text: string) => text.startsWith(`The block after ${mark} cannot be used`);
const isBrokenOff = (text: string) => text.startsWith('Your answer broke off');

/** A user's words without the notes a client puts behind them. */
const wordsOf = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !/^\(.*\)$/.test(line))
    .join('\n')
    .trim();

function count(text: string, pattern: RegExp): number | undefined {
  const found = pattern.exec(text);
  return found ? Number(found[1]) : undefined;
}

function block(said: readonly string[]): string {
  const idea = said.map(withoutRequest).filter(Boolean).join('\n').slice(-4000);
  const all = said.join('\n');
  const decision = {
    prompt: idea,
    scene_count: count(all, /(\d+)\s*(?:scenes?|shots?|个场景|幕|个镜头)/i),
    character_count: count(all, /(\d+)\s*(?:characters?|个角色|位角色|个人物)/i),
    language: /english narration|narrat\w* in english|英文旁白/i.test(all) ? 'en' : undefined,
  };
  return `${mark}\n${JSON.stringify(decision)}\n${end}`;
}

const beginnings = {
  zh: '好的！我这就把这个想法写成剧本，写好以后你可以逐幕修改。',
  en: 'With pleasure! I am turning your idea into a screenplay now; you can change every scene once it is there.',
};

/** What the model behind the agent of a studio answers; undefined where the rules are none of such an agent. */
export function agentReply(messages: readonly PlainMessage[]): string | undefined {
  if (!messages.some(({ role, text }) => role === 'system' && text.includes(mark))) return undefined;
  const users = messages.filter(({ role }) => role === 'user').map(({ text }) => text);
  const said = users.filter((text) => !isReask(text) && !isBrokenOff(text)).map(wordsOf);
  const last = said.at(-1) ?? '';
  if (isReask(users.at(-1) ?? '')) return block(said);
  const tongue = /[\u4e00-\u9fff]/.test(last) ? 'zh' : 'en';
  const seen = messages.map(({ text }) => seenScene(text, last)).find((scene) => scene !== undefined);
  if (seen) return aboutScene(seen, tongue);
  if (!wantsFilm(last)) return replyTo([{ role: 'user', text: last }]);
  return `${beginnings[tongue]}\n${block(said)}`;
}

/** The same answer with a decision nobody can read. */
export const breakDecision = (answer: string): string => {
  const at = answer.indexOf(mark);
  return at === -1 ? answer : answer.slice(0, at + mark.length + 14);
};
