import { entryOf } from '../../content/source-node';
import { atNode } from '../finding';
import { type Rule } from '../rule';

export const rule: Rule = {
  id: 'schema-dialect-unknown',
  version: 1,
  check: 'SCHEMA_VALIDITY',
  severity: 'ERROR',
  description: 'A schema names a dialect other than draft-07 and 2020-12.',
  *run({ schemas }) {
    for (const { file, root, dialect } of schemas)
      if (dialect === null)
        yield atNode(
          file,
          entryOf(root, '$schema')?.value ?? root,
          'Set `$schema` to `http://json-schema.org/draft-07/schema#` or `https://json-schema.org/draft/2020-12/schema`.',
        );
  },
};
