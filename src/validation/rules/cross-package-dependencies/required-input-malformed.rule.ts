import { valueOf } from '../../content/source-node';
import { atNode, quote } from '../finding';
import { type Rule } from '../rule';
import { packageIdAt, requiredInputNodes } from './required-inputs';

export const rule: Rule = {
  id: 'required-input-malformed',
  version: 1,
  check: 'CROSS_PACKAGE_DEPENDENCIES',
  severity: 'ERROR',
  description: 'An entry of required_inputs is not a package id.',
  *run({ manifest }) {
    if (manifest === null) return;
    for (const node of requiredInputNodes(manifest.root))
      if (packageIdAt(node) === null)
        yield atNode(
          manifest.file,
          node,
          `${quote(valueOf(node))} is no package id: write \`name\`, or \`kind/name\` for another kind.`,
        );
  },
};
