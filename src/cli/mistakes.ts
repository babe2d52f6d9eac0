import type { Language } from '../errors.ts';

/** A mistake in the arguments, told in one sentence; the program shows how to call it and ends with code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly words: Readonly<Record<Language, string>>;

  constructor(en: string, zh: string, options?: ErrorOptions) {
    super(en, options);
    this.words = { en, zh };
  }
}

const mistake = (en: string, zh: string, cause?: unknown): UsageError =>
  new UsageError(en, zh, cause === undefined ? undefined : { cause });

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

/** Every mistake the command line knows. */
export const mistakes = {
  unparsable: (cause: unknown) => mistake(messageOf(cause), `参数无效：${messageOf(cause)}`, cause),
  noPrompt: () => mistake('A prompt is missing: what should the film be about?', '缺少提示词：影片讲什么？'),
  notUtf8: (cause: unknown) => mistake('The prompt is not UTF-8.', '提示词不是 UTF-8 编码。', cause),
  longPrompt: (length: number, most: number) =>
    mistake(
      `The prompt has ${length} characters; ${most} are the most.`,
      `提示词有 ${length} 个字符，最多 ${most} 个。`,
    ),
  empty: (option: string) => mistake(`--${option} is empty.`, `--${option} 为空。`),
  notWhole: (option: string, low: number, high: number, given: string) =>
    mistake(
      `--${option} is a whole number from ${low} to ${high}, not "${given}".`,
      `--${option} 须为 ${low} 到 ${high} 的整数，而不是“${given}”。`,
    ),
  notOneOf: (option: string, choices: readonly string[], given: string) =>
    mistake(
      `--${option} is one of ${choices.join(', ')}, not "${given}".`,
      `--${option} 须为 ${choices.join('、')} 之一，而不是“${given}”。`,
    ),
  notUrl: (given: string) =>
    mistake(
      `--url is the address of a service, such as http://localhost:8080, not "${given}".`,
      `--url 须为服务地址，如 http://localhost:8080，而不是“${given}”。`,
    ),
  notTask: (given: string) =>
    mistake(`--resume takes the id of a task, not "${given}".`, `--resume 需要任务 id，而不是“${given}”。`),
  notFilm: (taskId: string, type: string) =>
    mistake(`Task ${taskId} is of type ${type}, not a film.`, `任务 ${taskId} 的类型为 ${type}，不是影片。`),
  nothingInDoubt: (taskId: string) =>
    mistake(
      `Nothing of film ${taskId} waits for a decision; resume it without --decide.`,
      `影片 ${taskId} 没有等待决定的调用；请去掉 --decide 再继续。`,
    ),
  resumeWithWishes: () =>
    mistake(
      '--resume goes on with a film as it was ordered: give no prompt and no wishes with it.',
      '--resume 按原要求继续制作：不能再给提示词或其他要求。',
    ),
  decideAlone: () => mistake('--decide goes with --resume.', '--decide 须与 --resume 同用。'),
  manyPictures: (most: number, given: number) =>
    mistake(`At most ${most} pictures; these are ${given}.`, `参考图最多 ${most} 张，现有 ${given} 张。`),
  noFile: (path: string) => mistake(`There is no file ${path}.`, `文件不存在：${path}。`),
  largeFile: (path: string, most: string) => mistake(`${path} is larger than ${most}.`, `${path} 超过 ${most}。`),
  unreadable: (path: string, cause: unknown) =>
    mistake(`${path} cannot be read: ${messageOf(cause)}.`, `${path} 无法读取：${messageOf(cause)}。`, cause),
  notPicture: (path: string) =>
    mistake(`${path} is not a JPEG, PNG or WebP picture.`, `${path} 不是 JPEG、PNG 或 WebP 图片。`),
  noFolder: (path: string) => mistake(`There is no folder ${path}.`, `文件夹不存在：${path}。`),
  readOnlyFolder: (path: string, cause: unknown) =>
    mistake(`Nothing can be written into the folder ${path}.`, `文件夹不可写：${path}。`, cause),
  isFolder: (path: string) => mistake(`${path} is a folder.`, `${path} 是文件夹。`),
  notMp4: (path: string) =>
    mistake(
      `Films are MP4 files, so --out cannot be ${path}; end it in .mp4 or in nothing.`,
      `影片为 MP4 文件，--out 不能是 ${path}；请以 .mp4 结尾或不带扩展名。`,
    ),
  exists: (path: string) => mistake(`${path} exists; --force replaces it.`, `${path} 已存在，--force 可覆盖。`),
};
