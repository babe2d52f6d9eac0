import type { Tongue } from './nouns.ts';

export interface SeenScene {
  number: string;
  narration: string;
  picture: string;
}

const asked = /(?:scene|shot)\s*(\d+)|第?\s*(\d+)\s*(?:个场景|场|幕|个镜头)|场景\s*(\d+)/i;

/** The scene a message speaks of, where the film that is looked at was told along. */
export function seenScene(told: string, message: string): SeenScene | undefined {
  const number = asked.exec(message)?.slice(1).find(Boolean);
  if (number === undefined || !told.includes('The person has this film')) return undefined;
  const found = new RegExp(`^Scene ${number} \\(.*\\)\\n  narration: (.*)\\n  picture: (.*)$`, 'm').exec(told);
  return found ? { number, narration: found[1] ?? '', picture: found[2] ?? '' } : undefined;
}

/** An answer about it, with words that can be pasted. */
export const aboutScene = ({ number, narration, picture }: SeenScene, tongue: Tongue): string =>
  tongue === 'zh'
    ? `场景 ${number} 现在讲的是「${narration}」我不能直接改动影片；在这个场景的卡片上点「重画」，把画面改成：${picture}, changed as you asked`
    : `Scene ${number} now says: “${narration}” I cannot change the film myself; on that scene's card choose New picture and write: ${picture}, changed as you asked`;
