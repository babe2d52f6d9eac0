import type { VendorSettings } from './abilities.ts';

/** What a vendor's error body says, whatever its dialect. */
export interface VendorWords {
  code: string;
  message: string;
  /** The request field the vendor blames, where it names one. */
  param: string;
}

const reasonLength = 300;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function plain(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  return value === undefined || value === null ? '' : JSON.stringify(value);
}

const firstOf = (...values: unknown[]): string => values.map(plain).find(Boolean) ?? '';

/** Reads `{error:{code,message}}`, `{error:"…"}`, `{code,msg}` and `{detail}`; anything else has no words. */
export function wordsOf(body: unknown): VendorWords {
  if (!isRecord(body)) return { code: '', message: '', param: '' };
  const error = isRecord(body.error) ? body.error : { message: body.error };
  return {
    code: firstOf(error.code, error.type, body.code),
    message: firstOf(error.message, body.message, body.msg, body.detail, body.fail_reason, body.failure_reason),
    param: firstOf(error.param),
  };
}

export function wordsInText(text: string): VendorWords {
  try {
    return wordsOf(JSON.parse(text));
  } catch {
    return wordsOf(undefined);
  }
}

/** A vendor's sentence made fit for a user's eyes and our logs: one bounded line, no credentials, no inline media. */
export function presentable(sentence: string, settings: Pick<VendorSettings, 'apiKey'>): string {
  const secret = settings.apiKey.trim();
  const hidden = secret.length >= 8 ? sentence.replaceAll(secret, '***') : sentence;
  return hidden
    .slice(0, 20_000)
    .replaceAll(/data:[^\s"']{40,}/g, 'data:…')
    .replaceAll(/\b(Bearer\s+|sk-)[\w.~+/=-]{8,}/gi, '$1***')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .slice(0, reasonLength)
    .toWellFormed();
}

const refusalCode = /^1301$|content_?policy|content_?filter|moderat|sensitive|safety|prohibited_?content|nsfw/i;
const refusalMessage =
  /content[ _]policy|moderation|safety (system|filter|polic)|(sensitive|unsafe|prohibited) content|敏感|违规内容/i;

/** True where the vendor refused the content itself, so that the same request can never succeed. */
export const isRefusal = ({ code, message }: VendorWords): boolean =>
  isRefusalCode(code) || refusalMessage.test(message);
export const isRefusalCode = (code: string): boolean => refusalCode.test(code);

/** Which input was refused; vendors blame the prompt unless they say otherwise. */
export function refusedInput({ param, message }: VendorWords): 'prompt' | 'reference' {
  const blamesPicture =
    /(reference|input|uploaded|provided|source)[ _](image|picture|frame|photo)|input_reference|参考图|上传的图/i;
  return /image|reference|frame/i.test(param) || blamesPicture.test(message) ? 'reference' : 'prompt';
}

const retiredCode =
  /^1211$|model_?(not_?found|not_?exist|deprecated|retired|unavailable)|(invalid|unknown|unsupported)_model/i;
const goneWords =
  /not (exist|found|available|supported)|no longer|retired|deprecated|discontinued|decommissioned|sunset|shut ?down|unknown model|invalid model|unsupported model|不存在|下线|弃用|停用/i;

export const isRetiredCode = (code: string): boolean => retiredCode.test(code);

export const saysModelIsGone = ({ message }: VendorWords): boolean =>
  /model|模型/i.test(message) && goneWords.test(message);
