/** Shows a dialog over the page, with which it goes. */
export function openModal(dialog: HTMLDialogElement, page: AbortSignal): void {
  if (page.aborted) return;
  dialog.addEventListener('close', () => dialog.remove());
  page.addEventListener('abort', () => dialog.close(), { once: true });
  document.body.append(dialog);
  dialog.showModal();
}
