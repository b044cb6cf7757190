import { type PackageId, type Version } from '../../../domain';
import { committedVersions } from '../../references/known-packages';
import { atNode } from '../finding';
import { type Rule } from '../rule';
import { isActive, isReleased, requiredInputs } from './required-inputs';

export const rule: Rule = {
  id: 'required-input-unknown',
  version: 3,
  check: 'CROSS_PACKAGE_DEPENDENCIES',
  severity: 'ERROR',
  description: 'A required input has no active release and none that could be activated.',
  *run(context) {
    const { map, manifest } = context;
    for (const { id, node } of requiredInputs(context))
      if (manifest !== null && id !== context.package && !isActive(map, id) && !isReleased(map, id))
        yield atNode(manifest.file, node, adviceOn(id, committedVersions(map, id)));
  },
};

function adviceOn(id: PackageId, committed: readonly Version[]): string {
  const newest = committed.at(-1);
  return newest === undefined
    ? `\`${id}\` has no release: stage one first, or correct the id.`
    : `\`${id}\` ${newest} is committed and not staged: stage it first.`;
}
