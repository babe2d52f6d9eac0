import type { PlainMessage } from '../chat.ts';

/** What a screenplay is asked for, read out of the client's message. */
export interface Brief {
  idea: string;
  sceneCount: number;
  /** The scenes asked for, where the film is written in parts. */
  part?: { from: number; to: number };
  characterCount: number;
  language: 'zh' | 'en';
  taskId: string;
  style: string;
}

const field = (text: string, name: string): string | undefined =>
  new RegExp(`^[\\s\\-*]*${name}\\s*[:=：]\\s*(.+?)\\s*$`, 'im').exec(text)?.[1];

function count(text: string, name: string, usual: number, most: number): number {
  const given = Number.parseInt(field(text, name) ?? '', 10);
  return Number.isNaN(given) ? usual : Math.min(most, Math.max(0, given));
}

const asksForScreenplay = (text: string) => /json/i.test(text) && /scenes|screenplay|剧本/i.test(text);

/** The brief of a screenplay request, or undefined where the messages are plain talk. */
export function readBrief(messages: readonly PlainMessage[]): Brief | undefined {
  const users = messages.filter(({ role }) => role === 'user').map(({ text }) => text);
  const framed = users.findLast((text) => text.includes('<<<IDEA'));
  const system = messages
    .filter(({ role }) => role === 'system')
    .map(({ text }) => text)
    .join('\n');
  if (framed === undefined && !asksForScreenplay(system)) return undefined;
  const source = framed ?? users.at(-1) ?? '';
  const idea = /<<<IDEA\s*?\n?([\s\S]*?)\n?\s*IDEA>>>/.exec(source)?.[1] ?? source;
  const around = source.replace(idea, '');
  const language = field(around, 'narration_language') ?? 'zh';
  const sceneCount = Math.max(1, count(around, 'scene_count', 7, 60));
  return {
    idea: idea.trim(),
    sceneCount,
    ...(field(around, 'scene_from') !== undefined && {
      part: { from: count(around, 'scene_from', 1, 60), to: count(around, 'scene_to', sceneCount, 60) },
    }),
    characterCount: count(around, 'character_count', 2, 20),
    language: language.startsWith('en') ? 'en' : 'zh',
    taskId: field(around, 'task_id') ?? '',
    style: field(around, 'style') ?? '',
  };
}
