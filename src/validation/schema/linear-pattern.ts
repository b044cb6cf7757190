import { RE2JS } from 're2js';
import { LIMITS } from '../limits';
import { patternSteps } from './pattern-steps';

/**
 * What a `pattern` is to us: `linear` runs in time linear in the text; `backtracking` is a regular expression of
 * ECMAScript that the linear-time engine cannot run (look-around, back-references, very large repeats); `invalid` is none.
 */
export type PatternVerdict = 'linear' | 'backtracking' | 'invalid';

export function judgePattern(pattern: string): PatternVerdict {
  if (isTooLarge(pattern)) return 'backtracking';
  if (!isEcmaScript(pattern)) return 'invalid';
  return compileLinear(pattern) === null ? 'backtracking' : 'linear';
}

/** A matcher for ajv's `code.regExp`. A pattern the engine cannot run matches everything: it is reported, never run. */
export function linearMatcher(pattern: string): { test(text: string): boolean; toString(): string } {
  let compiled: RE2JS | null | undefined;
  return {
    // Compiled when it is first used: most schemas are compiled and never used.
    test: (text) => {
      if (compiled === undefined) compiled = compileLinear(pattern);
      return compiled?.matcher(text).find() ?? true;
    },
    toString: () => `linear:${pattern}`,
  };
}

/** With the `u` flag as JSON Schema recommends, or without it as much of what is written in the world needs. */
function isEcmaScript(pattern: string): boolean {
  return ['u', ''].some((flags) => {
    try {
      return new RegExp(pattern, flags) instanceof Object;
    } catch (error) {
      if (error instanceof Error && error.name === 'SyntaxError') return false;
      throw error;
    }
  });
}

/** What judging a pattern costs, in steps; one that is too large costs nothing. */
export function judgingSteps(pattern: string): number {
  return isTooLarge(pattern) ? 0 : patternSteps(pattern);
}

/** The engine's memory and time for compiling grow with what repeats are written out to. */
function isTooLarge(pattern: string): boolean {
  return pattern.length > LIMITS.patternSteps || patternSteps(pattern) > LIMITS.patternSteps;
}

const NAMED_REFERENCE = /(?<!\\)(?:\\\\)*\\k</;

function compileLinear(pattern: string): RE2JS | null {
  // The engine takes a reference to a named group for the letter k.
  if (isTooLarge(pattern) || NAMED_REFERENCE.test(pattern)) return null;
  try {
    return RE2JS.compile(RE2JS.translateRegExp(pattern));
  } catch (error) {
    // Whatever the engine refuses is a pattern we do not run; its error classes are not all exported.
    if (error instanceof Error) return null;
    throw error;
  }
}
