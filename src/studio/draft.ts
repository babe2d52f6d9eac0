const key = 'directorai.draft';

/** A film that was not begun yet: what was written and chosen, and the pictures that were uploaded for it. */
export interface Draft {
  values: Record<string, string>;
  pictures: string[];
}

/** Of this tab, so that two films can be thought up beside each other. */
export function keptDraft(): Draft {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null') ?? { values: {}, pictures: [] };
  } catch {
    return { values: {}, pictures: [] };
  }
}

export function keepDraft(form: HTMLFormElement, pictures: string[]): void {
  const values = Object.fromEntries([...new FormData(form)].filter(([, value]) => typeof value === 'string'));
  sessionStorage.setItem(key, JSON.stringify({ values, pictures }));
}

/** One that was uploaded while no page of the film was open. */
export function keepPicture(id: string): void {
  const { values, pictures } = keptDraft();
  sessionStorage.setItem(key, JSON.stringify({ values, pictures: [...new Set([...pictures, id])] }));
}

export const dropDraft = (): void => sessionStorage.removeItem(key);

addEventListener('session', dropDraft);
