import { type Desk, deed, moment, type Part, pageSize, pages, part, table } from './adminDesk.ts';
import { queuePart } from './adminQueue.ts';
import { isAdmin } from './adminRole.ts';
import { usersPart } from './adminUsers.ts';
import { w } from './adminWords.ts';
import { api } from './client.ts';
import { field, problem } from './fields.ts';
import { h } from './h.ts';
import type { Page } from './main.ts';
import { t } from './words.ts';

/** Users, the queue, pauses and the log, for those with the role. */
export function adminPage(signal: AbortSignal): Page {
  const element = h('section', { class: 'admin' }, h('h1', {}, w('administration')));
  const begin = async () => {
    if (!(await isAdmin())) element.append(h('p', { class: 'empty' }, w('notYours')));
    else if (!signal.aborted) await furnish(element, signal);
  };
  void begin();
  return { element, title: `${w('administration')} · ${t('studio')}` };
}

async function furnish(element: HTMLElement, signal: AbortSignal): Promise<void> {
  const reason = h('input', { maxlength: 500, placeholder: w('reasonHint'), required: true });
  const fault = problem();
  const done = h('p', { role: 'status' });
  const parts: Part[] = [];
  const desk: Desk = {
    fault,
    signal,
    why() {
      done.textContent = '';
      if (reason.value.trim() !== '') return reason.value.trim();
      reason.focus();
      throw new Error(w('sayWhy'));
    },
    async lookAgain() {
      done.textContent = w('done');
      await Promise.all(parts.map(({ load }) => load()));
    },
  };
  parts.push(pausesPart(desk), queuePart(desk), usersPart(desk), auditPart(desk));
  element.append(
    h('div', { class: 'why' }, field(w('reason'), reason), fault, done),
    ...parts.map((one) => one.element),
  );
  await Promise.all(parts.map(({ load }) => load()));
}

function pausesPart(desk: Desk): Part {
  const { admin } = api();
  return part(desk, 'pauses', async () => {
    const { items } = await admin.listPauses({ signal: desk.signal });
    const rows = items.map(({ scope, paused, reason, since }) => {
      const name = scope === 'all' ? w('all') : scope;
      const turn = deed(desk, paused ? 'resume' : 'pause', name, (why) =>
        admin.setPause(scope, { paused: !paused, reason: why }),
      );
      return [name, w(paused ? 'paused' : 'running'), moment(since), reason ?? '', turn];
    });
    return [table(w('pauses'), ['scope', 'state', 'since', 'reason', 'actions'], rows)];
  });
}

function auditPart(desk: Desk): Part {
  const { signal } = desk;
  const log = pages(
    desk,
    (page) => api().admin.listAuditEntries({ page, pageSize, signal }),
    () => audit.load(),
  );
  const audit = part(desk, 'audit', async () => {
    const { items, more } = await log.look();
    const rows = items.map(({ at, actorName, actorId, action, subject, reason }) => [
      ...[moment(at), actorName ?? actorId, action, subject, reason],
    ]);
    return [table(w('audit'), ['when', 'who', 'what', 'subject', 'reason'], rows), ...(more ? [more] : [])];
  });
  return audit;
}
