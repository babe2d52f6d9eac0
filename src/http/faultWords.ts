import type { FieldFault, Language } from '../errors.ts';

/** The validator's sentences about one field, and what they are in Chinese. */
const sentences: readonly [RegExp, string][] = [
  [/^must have required property '(.+)'$/, '缺少必填字段 $1'],
  [/^is required$/, '必填'],
  [/^must NOT have additional properties$/, '不允许出现未知字段'],
  [/^Unknown query parameter '(.+)'$/, '未知的查询参数 $1'],
  [/^Empty value found for query parameter '(.+)'$/, '查询参数 $1 不能为空'],
  [/^must be equal to one of the allowed values: (.+)$/, '必须是以下之一：$1'],
  [/^must be equal to constant$/, '取值不符'],
  [/^must be (>=|<=|>|<) (\S+)$/, '必须 $1 $2'],
  [/^must be (string|integer|number|boolean|object|array|null)(,.*)?$/, '类型必须为 $1$2'],
  [/^must match format "(.+)"$/, '格式必须为 $1'],
  [/^must match pattern .*$/s, '含有不允许的字符或格式不符'],
  [/^must NOT have more than (\d+) (characters|items|properties)$/, '最多 $1 个'],
  [/^must NOT have fewer than (\d+) (characters|items|properties)$/, '至少 $1 个'],
  [/^Parameter '(.+)' must be url encoded\..*$/s, '参数 $1 必须进行 URL 编码'],
  [/^is too common$/, '过于常见'],
  [/^is the present one$/, '与当前密码相同'],
  [/^lies in the past$/, '已经过去'],
  [/^is not after `from`$/, '必须晚于 from'],
  [/^is more than (\d+) days after `from`$/, '距离 from 超过 $1 天'],
  [/^is not a picture$/, '不是图片'],
  [/^not a readable JPEG, PNG or WebP$/, '不是可读取的 JPEG、PNG 或 WebP'],
  [/^taken$/, '已被占用'],
  [/^holds a NUL character or half a character$/, '含有空字符或不完整的字符'],
  [/^is nested deeper than (\d+) levels$/, '嵌套超过 $1 层'],
  [/^has more than (\d+) fields$/, '字段超过 $1 个'],
];

const longestPointer = 512;
const longestDetail = 500;

/** A fault in the reader's language, no longer than the contract has room for. */
export function faultIn(language: Language, { pointer, detail }: FieldFault): FieldFault {
  return {
    pointer: pointer.slice(0, longestPointer).toWellFormed(),
    detail: (language === 'zh' ? inChinese(detail) : detail).slice(0, longestDetail).toWellFormed(),
  };
}

function inChinese(detail: string): string {
  for (const [form, words] of sentences) if (form.test(detail)) return detail.replace(form, words);
  return detail;
}
