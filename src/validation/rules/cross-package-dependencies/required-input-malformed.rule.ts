import { canonicalPackageId, isPackageId } from '../../../domain';
import { type SourceNode, valueOf } from '../../content/source-node';
import { atNode, quote } from '../finding';
import { type Rule } from '../rule';
import { packageIdAt, requiredInputNodes } from './required-inputs';

export const rule: Rule = {
  id: 'required-input-malformed',
  version: 2,
  check: 'CROSS_PACKAGE_DEPENDENCIES',
  severity: 'ERROR',
  description: 'An entry of required_inputs is not a package id, or names the default kind.',
  *run({ manifest, map }) {
    if (manifest === null) return;
    for (const node of requiredInputNodes(manifest.root))
      if (packageIdAt(node, map) === null) yield atNode(manifest.file, node, faultOf(node, map.defaultKind));
  },
};

function faultOf(node: SourceNode, defaultKind: string): string {
  const value = valueOf(node);
  return typeof value === 'string' && isPackageId(value)
    ? `Write ${quote(canonicalPackageId(value, defaultKind))} for ${quote(value)}: the default kind is not named.`
    : `${quote(value)} is no package id: write \`name\`, or \`kind/name\` for another kind.`;
}
