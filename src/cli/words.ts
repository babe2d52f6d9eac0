import type { Language } from '../errors.ts';
import type { Stage } from '../film/glossary.ts';

const stagesEn: Record<Stage, string> = {
  screenplay: 'Screenplay',
  characters: 'Characters',
  images: 'Pictures',
  clips: 'Clips',
  film: 'Cut',
};

const en = {
  stages: stagesEn,
  overall: 'Film',
  using: (url: string) => `Using the service at ${url}`,
  starting: (url: string) => `No service answers at ${url}: starting one...`,
  started: (url: string, logFile: string) => `Started at ${url} for this film (its log: ${logFile})`,
  waiting: (url: string) => `The service at ${url} is starting; waiting for it...`,
  notAnswering: (url: string, why: string) => `No DirectorAI service answers at ${url}: ${why}.`,
  notOurs: 'another program is there',
  stillStarting: 'it does not get ready',
  heldElsewhere: 'If it listens on another port, say which: --url http://localhost:<port>.',
  stoppedLogFile: (file: string) => `The service's log is ${file}.`,
  uploading: (name: string) => `Uploading ${name}`,
  accepted: (taskId: string) => `Task ${taskId}`,
  reconnecting: 'The connection to the service is lost; trying again...',
  lost: 'The service does not answer any more; it goes on with the film by itself when it is back.',
  stopping: 'Stopping; Ctrl-C again to end at once.',
  cancelled: 'Cancelled. What is made already is kept and not bought again.',
  tooLate: (status: string) => `Too late to cancel: the task is ${status} already.`,
  notCancelled: (why: string) => `The task could not be cancelled: ${why}`,
  nothingStarted: 'Stopped before anything was ordered.',
  failed: (why: string) => `The film could not be made: ${why}`,
  unknownReason: 'the reason is not known',
  resume: (command: string) => `To run what failed again, and only that:\n  ${command}`,
  goOn: (command: string) => `To go on with it:\n  ${command}`,
  inDoubt: 'Paid calls were sent and their answers lost; they may have been charged. The film waits for your decision:',
  decideRetry: 'send them again (may cost twice)',
  decideLoss: 'give those scenes up',
  mayHaveCost: (cost: string) => `It may have cost ${cost}.`,
  orResolve: 'Or call the operation resolveTaskStep yourself:',
  ready: (path: string) => `The film is ready: ${path}`,
  title: 'Title',
  picture: 'Picture',
  scenes: 'Scenes',
  subtitles: 'Subtitles',
  calls: 'Calls',
  callCounts: (screenplay: number, image: number, video: number) =>
    `${screenplay} screenplay, ${image} picture${image === 1 ? '' : 's'}, ${video} clip${video === 1 ? '' : 's'}`,
  cost: 'Cost',
  sandboxCost: 'at list prices; the sandbox charges nothing',
  sandbox: 'Sandbox',
  sandboxed: (names: string) => `stands in for ${names} (no API key set)`,
  time: 'Time',
  timeTaken: (elapsed: string) => `${elapsed} to make`,
  task: 'Task',
};

/** What the command line says to a person. */
export type Words = typeof en;

const zh: Words = {
  stages: { screenplay: '剧本', characters: '角色', images: '画面', clips: '镜头', film: '剪辑' },
  overall: '影片',
  using: (url) => `使用服务 ${url}`,
  starting: (url) => `${url} 没有服务应答，正在启动…`,
  started: (url, logFile) => `已为本片启动服务 ${url}（日志：${logFile}）`,
  waiting: (url) => `服务 ${url} 正在启动，请稍候…`,
  notAnswering: (url, why) => `${url} 没有 DirectorAI 服务应答：${why}。`,
  notOurs: '该地址是其他程序',
  stillStarting: '服务一直未就绪',
  heldElsewhere: '如果它使用其他端口，请指明：--url http://localhost:<端口>。',
  stoppedLogFile: (file) => `服务日志：${file}。`,
  uploading: (name) => `正在上传 ${name}`,
  accepted: (taskId) => `任务 ${taskId}`,
  reconnecting: '与服务的连接中断，正在重试…',
  lost: '服务不再应答；恢复后会自行继续制作。',
  stopping: '正在停止，再按一次 Ctrl-C 立即结束。',
  cancelled: '已取消。已完成的部分会保留，不会重复付费。',
  tooLate: (status) => `来不及取消：任务已是 ${status} 状态。`,
  notCancelled: (why) => `任务无法取消：${why}`,
  nothingStarted: '已停止，尚未下单。',
  failed: (why) => `影片制作失败：${why}`,
  unknownReason: '原因不明',
  resume: (command) => `只重做失败的部分：\n  ${command}`,
  goOn: (command) => `继续制作：\n  ${command}`,
  inDoubt: '有付费调用的结果丢失，可能已计费。影片等待您的决定：',
  decideRetry: '重新发送（可能重复计费）',
  decideLoss: '放弃这些场景',
  mayHaveCost: (cost) => `可能已花费 ${cost}。`,
  orResolve: '也可以自行调用操作 resolveTaskStep：',
  ready: (path) => `影片已完成：${path}`,
  title: '片名',
  picture: '画面',
  scenes: '场景',
  subtitles: '字幕',
  calls: '调用',
  callCounts: (screenplay, image, video) => `剧本 ${screenplay}，图片 ${image}，镜头 ${video}`,
  cost: '费用',
  sandboxCost: '按标价计；沙箱不收费',
  sandbox: '沙箱',
  sandboxed: (names) => `代替 ${names}（未设置 API 密钥）`,
  time: '用时',
  timeTaken: (elapsed) => elapsed,
  task: '任务',
};

export const words: Readonly<Record<Language, Words>> = { en, zh };

/** The language of this system: Chinese where its locale is, else English. */
export function systemLanguage(locale = Intl.DateTimeFormat().resolvedOptions().locale): Language {
  return locale.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
