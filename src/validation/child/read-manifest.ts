import { comparePackageIds, isOneLine, isPackageId } from '../../domain';
import { entryOf, textOf } from '../content/source-node';
import { holdsSecret } from '../secrets/find-secrets';
import { type ManifestFacts } from '../validation-engine';
import { type ManifestSource } from './job';
import { faultOfManifest, readManifestFile } from './manifest-document';

const LONGEST_NAME = 200;

/** What can be known of a manifest; when it cannot be read, why. It ends up in events, so nothing that holds a secret is known. */
export function readManifest({ bytes, layout }: ManifestSource): ManifestFacts {
  const file = readManifestFile(bytes, layout);
  const { root } = file;
  const name = textOf(entryOf(root, 'display_name')?.value)?.trim() ?? '';
  const inputs = entryOf(root, 'required_inputs')?.value;
  const requires = (inputs?.type === 'list' ? inputs.items : [])
    .map(textOf)
    .filter((id): id is string => id !== undefined && isPackageId(id) && !holdsSecret(id));
  const isName = name !== '' && name.length <= LONGEST_NAME && isOneLine(name) && !holdsSecret(name);
  return {
    displayName: isName ? name : null,
    requires: [...new Set(requires)].sort(comparePackageIds),
    unreadable: faultOfManifest(file),
  };
}
