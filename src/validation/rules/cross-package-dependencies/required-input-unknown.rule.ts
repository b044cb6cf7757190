import { atNode } from '../finding';
import { type Rule } from '../rule';
import { isActive, isReleased, requiredInputs } from './required-inputs';

export const rule: Rule = {
  id: 'required-input-unknown',
  version: 2,
  check: 'CROSS_PACKAGE_DEPENDENCIES',
  severity: 'ERROR',
  description: 'A required input has no active release and none that could be activated.',
  *run(context) {
    const { map, manifest } = context;
    for (const { id, node } of requiredInputs(context))
      if (manifest !== null && id !== context.package && !isActive(map, id) && !isReleased(map, id))
        yield atNode(manifest.file, node, `\`${id}\` has no release: stage one first, or correct the id.`);
  },
};
