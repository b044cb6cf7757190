import { isKindOf } from '../../references/known-packages';
import { type Family } from '../../references/reference-form';
import { referencesIn } from '../../references/references-in';
import { standingOf } from '../../references/standing-of';
import { atNode } from '../finding';
import { type Rule } from '../rule';

const RUNNABLE: readonly Family[] = ['workflow', 'op'];

export const rule: Rule = {
  id: 'workflow-version-not-active',
  version: 1,
  check: 'CROSS_PACKAGE_DEPENDENCIES',
  severity: 'WARNING',
  description: 'A workflow or an operation refers to a version that is not the active one of its package.',
  *run(context) {
    if (!RUNNABLE.some((family) => isKindOf(context.kind, family))) return;
    for (const reference of referencesIn(context)) {
      const standing = standingOf(context, reference);
      if (standing.status !== 'staged' || standing.active === reference.version) continue;
      const { id, active } = standing;
      yield atNode(
        reference.file,
        reference.node,
        active === null
          ? `No release of \`${id}\` is active: activate ${reference.version} before or together.`
          : `Refer to ${active} of \`${id}\`, the active version, or activate ${reference.version} before or together.`,
      );
    }
  },
};
