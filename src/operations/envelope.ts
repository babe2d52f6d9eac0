import type { Page } from '../db/pages.ts';
import type { Language } from '../errors.ts';

const messages = {
  ok: { en: 'OK', zh: '成功' },
  created: { en: 'Created', zh: '已创建' },
  accepted: { en: 'Accepted; the work goes on in the background', zh: '已受理，正在后台处理' },
  completed: { en: 'The task is completed', zh: '任务已完成' },
  failed: { en: 'The task has failed', zh: '任务失败' },
  cancelled: { en: 'The task was cancelled', zh: '任务已取消' },
  updated: { en: 'Updated', zh: '已更新' },
  deleted: { en: 'Deleted', zh: '已删除' },
  loggedOut: { en: 'Logged out', zh: '已退出登录' },
} as const satisfies Record<string, Record<Language, string>>;

type MessageKey = keyof typeof messages;

/** The envelope of every success; `code` is 200 whatever the status. */
export const success = <Data>({ language }: { language: Language }, data: Data, message: MessageKey = 'ok') => ({
  code: 200 as const,
  message: messages[message][language],
  data,
});

/** The envelope of a success that has nothing to show. */
export const done = ({ language }: { language: Language }, message: MessageKey) => ({
  code: 200 as const,
  message: messages[message][language],
});

/** A page with each item as the contract shows it. */
export const pageOf = <Item, View>({ page, pageSize, total, items }: Page<Item>, view: (item: Item) => View) => ({
  page,
  pageSize,
  total,
  items: items.map(view),
});
