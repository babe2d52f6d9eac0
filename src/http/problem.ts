import type { IncomingMessage } from 'node:http';
import type { Response } from 'express';
import { type AppError, describeError, type Language } from '../errors.ts';
import type { Log } from '../log.ts';
import { toAppError } from './failures.ts';
import { faultIn } from './faultWords.ts';
import { answerAndHangUp, hasUnreadBody } from './hangUp.ts';

export interface Asker {
  language: Language;
  requestId: string;
  log: Log;
}

/** A failure as RFC 9457 has it. Nothing of its cause is told. */
export function problemOf(
  { code, status, key, params, faults }: AppError,
  { language, requestId }: Pick<Asker, 'language' | 'requestId'>,
) {
  const title = describeError(key, params, language);
  const found = faults.map((fault) => faultIn(language, fault));
  return {
    type: `urn:directorai:problem:${key}`,
    title: title.slice(0, 500),
    status,
    detail: withFirstFault(title, found).slice(0, 2000),
    code,
    requestId,
    errors: found,
  };
}

/** The sentence goes on with where the first fault is, for whoever reads no further. */
function withFirstFault(title: string, [first, ...more]: readonly { pointer: string; detail: string }[]): string {
  if (!first) return title;
  const others = more.length > 0 ? ` (+${more.length})` : '';
  const colon = title.endsWith('。') ? '：' : ': ';
  return `${title.replace(/[.。]$/, '')}${colon}${first.pointer} ${first.detail}${others}`;
}

/** Answers any failure, whoever threw it: the only place that does. */
export function sendProblem(req: IncomingMessage, res: Response, error: unknown, asker: Asker): void {
  const failure = toAppError(error);
  note(failure, asker);
  if (res.headersSent) return void res.destroy();
  const body = problemOf(failure, asker);
  res.status(failure.status).set(failure.headers);
  res.set('content-type', 'application/problem+json').set('content-language', asker.language);
  res.set('cache-control', 'no-store');
  if (hasUnreadBody(req)) answerAndHangUp(req, res, JSON.stringify(body), { drain: failure.status === 413 });
  else res.json(body);
}

function note({ status, code, key, cause, stack }: AppError, { requestId, log }: Asker): void {
  if (status >= 500) log.error({ requestId, code, err: cause ?? stack }, key);
  else if (status === 403 || status === 429) log.info({ requestId, code }, key);
}
