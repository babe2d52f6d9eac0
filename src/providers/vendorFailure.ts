import { type ErrorKey, type ErrorParams, VendorError } from '../errors.ts';
import type { VendorName, VendorSettings } from './abilities.ts';
import { DeadlinePassed } from './deadline.ts';
import {
  isRefusal,
  isRefusalCode,
  isRetiredCode,
  presentable,
  refusedInput,
  saysModelIsGone,
  type VendorWords,
  wordsInText,
  wordsOf,
} from './vendorWords.ts';

const settingNames: Record<VendorName, { key: string; model: string }> = {
  glm: { key: 'GLM_API_KEY', model: 'GLM_MODEL' },
  gemini: { key: 'GEMINI_API_KEY', model: 'IMAGE_MODEL' },
  tuzi: { key: 'TUZI_API_KEY', model: 'VIDEO_MODEL' },
};

const codes = {
  provider_failed: 7000,
  provider_model_retired: 7000,
  provider_credentials: 7000,
  provider_refused: 7001,
  provider_unavailable: 7002,
  provider_bad_output: 7003,
} as const satisfies Partial<Record<ErrorKey, number>>;

type Meaning = ConstructorParameters<typeof VendorError>[1];

/** One vendor failure, its number and vendor filled in. */
export function vendorError(
  settings: Pick<VendorSettings, 'vendor'>,
  key: keyof typeof codes,
  params: ErrorParams,
  meaning: Meaning,
): VendorError {
  return new VendorError({ code: codes[key], key, params: { vendor: settings.vendor, ...params } }, meaning);
}

const permanent: Meaning = { accepted: 'no', retryable: false };

/** What may have happened to a call that was sent: only one that costs nothing is surely not charged. */
const doubt = (paid: boolean, more: Partial<Meaning> = {}): Meaning => ({
  ...more,
  accepted: paid ? 'unknown' : 'no',
  retryable: true,
});

/** An answer that cannot be used. A paid call may have been charged all the same. */
export function unusable(settings: VendorSettings, paid: boolean, reason: string, cause?: unknown): VendorError {
  return vendorError(settings, 'provider_bad_output', { reason }, doubt(paid, { cause }));
}

/** The content was refused, before anything was charged unless `accepted` says otherwise. `reason` is the vendor's and gets cleaned here. */
export function refused(settings: VendorSettings, words: VendorWords, accepted: 'no' | 'yes' = 'no'): VendorError {
  const reason = presentable(words.message || words.code, settings) || 'content policy';
  return vendorError(
    settings,
    'provider_refused',
    { input: refusedInput(words), reason },
    { accepted, retryable: false },
  );
}

export const credentialsRejected = (settings: VendorSettings): VendorError =>
  vendorError(settings, 'provider_credentials', { setting: settingNames[settings.vendor].key }, permanent);

export interface FailedAnswer {
  status: number;
  body: string;
  retryAfterMs: number | undefined;
  paid: boolean;
}

/** What an answer other than 2xx means for money and for the next try. */
export function failureOfAnswer(settings: VendorSettings, answer: FailedAnswer): VendorError {
  const words = wordsInText(answer.body);
  return failureByWords(settings, answer.status, words) ?? failureByStatus(settings, answer, words);
}

/** The failures that a vendor's own words tell apart better than the status does. */
function failureByWords(settings: VendorSettings, status: number, words: VendorWords): VendorError | undefined {
  const blamesRequest = [400, 403, 404, 410, 422].includes(status);
  if (isRefusalCode(words.code) || (blamesRequest && isRefusal(words))) return refused(settings, words);
  if (!isRetiredCode(words.code) && !(blamesRequest && status !== 403 && saysModelIsGone(words))) return undefined;
  const { model: setting } = settingNames[settings.vendor];
  return vendorError(settings, 'provider_model_retired', { model: settings.model, setting }, permanent);
}

/** The failure that a vendor wrapped into a successful answer, if it did. */
export function failureInside(settings: VendorSettings, paid: boolean, body: unknown): VendorError | undefined {
  const wraps = typeof body === 'object' && body !== null && 'error' in body && Boolean(body.error);
  if (!wraps) return undefined;
  const words = wordsOf(body);
  const reason = presentable(words.message || words.code, settings) || 'an error instead of a result';
  return failureByWords(settings, 400, words) ?? unusable(settings, paid, reason);
}

const isOutOfCredit = ({ code, message }: VendorWords) =>
  /quota|balance|billing|arrears|余额|欠费/i.test(`${code} ${message}`);

function failureByStatus(settings: VendorSettings, answer: FailedAnswer, words: VendorWords): VendorError {
  const { status, paid, retryAfterMs } = answer;
  const later = retryAfterMs === undefined ? {} : { retryAfterMs };
  const reason = presentable(words.message, settings) || `HTTP ${status}`;
  if (status === 429) {
    return vendorError(
      settings,
      'provider_unavailable',
      { reason },
      { ...later, accepted: 'no', retryable: true, coolDown: true },
    );
  }
  if (status >= 500 || status === 408 || status === 409 || status === 303) {
    const away = status >= 502 && status <= 504;
    return vendorError(settings, 'provider_unavailable', { reason }, doubt(paid, { ...later, away }));
  }
  if ((status === 401 || status === 403) && !isOutOfCredit(words)) return credentialsRejected(settings);
  if (status === 404 && !paid) return vendorError(settings, 'provider_failed', { reason }, doubt(paid));
  return vendorError(settings, 'provider_failed', { reason }, permanent);
}

const neverLeft =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|UND_ERR_CONNECT_TIMEOUT|CERT_\w+|ERR_TLS_\w+|UNABLE_TO_\w+|(DEPTH_ZERO_)?SELF_SIGNED_\w+|HOSTNAME_MISMATCH|ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|UNSUPPORTED_PROTOCOL|\w*HANDSHAKE_FAILURE|\w*PROTOCOL_VERSION|\w*UNRECOGNIZED_NAME))$/;

interface TransportFault {
  code: string;
  left: boolean;
}

/** The first system error in a chain of causes, and whether any byte of the request can have left this machine. */
function transportFault(error: unknown): TransportFault {
  for (let each = error, depth = 0; each instanceof Error && depth < 5; each = each.cause, depth += 1) {
    const code = 'code' in each && typeof each.code === 'string' ? each.code : '';
    if (!code) continue;
    const connecting = 'syscall' in each && each.syscall === 'connect';
    const shakingHands = /before secure TLS connection/.test(each.message);
    return { code, left: !(connecting || shakingHands || neverLeft.test(code)) };
  }
  return { code: '', left: true };
}

/** What it means that there was no (whole) answer. */
export function failureOfTransport(settings: VendorSettings, error: unknown, paid: boolean): VendorError {
  if (error instanceof VendorError) return error;
  const late = error instanceof DeadlinePassed;
  const { code, left } = late ? { code: '', left: true } : transportFault(error);
  const reason = late ? error.message : `connection failed${code ? ` (${code})` : ''}`;
  const meaning: Meaning = left ? doubt(paid) : { accepted: 'no', retryable: true, away: true };
  return vendorError(settings, 'provider_unavailable', { reason }, { ...meaning, cause: error });
}
