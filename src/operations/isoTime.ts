const dayMs = 86_400_000;
const digits = Array.from({ length: 1000 }, (_, number) => String(number).padStart(3, '0'));
const two = (number: number): string => (digits[number] ?? '').slice(1);
let known = { day: Number.NaN, text: '' };

/** The same as `toISOString`, in a fraction of its time where dates of one day follow each other, as they do in lists. */
export function isoTime(date: Date): string {
  const time = date.getTime();
  const day = Math.floor(time / dayMs);
  if (day !== known.day) known = { day, text: new Date(day * dayMs).toISOString().slice(0, -13) };
  const ms = time - day * dayMs;
  const seconds = Math.floor(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  return `${known.text}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(seconds % 60)}.${digits[ms % 1000]}Z`;
}
