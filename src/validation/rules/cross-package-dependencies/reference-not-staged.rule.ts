import { referencesIn } from '../../references/references-in';
import { standingOf } from '../../references/standing-of';
import { atNode, quote } from '../finding';
import { type Rule } from '../rule';

export const rule: Rule = {
  id: 'reference-not-staged',
  version: 1,
  check: 'CROSS_PACKAGE_DEPENDENCIES',
  severity: 'ERROR',
  description: 'A reference names a version of another package that is committed, but neither staged nor released.',
  *run(context) {
    for (const reference of referencesIn(context)) {
      const standing = standingOf(context, reference);
      if (standing.status === 'committed')
        yield atNode(
          reference.file,
          reference.node,
          `Stage ${reference.version} of \`${standing.id}\` first: ${quote(reference.node.value)} is only committed.`,
        );
    }
  },
};
