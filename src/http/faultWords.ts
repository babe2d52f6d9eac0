import { describeFault, type FieldFault, type Language } from '../errors.ts';

const longestPointer = 512;
const longestDetail = 500;

/** A fault in the reader's language, no longer than the contract has room for. */
export function faultIn(language: Language, fault: FieldFault): { pointer: string; detail: string } {
  return {
    pointer: fault.pointer.slice(0, longestPointer).toWellFormed(),
    detail: describeFault(fault, language).slice(0, longestDetail).toWellFormed(),
  };
}
