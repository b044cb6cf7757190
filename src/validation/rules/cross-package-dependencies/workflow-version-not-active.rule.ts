import { notActive, pinsIn } from '../../references/pins';
import { atNode } from '../finding';
import { type Rule } from '../rule';

export const rule: Rule = {
  id: 'workflow-version-not-active',
  version: 1,
  check: 'CROSS_PACKAGE_DEPENDENCIES',
  severity: 'WARNING',
  description: 'A workflow or an operation refers to a version that is not the active one of its package.',
  *run(context) {
    for (const reference of pinsIn(context)) {
      const missed = notActive(context.map, reference);
      if (missed === null) continue;
      const { id, version, active } = missed;
      yield atNode(
        reference.file,
        reference.node,
        active === null
          ? `No release of \`${id}\` is active: activate ${version} before or together.`
          : `Refer to ${active} of \`${id}\`, the active version, or activate ${version} before or together.`,
      );
    }
  },
};
