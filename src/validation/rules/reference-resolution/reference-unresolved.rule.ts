import { splitPackageId } from '../../../domain';
import { hasKindOf } from '../../references/known-packages';
import { type Reference, referencesIn } from '../../references/references-in';
import { similarReference } from '../../references/similar-reference';
import { type Standing, standingOf } from '../../references/standing-of';
import { atNode, quote } from '../finding';
import { type Rule, type RuleContext } from '../rule';

const MOST_VERSIONS = 5;

export const rule: Rule = {
  id: 'reference-unresolved',
  version: 2,
  check: 'REFERENCE_RESOLUTION',
  severity: 'ERROR',
  description: 'A reference names a package or a version that there is not.',
  *run(context) {
    for (const reference of referencesIn(context)) {
      const standing = standingOf(context, reference);
      if (standing.status === 'unknown')
        yield atNode(
          reference.file,
          reference.node,
          `${quote(reference.node.value)} names no release of \`${standing.id}\`: ${whatThereIs(context, reference, standing)}.`,
        );
    }
  },
};

function whatThereIs(
  { map }: RuleContext,
  reference: Reference,
  { id, known }: Extract<Standing, { status: 'unknown' }>,
): string {
  if (known.length > 0) return `there is ${known.slice(-MOST_VERSIONS).join(', ')}`;
  const similar = similarReference(map, reference);
  if (similar !== null) return `there is no such package. Write \`${similar}\` if that is meant`;
  const { kind } = splitPackageId(id, map.defaultKind);
  return hasKindOf(map, reference.family) ? 'there is no such package' : `there is no package of kind \`${kind}\``;
}
