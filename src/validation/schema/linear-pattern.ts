import { RE2JS } from 're2js';

/**
 * What a `pattern` is to us: `linear` runs in time linear in the text; `backtracking` is a regular expression of
 * ECMAScript that the linear-time engine cannot run (look-around, back-references); `invalid` is none.
 */
export type PatternVerdict = 'linear' | 'backtracking' | 'invalid';

export function judgePattern(pattern: string): PatternVerdict {
  if (!isEcmaScript(pattern)) return 'invalid';
  return compileLinear(pattern) === null ? 'backtracking' : 'linear';
}

/** A matcher for ajv's `code.regExp`. A pattern the engine cannot run matches everything: it is reported, never run. */
export function linearMatcher(pattern: string): { test(text: string): boolean; toString(): string } {
  const compiled = compileLinear(pattern);
  return {
    test: (text) => compiled?.matcher(text).find() ?? true,
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

function compileLinear(pattern: string): RE2JS | null {
  try {
    return RE2JS.compile(RE2JS.translateRegExp(pattern));
  } catch (error) {
    // Whatever the engine refuses is a pattern we do not run; its error classes are not all exported.
    if (error instanceof Error) return null;
    throw error;
  }
}
