type Words = { readonly en: string; readonly zh: string };

/** What can be wrong with one field. A sentence without one of the languages does not compile. */
const words = {
  not_valid: { en: 'is not valid', zh: '无效' },
  required: { en: 'is required', zh: '必填' },
  required_unless: { en: 'is required, unless {others} is given', zh: '必填，除非提供 {others}' },
  unknown_field: { en: 'is not a field that is known here', zh: '未知字段' },
  not_together: {
    en: 'cannot be given together with `{other}`: give one or the other',
    zh: '不能与 {other} 同时提供，请二选一',
  },
  unknown_query: { en: 'is not a query parameter that is known here', zh: '未知的查询参数' },
  empty_query: { en: 'is an empty query parameter', zh: '查询参数不能为空' },
  unencoded_query: { en: 'must be percent-encoded', zh: '必须进行 URL 编码' },
  one_of: { en: 'must be one of: {values}', zh: '必须是以下之一：{values}' },
  at_least: { en: 'must be at least {n}', zh: '不能小于 {n}' },
  at_most: { en: 'must be at most {n}', zh: '不能大于 {n}' },
  wrong_type: { en: 'must be {type}', zh: '必须是{type}' },
  wrong_type_or_null: { en: 'must be {type} or null', zh: '必须是{type}或 null' },
  empty: { en: 'must not be empty', zh: '不能为空' },
  too_short: { en: 'must have at least {n} characters', zh: '至少 {n} 个字符' },
  too_long: { en: 'must have at most {n} characters', zh: '最多 {n} 个字符' },
  too_few: { en: 'must have at least {n} entries', zh: '至少 {n} 项' },
  too_many: { en: 'must have at most {n} entries', zh: '最多 {n} 项' },
  too_few_fields: { en: 'must have at least {n} of its fields', zh: '至少提供 {n} 个字段' },
  form_without_control: { en: 'must not have control characters', zh: '不能含有控制字符' },
  form_text: {
    en: 'must not have control characters other than tabs and line breaks',
    zh: '除制表符和换行外不能含有控制字符',
  },
  form_some_text: {
    en: 'must have a visible character, and no control characters other than tabs and line breaks',
    zh: '必须含有可见字符，且除制表符和换行外不能含有控制字符',
  },
  form_line: {
    en: 'must have a visible character, in one line without control characters',
    zh: '必须是含有可见字符的单行文字，且不能含有控制字符',
  },
  form_name: {
    en: 'must not begin with a space and must not have control characters',
    zh: '不能以空格开头，且不能含有控制字符',
  },
  form_ascii: { en: 'must have printable ASCII characters only', zh: '只能包含可打印的 ASCII 字符' },
  form_token: {
    en: 'must have printable ASCII characters without spaces only',
    zh: '只能包含不带空格的可打印 ASCII 字符',
  },
  form_id: { en: 'must have letters, digits, `_`, `.` and `-` only', zh: '只能包含字母、数字、_、. 和 -' },
  form_grant: { en: 'must be `password`', zh: '必须为 password' },
  form_sha256: { en: 'must be 64 hex digits in lower case', zh: '必须是 64 位小写十六进制数字' },
  form_web_address: {
    en: 'must be an address that begins with `https://`, without spaces',
    zh: '必须是以 https:// 开头且不含空格的地址',
  },
  form_other: { en: 'has characters or a form that is not allowed here', zh: '含有不允许的字符或格式不符' },
  nothing_visible: { en: 'has no visible character', zh: '没有可见字符' },
  not_utf8: { en: 'is not UTF-8', zh: '不是 UTF-8 编码' },
  unstorable: { en: 'holds a NUL character or half a character', zh: '含有空字符或不完整的字符' },
  too_deep: { en: 'is nested deeper than {n} levels', zh: '嵌套超过 {n} 层' },
  too_many_fields: { en: 'has more than {n} fields', zh: '字段超过 {n} 个' },
  incomplete: { en: 'is not complete', zh: '不完整' },
  not_multipart: { en: 'is not a complete multipart form', zh: '不是完整的 multipart 表单' },
  not_the_one_file: { en: 'is not the one file that is expected', zh: '应当只有一个文件' },
  not_percent_encoding: { en: 'is not valid percent-encoding', zh: '不是有效的百分号编码' },
  too_common: { en: 'is too common', zh: '过于常见' },
  present_one: { en: 'is the present one', zh: '与当前密码相同' },
  taken: { en: 'is taken', zh: '已被占用' },
  in_the_past: { en: 'lies in the past', zh: '已经过去' },
  not_before_to: { en: 'must be earlier than `to`', zh: '必须早于 to' },
  too_long_before_to: { en: 'must be at most {days} days before `to`', zh: '距离 to 不能超过 {days} 天' },
  not_found: { en: 'is not one of your files', zh: '不是您的文件' },
  not_a_picture: { en: 'is not a picture', zh: '不是图片' },
  unreadable_picture: { en: 'is not a readable JPEG, PNG or WebP', zh: '不是可读取的 JPEG、PNG 或 WebP' },
  too_many_pixels: { en: 'has more than {megapixels} megapixels', zh: '超过 {megapixels} 百万像素' },
  other_content: {
    en: 'is announced as {announced}, but its content is {content}',
    zh: '声明的类型为 {announced}，内容却是 {content}',
  },
  other_length: { en: 'has another length than announced', zh: '长度与声明的不符' },
  other_sha256: { en: 'has another SHA-256 than announced', zh: 'SHA-256 与声明的不符' },
  not_your_task: { en: 'is not one of your tasks', zh: '不是您的任务' },
  not_of_conversation: { en: 'is not a message of this conversation', zh: '不是该会话的消息' },
  not_of_screenplay: { en: 'is not part of this screenplay', zh: '不属于该剧本' },
  listed_twice: { en: 'is listed twice', zh: '重复列出' },
  scenes_missing: { en: 'must list all {n} scenes', zh: '必须列出全部 {n} 个场景' },
  not_absolute: { en: 'is not an absolute address', zh: '不是绝对地址' },
  has_credentials: { en: 'carries credentials', zh: '不能包含用户名或密码' },
  no_host_name: { en: 'has no proper host name', zh: '没有有效的主机名' },
  has_fragment: { en: 'has a fragment', zh: '不能包含 # 片段' },
  not_https: { en: 'is not https', zh: '不是 https 地址' },
  not_port_443: { en: 'is not on port 443', zh: '端口必须为 443' },
  no_address: { en: 'has no address', zh: '没有可解析的地址' },
  not_public_host: { en: 'is not of a public host', zh: '不是公网主机的地址' },
} as const satisfies Record<string, Words>;

/** What stands in a sentence for a type or a format of the contract. */
const terms: Readonly<Record<string, Words>> = {
  string: { en: 'text', zh: '文本' },
  integer: { en: 'a whole number', zh: '整数' },
  number: { en: 'a number', zh: '数字' },
  boolean: { en: 'true or false', zh: '布尔值' },
  object: { en: 'an object', zh: '对象' },
  array: { en: 'a list', zh: '列表' },
  null: { en: 'null', zh: 'null' },
  uuid: { en: 'a UUID', zh: ' UUID' },
  email: { en: 'an e-mail address', zh: '邮箱地址' },
  uri: { en: 'an absolute address', zh: '绝对地址' },
  date: { en: 'a date such as 2026-11-28', zh: '日期，例如 2026-11-28' },
  'date-time': {
    en: 'a time with its zone, such as 2026-11-28T21:30:00Z',
    zh: '带时区的时间，例如 2026-11-28T21:30:00Z',
  },
  int64: { en: 'a whole number', zh: '整数' },
};

export type FaultKey = keyof typeof words;
type FaultParams = Readonly<Record<string, string | number>>;

/** A fault in one field: an RFC 6901 pointer into body, query, path or header, and what is wrong with it. */
export interface FieldFault {
  pointer: string;
  key: FaultKey;
  params: FaultParams;
}

export const fault = (pointer: string, key: FaultKey, params: FaultParams = {}): FieldFault => ({
  pointer,
  key,
  params,
});

/** What is wrong with a field, in the asked language. */
export function describeFault({ key, params }: FieldFault, language: keyof Words): string {
  return words[key][language].replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(params[name] ?? '');
    return name === 'type' ? (terms[value]?.[language] ?? value) : value;
  });
}
