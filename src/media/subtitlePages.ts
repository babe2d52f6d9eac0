import { type Boundary, boundaryAfter, breakLines, lengthOf, limitOf, toUnits } from './subtitleLines.ts';

const linesPerPage = 2;
/** How much worse a break is than another, a further page among them: a sentence is only cut where it fits no page. */
const breakCost: Record<Boundary, number> = { sentence: 0, clause: 3, none: 10 };
const pageCost = 3;
/** A page of few words flashes by. */
const shortCost = 5;
const shortShare = 0.4;

/** A stretch of text that is not broken between pages, and what ends with it. */
interface Piece {
  text: string;
  boundary: Boundary;
}

/** Text in pages of one or two lines: broken at the end of a sentence where that can be, else of a clause, else anywhere. */
export function toPages(text: string): string[][] {
  const limit = limitOf(text);
  const pieces = toPieces(text, limit);
  const best: { cost: number; from: number; lines: string[] }[] = [{ cost: 0, from: 0, lines: [] }];
  for (let end = 1; end <= pieces.length; end += 1) {
    const ending = end === pieces.length ? 0 : breakCost[pieces[end - 1]?.boundary ?? 'none'];
    best[end] = { cost: Number.POSITIVE_INFINITY, from: end - 1, lines: [(pieces[end - 1]?.text ?? '').trim()] };
    let page = '';
    for (let from = end - 1; from >= 0; from -= 1) {
      page = (pieces[from]?.text ?? '') + page;
      const length = lengthOf(page);
      if (length > limit * linesPerPage) break;
      const cost = (best[from]?.cost ?? 0) + pageCost + ending + (length < limit * shortShare ? shortCost : 0);
      const lines = cost < (best[end]?.cost ?? 0) ? toLines(page.trim(), limit) : undefined;
      if (lines) best[end] = { cost, from, lines };
    }
  }
  const pages: string[][] = [];
  for (let at = pieces.length; at > 0; at = best[at]?.from ?? 0) pages.unshift(best[at]?.lines ?? []);
  return pages.filter((lines) => lines.length > 0);
}

/** Clauses; one that no page holds is cut into lines of similar length, two of them a piece. */
function toPieces(text: string, limit: number): Piece[] {
  const pieces: Piece[] = [];
  let clause = '';
  const close = (boundary: Boundary) => {
    if (clause.trim())
      pieces.push(...(toLines(clause.trim(), limit) ? [{ text: clause, boundary }] : cut(clause, boundary)));
    clause = '';
  };
  for (const unit of toUnits(text, limit)) {
    clause += unit;
    const boundary = boundaryAfter(unit);
    if (boundary !== 'none') close(boundary);
  }
  close('sentence');
  return pieces;
}

function cut(clause: string, boundary: Boundary): Piece[] {
  const lines = evenLines(clause);
  const glue = /\s/.test(clause) ? ' ' : '';
  const pieces: Piece[] = [];
  for (let at = 0; at < lines.length; at += linesPerPage)
    pieces.push({ text: lines.slice(at, at + linesPerPage).join(glue) + glue, boundary: 'none' });
  const last = pieces.at(-1);
  if (last) last.boundary = boundary;
  return pieces;
}

/** Lines for as few pages as can be, of similar length where that is more than one: a rest of one word would flash by. */
function evenLines(text: string): string[] {
  const most = limitOf(text);
  const lines = breakLines(text);
  const wanted = Math.ceil(lines.length / linesPerPage) * linesPerPage;
  if (wanted <= linesPerPage) return lines;
  for (let limit = Math.ceil([...text].length / wanted); limit < most; limit += 1) {
    const even = breakLines(text, limit);
    if (even.length <= wanted) return even;
  }
  return lines;
}

/** The text as one line, or as two that break where it reads best and are of similar length; undefined where it is too long. */
function toLines(text: string, limit: number): string[] | undefined {
  const length = lengthOf(text);
  if (length <= limit) return [text];
  if (length > limit * linesPerPage) return undefined;
  let best: { cost: number; lines: string[] } | undefined;
  let first = '';
  for (const unit of toUnits(text, limit)) {
    first += unit;
    const rest = text.slice(first.length).trim();
    if (lengthOf(first) > limit) break;
    if (!rest || lengthOf(rest) > limit) continue;
    const uneven = Math.abs(lengthOf(first) - lengthOf(rest)) / limit;
    const cost = breakCost[boundaryAfter(unit)] + uneven * pageCost;
    if (!best || cost < best.cost) best = { cost, lines: [first.trim(), rest] };
  }
  return best?.lines;
}
