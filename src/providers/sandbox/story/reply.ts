import type { PlainMessage } from '../chat.ts';

/** A short friendly answer that takes up the words of the last message, in its language. */
export function replyTo(messages: readonly PlainMessage[]): string {
  const last = messages.findLast(({ role }) => role === 'user')?.text.trim() ?? '';
  const words = last.replaceAll(/\s+/g, ' ').slice(0, 60);
  if (/[\u4e00-\u9fff]/.test(last)) return `「${words}」听起来很有意思！`;
  return `"${words}" sounds like a lovely idea!`;
}
