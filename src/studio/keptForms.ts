type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const controls = (): Control[] =>
  [...document.querySelectorAll<Control>(':is(.entry, .idea) :is(input, textarea, select)[name]')].filter(
    ({ type }) => type !== 'file',
  );

const isChoice = (control: Control): control is HTMLInputElement =>
  control.type === 'radio' || control.type === 'checkbox';

const nameOf = (control: Control) => (isChoice(control) ? `${control.name}=${control.value}` : control.name);

/** Does what makes the page anew, and puts back what was written and chosen in its forms. */
export function keepForms(work: () => void): void {
  const kept = new Map(
    controls().map((control) => [nameOf(control), isChoice(control) ? control.checked : control.value]),
  );
  work();
  for (const control of controls()) {
    const value = kept.get(nameOf(control));
    if (isChoice(control)) control.checked = value === true || (value === undefined && control.checked);
    else if (typeof value === 'string') control.value = value;
  }
}
