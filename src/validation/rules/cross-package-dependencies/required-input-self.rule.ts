import { atNode } from '../finding';
import { type Rule } from '../rule';
import { requiredInputs } from './required-inputs';

export const rule: Rule = {
  id: 'required-input-self',
  version: 2,
  check: 'CROSS_PACKAGE_DEPENDENCIES',
  severity: 'ERROR',
  description: 'A package requires itself.',
  *run(context) {
    for (const { id, node } of requiredInputs(context))
      if (id === context.package && context.manifest !== null)
        yield atNode(context.manifest.file, node, `Take \`${id}\` out of its own required_inputs.`);
  },
};
