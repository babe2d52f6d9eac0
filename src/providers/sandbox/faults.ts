import { z } from 'zod';

export const endpoints = ['chat', 'images', 'videos', 'poll', 'content', 'media', 'cancel', 'lookup'] as const;
export type Endpoint = (typeof endpoints)[number];

export const brokenScreenplays = ['fenced', 'prose', 'trailingComma', 'truncated', 'wrongCount', 'wrongTypes'] as const;

/** What goes wrong; several can be given together. Those marked (paid) happen after the call was accepted and counted. */
export const Fault = z.strictObject({
  /** Answers this HTTP status, not accepted. */
  status: z.int().min(400).max(599).optional(),
  /** Seconds of a `Retry-After` header beside `status`. */
  retryAfter: z.number().min(0).optional(),
  code: z.string().optional(),
  message: z.string().optional(),
  /** Never answers: true before accepting, 'accepted' after (paid). */
  hang: z.union([z.boolean(), z.literal('accepted')]).optional(),
  /** Destroys the socket before accepting. */
  reset: z.boolean().optional(),
  /** (paid) Accepts, then destroys the socket. */
  lost: z.boolean().optional(),
  /** (paid) Sends half of the answer, then ends the connection. */
  truncate: z.boolean().optional(),
  /** (paid) Answers 200 with a web page, or with invalid JSON. */
  garbage: z.union([z.boolean(), z.enum(['html', 'json'])]).optional(),
  /** (paid) Answers so many milliseconds later. */
  slow: z.number().min(0).optional(),
  /** Refuses the content in the vendor's own way; 'finish' makes the chat end (paid) with finish_reason "sensitive". */
  refuse: z.union([z.boolean(), z.literal('finish')]).optional(),
  /** The model does not exist any more: 404 model_not_found. */
  retired: z.boolean().optional(),
  /** (paid) A screenplay with this defect. */
  screenplay: z.enum(brokenScreenplays).optional(),
  /** (paid) Content that is a web page. */
  notMedia: z.boolean().optional(),
  /** So many polls of each clip answer the status "thinking". */
  unknownStatus: z.int().min(1).optional(),
  /** (paid) The clip never leaves `in_progress`. */
  neverDone: z.boolean().optional(),
  /** (paid) The image is answered as b64_json. */
  b64: z.boolean().optional(),
  /** (paid) The clip completes without `video_url`. */
  noUrl: z.boolean().optional(),
});
export type Fault = z.infer<typeof Fault>;

const Rule = z.strictObject({
  path: z.enum(endpoints),
  /** Only the nth matching request, from 1. */
  nth: z.int().min(1).optional(),
  /** Only the first so many matching requests; neither `nth` nor `count`: all of them. */
  count: z.int().min(1).optional(),
  /** Only where the prompt contains this. */
  match: z.string().min(1).optional(),
  fault: Fault,
});
export const Rules = z.array(Rule);
export type FaultRule = z.infer<typeof Rule>;

export interface Faults {
  set(rules: FaultRule[]): void;
  clear(): void;
  list(): (FaultRule & { seen: number })[];
  /** The faults that hit this request, merged; every call counts as one request. */
  strike(path: Endpoint, prompt: string): Fault;
  /** Like `strike` for one clip, where `unknownStatus` counts per clip. */
  strikePoll(videoId: string, prompt: string): Fault;
}

/** The script of misbehaviour of one sandbox process; it is not kept across a restart. */
export function createFaults(): Faults {
  let rules: (FaultRule & { seen: number })[] = [];
  const thinking = new Map<string, number>();
  const hits = (rule: FaultRule & { seen: number }) =>
    rule.nth === undefined ? rule.seen <= (rule.count ?? Number.POSITIVE_INFINITY) : rule.seen === rule.nth;
  const strike = (path: Endpoint, prompt: string): Fault => {
    const matching = rules.filter((rule) => rule.path === path && (!rule.match || prompt.includes(rule.match)));
    for (const rule of matching) rule.seen += 1;
    return Object.assign({}, ...matching.filter(hits).map((rule) => rule.fault));
  };
  return {
    set: (added) => {
      rules = [...rules, ...added.map((rule) => ({ ...rule, seen: 0 }))];
    },
    clear: () => {
      rules = [];
      thinking.clear();
    },
    list: () => rules,
    strike,
    strikePoll: (videoId, prompt) => {
      const { unknownStatus, ...fault } = strike('poll', prompt);
      const seen = thinking.get(videoId) ?? 0;
      if (unknownStatus === undefined || seen >= unknownStatus) return fault;
      thinking.set(videoId, seen + 1);
      return { ...fault, unknownStatus };
    },
  };
}
