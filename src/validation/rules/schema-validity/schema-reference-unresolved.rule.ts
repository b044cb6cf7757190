import { valueOf } from '../../content/source-node';
import { atNode, quote } from '../finding';
import { type Rule } from '../rule';

export const rule: Rule = {
  id: 'schema-reference-unresolved',
  version: 1,
  check: 'SCHEMA_VALIDITY',
  severity: 'ERROR',
  description: 'A `$ref` of a schema leads to nothing in this release. Nothing is ever loaded from elsewhere.',
  *run({ schemas }) {
    for (const { file, references } of schemas)
      for (const { node, target } of references)
        if (target === null) {
          const written = quote(valueOf(node));
          yield atNode(
            file,
            node,
            `${written} leads nowhere in this release: correct it, or copy the schema into $defs.`,
          );
        }
  },
};
