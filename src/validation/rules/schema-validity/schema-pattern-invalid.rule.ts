import { atOffset, quote } from '../finding';
import { type Rule } from '../rule';

export const rule: Rule = {
  id: 'schema-pattern-invalid',
  version: 1,
  check: 'SCHEMA_VALIDITY',
  severity: 'ERROR',
  description: 'A pattern of a schema is not a regular expression of ECMAScript.',
  *run({ schemas }) {
    for (const { file, patterns } of schemas)
      for (const { pattern, verdict, ...place } of patterns)
        if (verdict === 'invalid')
          yield atOffset(file, place, `Correct the pattern: ${quote(pattern)} is not a regular expression.`, pattern);
  },
};
