import { atOffset, quote } from '../finding';
import { type Rule } from '../rule';

export const rule: Rule = {
  id: 'schema-pattern-not-linear',
  version: 1,
  check: 'SCHEMA_VALIDITY',
  severity: 'WARNING',
  description:
    'A pattern needs look-around or back-references, so it is not run here and may take very long elsewhere.',
  *run({ schemas }) {
    for (const { file, patterns } of schemas)
      for (const { pattern, verdict, ...place } of patterns)
        if (verdict === 'backtracking')
          yield atOffset(
            file,
            place,
            `Write the pattern without look-around, back-references or large repeats if you can: ${quote(pattern)} is not run here.`,
            pattern,
          );
  },
};
