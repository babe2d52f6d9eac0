import { type FieldFault, fault } from './faults.ts';

export { describeFault, type FaultKey, type FieldFault, fault } from './faults.ts';

/** Every failure a client can see: its number (`code`), HTTP status, stable key and its words in English and Chinese. */
export type Language = 'en' | 'zh';
type Words = { readonly en: string; readonly zh: string };

const words = {
  invalid: { en: 'The request is not valid.', zh: '请求无效。' },
  not_utf8: { en: 'The body is not UTF-8.', zh: '请求体不是 UTF-8 编码。' },
  malformed_json: { en: 'The body is not valid JSON.', zh: '请求体不是合法的 JSON。' },
  unsupported_media_type: {
    en: 'This content type is not accepted here: {given}.',
    zh: '此处不接受该内容类型：{given}。',
  },
  not_acceptable: {
    en: 'This resource can be answered as {offered} only.',
    zh: '该资源只能以 {offered} 返回。',
  },
  content_encoding: {
    en: 'Content encodings are not taken: send the body as it is, not as {given}.',
    zh: '不接受内容编码：请直接发送原始内容，不要使用 {given}。',
  },
  content_disagrees: {
    en: 'The file and its content type disagree.',
    zh: '文件内容与声明的类型不符。',
  },
  too_large: { en: 'The body is larger than {limit} allows.', zh: '请求体超过上限 {limit}。' },
  range_not_satisfiable: {
    en: 'The file has {size} bytes; the range asked for lies outside.',
    zh: '文件共 {size} 字节，请求的范围超出文件。',
  },
  unauthenticated: {
    en: 'A valid access token is required.',
    zh: '需要有效的访问令牌。',
  },
  wrong_credentials: { en: 'E-mail or password is wrong.', zh: '邮箱或密码错误。' },
  token_expired: { en: 'The access token has expired; refresh the session.', zh: '访问令牌已过期，请刷新会话。' },
  refresh_rejected: {
    en: 'The refresh token is not valid any more; log in again.',
    zh: '刷新令牌已失效，请重新登录。',
  },
  key_forbidden: { en: 'An API key may not do that; log in.', zh: 'API 密钥无权执行此操作，请登录。' },
  forbidden: { en: 'This account may not do that.', zh: '该账号无权执行此操作。' },
  not_found: { en: 'There is no such {what}.', zh: '找不到该{what}。' },
  no_route: { en: 'There is nothing at this address.', zh: '该地址没有内容。' },
  method_not_allowed: { en: 'This address does not take {method}.', zh: '该地址不支持 {method}。' },
  conflict: { en: 'The request conflicts with the present state.', zh: '请求与当前状态冲突。' },
  email_taken: { en: 'An account with this e-mail already exists.', zh: '该邮箱已被注册。' },
  username_taken: { en: 'This username is taken.', zh: '该用户名已被占用。' },
  wrong_state: { en: 'This {what} is {now}, so that is not possible.', zh: '该{what}当前为 {now}，无法执行此操作。' },
  film_outdated: {
    en: 'Scenes of this screenplay came or went since. Order its film: that makes only what is missing.',
    zh: '该剧本的场景已有增删，请重新下单制作影片：只会制作缺少的部分。',
  },
  listed_administrator: {
    en: 'The e-mail of this account is in ADMIN_EMAILS, and whoever registers it next would be an administrator. Have it taken out there first.',
    zh: '该账号的邮箱在 ADMIN_EMAILS 中，下一个注册该邮箱的人将成为管理员。请先将其从 ADMIN_EMAILS 中移除。',
  },
  in_use: { en: 'This {what} is still in use.', zh: '该{what}仍在使用中。' },
  direct_upload_unsupported: {
    en: 'The files of this service are not in a bucket that takes uploads; send this one with POST /media.',
    zh: '本服务的存储不支持直传，请用 POST /media 上传。',
  },
  idempotency_in_flight: {
    en: 'The first request with this Idempotency-Key is still running.',
    zh: '使用此 Idempotency-Key 的首个请求仍在处理中。',
  },
  idempotency_reused: {
    en: 'This Idempotency-Key was used with another request.',
    zh: '此 Idempotency-Key 已用于另一个请求。',
  },
  rate_limited: { en: 'Too many requests; try again in {seconds} s.', zh: '请求过于频繁，请在 {seconds} 秒后重试。' },
  login_throttled: {
    en: 'Too many failed logins; try again in {seconds} s.',
    zh: '登录失败次数过多，请在 {seconds} 秒后重试。',
  },
  over_budget: { en: 'This would cost more than {limit} allows.', zh: '费用将超过上限 {limit}。' },
  quota_reached: { en: 'The limit of {limit} {what} is reached.', zh: '已达到{what}上限 {limit}。' },
  internal: { en: 'Something went wrong on our side.', zh: '服务内部出错。' },
  media_failed: { en: 'The work on the media failed: {reason}.', zh: '媒体处理失败：{reason}。' },
  unavailable: { en: 'The service is not ready; try again shortly.', zh: '服务暂不可用，请稍后重试。' },
  storage_unavailable: {
    en: 'For a long time files could not be stored or read; try again.',
    zh: '长时间无法存取文件，请重试。',
  },
  provider_failed: { en: '{vendor} could not do this: {reason}', zh: '{vendor} 未能完成：{reason}' },
  provider_refused: {
    en: '{vendor} refused this content ({input}): {reason}',
    zh: '{vendor} 拒绝了该内容（{input}）：{reason}',
  },
  provider_unavailable: { en: '{vendor} is not available: {reason}', zh: '{vendor} 暂不可用：{reason}' },
  provider_bad_output: {
    en: '{vendor} answered with something unusable: {reason}',
    zh: '{vendor} 返回了无法使用的结果：{reason}',
  },
  provider_model_retired: {
    en: '{vendor} does not offer the model "{model}" (any more); set {setting} to one it offers.',
    zh: '{vendor} 不（再）提供模型“{model}”，请将 {setting} 设为可用的模型。',
  },
  provider_credentials: {
    en: '{vendor} does not accept our credentials; check {setting}.',
    zh: '{vendor} 不接受我们的凭据，请检查 {setting}。',
  },
  needs_review: {
    en: 'A paid call to {vendor} was sent and its answer lost; it may have been charged. Decide: retry it or accept the loss.',
    zh: '发往 {vendor} 的付费调用结果丢失，可能已计费。请决定：重试或接受损失。',
  },
  step_crashed: { en: 'The step was ended by crashes {times} times.', zh: '该步骤因崩溃中断 {times} 次。' },
  step_deadline: { en: 'The step did not finish in time.', zh: '该步骤未能按时完成。' },
  too_many_pixels: { en: 'The picture is too large.', zh: '图片过大。' },
  media_unreadable: {
    en: 'The file is not a readable picture (JPEG, PNG or WebP).',
    zh: '文件不是可读取的图片（JPEG、PNG 或 WebP）。',
  },
  media_processing_failed: { en: 'The media could not be processed: {reason}', zh: '媒体处理失败：{reason}' },
} as const satisfies Record<string, Words>;

export type ErrorKey = keyof typeof words;
export type ErrorParams = Readonly<Record<string, string | number>>;

const nouns: Record<string, string> = {
  user: '用户',
  conversation: '会话',
  task: '任务',
  turn: '回复',
  step: '步骤',
  screenplay: '剧本',
  scene: '场景',
  'character sheet': '角色设定',
  take: '版本',
  media: '媒体',
  picture: '图片',
  event: '事件',
  'active tasks': '进行中任务',
  'API key': 'API 密钥',
  'API keys': 'API 密钥数量',
  'bytes of files': '文件字节数',
  scenes: '场景',
  'the last one': '最后一个',
  'without a picture': '没有图片',
  'without its views': '没有各视图',
  'running turns': '进行中的回复',
  'open streams': '打开的数据流',
  upload: '上传',
  'without its bytes': '尚无内容',
  'unfinished uploads': '未完成的上传',
  'your own account': '您自己的账号',
  'part of a turn': '回复的一部分',
  'the budget of the day': '当日预算',
  'the budget of the month': '当月预算',
  'webhook endpoint': 'Webhook 端点',
  'webhook endpoints': 'Webhook 端点',
  'webhook delivery': 'Webhook 投递',
  prompt: '提示词',
  reference: '参考图',
};

/** The sentence of a failure in the asked language, its parameters filled in. */
export function describeError(key: ErrorKey, params: ErrorParams, language: Language): string {
  return words[key][language].replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(params[name] ?? '');
    return language === 'zh' ? (nouns[value] ?? value) : value;
  });
}

/** A failure with a place in the catalogue; anything else thrown is answered as 6000. */
export class AppError extends Error {
  readonly code: number;
  readonly status: number;
  readonly key: ErrorKey;
  readonly params: ErrorParams;
  readonly faults: readonly FieldFault[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: number,
    status: number,
    key: ErrorKey,
    params: ErrorParams = {},
    more: { faults?: readonly FieldFault[]; headers?: Record<string, string>; cause?: unknown } = {},
  ) {
    super(describeError(key, params, 'en'), more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'AppError';
    this.code = code;
    this.status = status;
    this.key = key;
    this.params = params;
    this.faults = more.faults ?? [];
    this.headers = more.headers ?? {};
  }
}

const retryAfter = (seconds: number) => ({ headers: { 'retry-after': String(Math.max(1, Math.ceil(seconds))) } });

export const errors = {
  invalid: (faults: readonly FieldFault[] = []) => new AppError(1000, 400, 'invalid', {}, { faults }),
  notUtf8: () => new AppError(1001, 400, 'not_utf8'),
  malformedJson: () => new AppError(1001, 400, 'malformed_json'),
  unsupportedMediaType: (given: string) => new AppError(1002, 415, 'unsupported_media_type', { given }),
  contentEncoding: (given: string) => new AppError(1002, 415, 'content_encoding', { given }),
  notAcceptable: (offered: string) => new AppError(1002, 406, 'not_acceptable', { offered }),
  tooLarge: (limit: string) => new AppError(1003, 413, 'too_large', { limit }),
  rangeNotSatisfiable: (size: number) =>
    new AppError(1000, 416, 'range_not_satisfiable', { size }, { headers: { 'content-range': `bytes */${size}` } }),
  mediaUnreadable: (pointer: string) =>
    new AppError(1000, 400, 'media_unreadable', {}, { faults: [fault(pointer, 'unreadable_picture')] }),

  tooManyPixels: (pointer: string, megapixels: number) =>
    new AppError(1000, 400, 'too_many_pixels', {}, { faults: [fault(pointer, 'too_many_pixels', { megapixels })] }),
  contentDisagrees: (pointer: string, announced: string, content: string) =>
    new AppError(
      1002,
      415,
      'content_disagrees',
      {},
      { faults: [fault(pointer, 'other_content', { announced, content })] },
    ),
  unauthenticated: () => new AppError(2000, 401, 'unauthenticated', {}, { headers: { 'www-authenticate': 'Bearer' } }),
  wrongCredentials: () => new AppError(2000, 401, 'wrong_credentials'),
  tokenExpired: () =>
    new AppError(2001, 401, 'token_expired', {}, { headers: { 'www-authenticate': 'Bearer error="invalid_token"' } }),
  refreshRejected: () => new AppError(2000, 401, 'refresh_rejected'),
  forbidden: () => new AppError(2003, 403, 'forbidden'),
  keyForbidden: () => new AppError(2003, 403, 'key_forbidden'),

  /** The same for a missing resource and somebody else's: no id is echoed, so the bytes are equal. */
  notFound: (what: string, faults: readonly FieldFault[] = []) =>
    new AppError(3000, 404, 'not_found', { what }, { faults }),
  noRoute: () => new AppError(3000, 404, 'no_route'),
  methodNotAllowed: (method: string, allow: string) =>
    new AppError(3001, 405, 'method_not_allowed', { method }, { headers: { allow } }),

  conflict: () => new AppError(4000, 409, 'conflict'),
  emailTaken: () => new AppError(4001, 409, 'email_taken', {}, { faults: [fault('/body/email', 'taken')] }),
  usernameTaken: () => new AppError(4000, 409, 'username_taken', {}, { faults: [fault('/body/username', 'taken')] }),
  wrongState: (what: string, now: string) => new AppError(4002, 409, 'wrong_state', { what, now }),
  filmOutdated: () => new AppError(4002, 409, 'film_outdated'),
  listedAdministrator: () => new AppError(4002, 409, 'listed_administrator'),
  inUse: (what: string) => new AppError(4002, 409, 'in_use', { what }),
  directUploadUnsupported: () => new AppError(4002, 409, 'direct_upload_unsupported'),
  idempotencyInFlight: () => new AppError(4000, 409, 'idempotency_in_flight', {}, retryAfter(1)),
  idempotencyReused: () => new AppError(4003, 422, 'idempotency_reused'),

  rateLimited: (seconds: number) => new AppError(5000, 429, 'rate_limited', { seconds }, retryAfter(seconds)),
  loginThrottled: (seconds: number) => new AppError(5000, 429, 'login_throttled', { seconds }, retryAfter(seconds)),
  overBudget: (limit: string) => new AppError(5001, 402, 'over_budget', { limit }),
  quotaReached: (what: string, limit: number) => new AppError(5002, 409, 'quota_reached', { what, limit }),

  internal: (cause?: unknown) => new AppError(6000, 500, 'internal', {}, { cause }),
  unavailable: (seconds = 2) => new AppError(6001, 503, 'unavailable', {}, retryAfter(seconds)),
};

/** A failure as it is kept in the database and shown in the reader's language. */
export interface StoredFailure {
  code: number;
  key: ErrorKey;
  params: ErrorParams;
}

/**
 * What a vendor's answer (or its absence) means for money and for the next try.
 * `accepted` is 'no' when the vendor surely did not take the call, 'unknown' when it may have (and may have charged), 'yes' when it did, although
 * nothing came of it.
 */
export class VendorError extends Error {
  readonly failure: StoredFailure;
  readonly accepted: 'no' | 'unknown' | 'yes';
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  /** True after a 429: every process stops calling this credential until `retryAfterMs` has passed. */
  readonly coolDown: boolean;
  /** True where there is no vendor to answer: not reached, or a gateway (502, 503, 504) speaks for it. */
  readonly away: boolean;

  constructor(
    failure: StoredFailure,
    more: {
      accepted: 'no' | 'unknown' | 'yes';
      retryable: boolean;
      retryAfterMs?: number;
      coolDown?: boolean;
      away?: boolean;
      cause?: unknown;
    },
  ) {
    super(
      describeError(failure.key, failure.params, 'en'),
      more.cause === undefined ? undefined : { cause: more.cause },
    );
    this.name = 'VendorError';
    this.failure = failure;
    this.accepted = more.accepted;
    this.retryable = more.retryable;
    this.retryAfterMs = more.retryAfterMs;
    this.coolDown = more.coolDown ?? false;
    this.away = more.away ?? false;
  }
}

/** A step that can never succeed as it stands: recorded as the step's failure, not tried again. */
export class PermanentFailure extends Error {
  readonly failure: StoredFailure;

  constructor(failure: StoredFailure, cause?: unknown) {
    super(describeError(failure.key, failure.params, 'en'), cause === undefined ? undefined : { cause });
    this.name = 'PermanentFailure';
    this.failure = failure;
  }
}

/** A command line user's mistake or a machine's lack, told in one sentence; the program ends with a code other than 0. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
}
