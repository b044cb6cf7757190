import { RE2JS } from 're2js';
import { globPattern } from './path-glob';
import { type Guardrail } from './policy';

/** A guardrail as it is written; `paths` null means all files. */
export interface WrittenGuardrail {
  readonly id: string;
  readonly message: string;
  readonly severity: Guardrail['severity'];
  readonly pattern: string;
  readonly paths: readonly string[] | null;
}

/** A guardrail that can be run, or why its pattern cannot. `^` and `$` match at each line. */
export function compileGuardrail(written: WrittenGuardrail): Guardrail | { readonly refusal: string } {
  const { id, message, severity, paths } = written;
  const compiled = compile(written.pattern);
  if ('refusal' in compiled) return compiled;
  const globs = paths?.map((path) => RE2JS.compile(globPattern(path)));
  return {
    id,
    message,
    severity,
    appliesTo: (path) => globs?.some((glob) => glob.matcher(path).matches()) ?? true,
    *matchesIn(text) {
      const matcher = compiled.re2.matcher(text);
      while (matcher.find()) yield matcher.start();
    },
  };
}

function compile(pattern: string): { readonly re2: RE2JS } | { readonly refusal: string } {
  try {
    const re2 = RE2JS.compile(pattern, RE2JS.MULTILINE);
    return re2.matcher('').find() ? { refusal: 'Write a `pattern` that does not match an empty text.' } : { re2 };
  } catch (error) {
    // Whatever the engine refuses cannot be run; its error classes are not all exported.
    if (!(error instanceof Error)) throw error;
    const why = error.message.replace(/^error parsing regexp: /, '').replace('(?m)', '');
    return { refusal: `Write a \`pattern\` in the syntax of RE2, without look-around and back-references: ${why}.` };
  }
}
