import { PermanentFailure } from '../errors.ts';

/** What a step was to work on has been deleted meanwhile. */
export const gone = (what: string): PermanentFailure =>
  new PermanentFailure({ code: 3000, key: 'not_found', params: { what } });
