import { type FaultKey, type FieldFault, fault } from '../errors.ts';

/** One of the validator's findings: where, and ajv's sentence about it. */
export interface Finding {
  path?: string;
  message?: string;
  errorCode?: string;
}

const mostFaults = 100;

/** What a pattern of the contract asks for, in words; `test/http/validatorFaults.test.ts` misses none. */
const forms: Readonly<Record<string, FaultKey>> = {
  '^[^\\u0000-\\u001f\\u007f]*$': 'form_without_control',
  '^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*$': 'form_text',
  '^[\\t\\n\\r ]*[^\\u0000-\\u0020\\u007f][^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*$': 'form_some_text',
  '^ *[^\\u0000-\\u0020\\u007f][^\\u0000-\\u001f\\u007f]*$': 'form_line',
  '^[^\\u0000-\\u0020\\u007f][^\\u0000-\\u001f\\u007f]*$': 'form_name',
  '^[ -~]*$': 'form_ascii',
  '^[ -~]+$': 'form_ascii',
  '^[!-~]*$': 'form_token',
  '^[A-Za-z0-9_.-]+$': 'form_id',
  '^password$': 'form_grant',
  '^[0-9a-f]{64}$': 'form_sha256',
  '^https?://[!-~]+$': 'form_web_address',
};

export const formOf = (pattern: string): FaultKey => forms[pattern] ?? 'form_other';

/** True of text that may not be blank. */
export const asksForSomething = (pattern: string): boolean =>
  ['form_some_text', 'form_line', 'form_name'].includes(formOf(pattern));

type Reading = (...found: string[]) => [FaultKey, Record<string, string>?];

const lengths: Readonly<Record<string, [least: FaultKey, most: FaultKey]>> = {
  characters: ['too_short', 'too_long'],
  items: ['too_few', 'too_many'],
  properties: ['too_few_fields', 'too_many_fields'],
};

/** The validator's sentences and what they say. */
const readings: readonly [RegExp, Reading][] = [
  [/^must have required property '/, () => ['required']],
  [/^must NOT have additional properties$/, () => ['unknown_field']],
  [/^must be equal to one of the allowed values: (.+)$/s, (values = '') => ['one_of', { values }]],
  [/^must be >= (\S+)$/, (n = '') => ['at_least', { n }]],
  [/^must be <= (\S+)$/, (n = '') => ['at_most', { n }]],
  [/^must be (\w+),null$/, (type = '') => ['wrong_type_or_null', { type }]],
  [/^must be (string|integer|number|boolean|object|array|null)$/, (type = '') => ['wrong_type', { type }]],
  [/^must match format "visible"$/, () => ['nothing_visible']],
  [/^must match format "(.+)"$/, (type = '') => ['wrong_type', { type }]],
  [/^must match pattern "(.*)"$/s, (pattern = '') => [formOf(pattern)]],
  [/^must NOT have fewer than 1 (?:characters|items)$/, () => ['empty']],
  [/^must NOT have fewer than (\d+) (\w+)$/, (n = '', what = '') => [lengths[what]?.[0] ?? 'not_valid', { n }]],
  [/^must NOT have more than (\d+) (\w+)$/, (n = '', what = '') => [lengths[what]?.[1] ?? 'not_valid', { n }]],
  [/^Unknown query parameter /, () => ['unknown_query']],
  [/^Empty value found for query parameter /, () => ['empty_query']],
  [/^Parameter '.+' must be url encoded\./s, () => ['unencoded_query']],
];

/** Of what the validator found: each faulty field once, by its first fault, and nothing of how variants were told apart. */
export function readFindings(findings: readonly Finding[]): FieldFault[] {
  const faults = new Map<string, FieldFault>();
  for (const finding of findings) {
    if (finding.errorCode?.startsWith('if.')) continue;
    const found = toFault(finding);
    if (!faults.has(found.pointer)) faults.set(found.pointer, found);
    if (faults.size === mostFaults) break;
  }
  return [...faults.values()];
}

/** The validator says /params and /headers for what the contract calls path and header. */
function toFault({ path = '', message = '' }: Finding): FieldFault {
  const pointer = path.replace(/^\/params(?=\/)/, '/path').replace(/^\/headers(?=\/)/, '/header');
  for (const [form, read] of readings) {
    const found = form.exec(message);
    if (found) return fault(pointer, ...read(...found.slice(1)));
  }
  return fault(pointer, 'not_valid');
}
