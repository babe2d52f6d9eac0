/** True for a text that the film's subtitles say; they are broken into lines and cues, so blanks do not count. */
export type Spoken = (narration: string) => boolean;

const markup: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };

const bare = (text: string) =>
  text
    .replaceAll(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\s\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]+/gu, '')
    .replaceAll('-->', '→');

/** Reads a film's WebVTT: a scene's narration is one cue or several in a row, whole. */
export function readSpoken(vtt: string): Spoken {
  const cues = vtt
    .split(/\n\n+/)
    .filter((block) => block.includes('-->'))
    .map((block) =>
      block
        .trim()
        .split('\n')
        .slice(1)
        .join('')
        .replaceAll(/&(lt|gt|amp);/g, (one) => markup[one] ?? one),
    )
    .map(bare);
  return (narration) => {
    const wanted = bare(narration);
    return wanted === '' || cues.some((_, from) => startsAt(cues, from, wanted));
  };
}

function startsAt(cues: string[], from: number, wanted: string): boolean {
  let said = '';
  for (let at = from; at < cues.length && said.length < wanted.length; at += 1) said += cues[at];
  return said === wanted;
}
