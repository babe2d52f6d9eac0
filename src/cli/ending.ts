import { parseArgs } from 'node:util';
import { type Language, SetupError } from '../errors.ts';
import { mistakes, UsageError } from './mistakes.ts';
import { ApiProblem, Unreachable } from './problem.ts';

/** The codes a command ends with; `setup` is `EX_CONFIG` of sysexits.h, as in `main.ts`. */
export const exits = { done: 0, failed: 1, usage: 2, setup: 78 } as const;

export const say = (text: string): void => void process.stdout.write(`${text}\n`);
export const complain = (text: string): void => void process.stderr.write(`${text}\n`);

/** Says what went wrong, in plain words where it is known, and answers the code to end with. */
export function explain(error: unknown, language: Language, synopsis: string): number {
  if (error instanceof UsageError) {
    complain(`${error.words[language]}\n\n${synopsis}`);
    return exits.usage;
  }
  const known = error instanceof SetupError || error instanceof ApiProblem || error instanceof Unreachable;
  if (error instanceof Error) complain(known ? error.message : (error.stack ?? error.message));
  else complain(String(error));
  if (error instanceof SetupError) return exits.setup;
  return error instanceof ApiProblem && error.code === 1000 ? exits.usage : exits.failed;
}

/** For commands that only know `--help`; whether it was asked for. */
export function isHelpWanted(): boolean {
  try {
    return parseArgs({ options: { help: { type: 'boolean', short: 'h' } } }).values.help ?? false;
  } catch (error) {
    throw mistakes.unparsable(error);
  }
}

/** Nothing should be left running; what is (a socket kept alive) doesn't hold the prompt back. */
export function end(code: number): void {
  process.exitCode = code;
  setTimeout(() => process.exit(), 1_000).unref();
}
