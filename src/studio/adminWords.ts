import { currentTongue } from './words.ts';

/** [English, Chinese] */
const words = {
  administration: ['Administration', '管理'],
  reason: ['Reason', '原因'],
  reasonHint: ['Kept in the log with everything you do here', '您在此的每项操作都会连同原因记入日志'],
  sayWhy: ['Say why first.', '请先填写原因。'],
  done: ['Done.', '已完成。'],
  notYours: ['This page is for administrators.', '此页面仅供管理员使用。'],
  pauses: ['Spending', '支出'],
  scope: ['Vendor', '供应商'],
  all: ['All', '全部'],
  state: ['State', '状态'],
  since: ['Since', '自'],
  running: ['Running', '运行中'],
  paused: ['Paused', '已暂停'],
  pause: ['Pause', '暂停'],
  resume: ['Resume', '恢复'],
  queue: ['Queue', '队列'],
  tasksOpen: [
    'Tasks in work: {processing}, waiting: {pending}. Workers: {live}.',
    '{processing} 个任务进行中，{pending} 个等待；{live} 个工作进程',
  ],
  kind: ['Step', '步骤'],
  count: ['Number', '数量'],
  oldest: ['Oldest', '最久'],
  user: ['User', '用户'],
  fault: ['What happened', '情况'],
  nothing: ['Nothing.', '无。'],
  redrive: ['Redrive', '重新执行'],
  retry: ['Buy again', '重新购买'],
  acceptLoss: ['Accept the loss', '接受损失'],
  onlyStuck: ['Only those that need somebody', '仅显示需要处理的'],
  ready: ['ready', '就绪'],
  waiting: ['at the vendor', '供应商处理中'],
  needs_review: ['in doubt', '存疑'],
  dead: ['dead', '已终止'],
  users: ['Users', '用户'],
  search: ['Name, e-mail or id begins with', '用户名、邮箱或 ID 的开头'],
  email: ['E-mail', '邮箱'],
  tasks: ['Tasks', '任务'],
  month: ['This month', '本月'],
  active: ['active', '正常'],
  disabled: ['disabled', '已停用'],
  disable: ['Disable', '停用'],
  enable: ['Enable', '启用'],
  limits: ['Limits', '限制'],
  tasksAtOnce: ['Tasks at once', '同时任务数'],
  maxDay: ['USD a day', '每日美元'],
  maxMonth: ['USD a month', '每月美元'],
  save: ['Save', '保存'],
  audit: ['Log', '日志'],
  when: ['When', '时间'],
  who: ['Who', '操作者'],
  what: ['What', '操作'],
  subject: ['Of', '对象'],
  actions: ['Actions', '操作'],
} as const satisfies Record<string, readonly [string, string]>;

export type AdminWord = keyof typeof words;

/** The words of the administrators' page in the language that is set. */
export function w(word: AdminWord, values: Record<string, string | number> = {}): string {
  const text = words[word][currentTongue() === 'zh' ? 1 : 0];
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

export const isAdminWord = (word: string): word is AdminWord => word in words;
