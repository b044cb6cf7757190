import { atNode } from '../finding';
import { type Rule } from '../rule';
import { isActive, isReleased, requiredInputs } from './required-inputs';

export const rule: Rule = {
  id: 'required-input-not-active',
  version: 2,
  check: 'CROSS_PACKAGE_DEPENDENCIES',
  severity: 'WARNING',
  description: 'A required input has releases, but none is active.',
  *run(context) {
    const { map, manifest } = context;
    for (const { id, node } of requiredInputs(context))
      if (manifest !== null && id !== context.package && !isActive(map, id) && isReleased(map, id))
        yield atNode(manifest.file, node, `No release of \`${id}\` is active: activate it before or together.`);
  },
};
