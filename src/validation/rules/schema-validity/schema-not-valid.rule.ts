import { nodeAtPointer } from '../../content/source-node';
import { atNode } from '../finding';
import { type Rule } from '../rule';

export const rule: Rule = {
  id: 'schema-not-valid',
  version: 1,
  check: 'SCHEMA_VALIDITY',
  severity: 'ERROR',
  description: 'A schema breaks the rules of its dialect (its meta-schema).',
  *run({ schemas }) {
    for (const { file, root, dialect, metaErrors } of schemas)
      for (const { pointer, message } of metaErrors)
        yield atNode(file, nodeAtPointer(root, pointer) ?? root, `Not a ${dialect ?? ''} schema: ${message}.`);
  },
};
