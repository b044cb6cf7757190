import { type ChangeType, compareVersions, coversPart, CHANGE_TYPES } from '../../../domain';
import { textOf } from '../../content/source-node';
import { type PackageReference, parseReference } from '../../references/reference-form';
import { reasonAt } from '../reason';
import { type ManifestRule } from './manifest-rule';

/**
 * `schema_ref`, `role_prompt_ref` and every other `*_ref`. The step between two versions of one package says how much it
 * changed. Another schema is another contract; another prompt changes what is written, within the same contract.
 */
export const referencesRule: ManifestRule = {
  covers: (key) => key.endsWith('_ref'),
  *compare({ key, was, is, path }) {
    const rule = `manifest-${key.replaceAll('_', '-')}-changed`;
    const isContract = key === 'schema_ref';
    const [former, now] = [referenceOf(textOf(was)), referenceOf(textOf(is))];
    const step = stepBetween(former, now);
    const changeType = isContract ? contractStep(was === undefined, step) : step === 'patch' ? 'patch' : 'minor';
    const message = `${key} is ${textOf(is) ?? 'none'} now, it was ${textOf(was) ?? 'none'}.`;
    yield reasonAt(changeType, rule, path, is ?? was ?? null, message);
  },
};

/** A contract where there was none takes nothing away. */
function contractStep(isNew: boolean, step: ChangeType | null): ChangeType {
  return isNew ? 'minor' : (step ?? 'major');
}

/** How far one version of a package lies above another; null for other packages, and for a step back. */
function stepBetween(former: PackageReference | null, now: PackageReference | null): ChangeType | null {
  if (former === null || now === null || former.family !== now.family || former.name !== now.name) return null;
  if (compareVersions(now.version, former.version) <= 0) return null;
  return CHANGE_TYPES.find((type) => coversPart(former.version, now.version, type)) ?? null;
}

function referenceOf(text: string | undefined): PackageReference | null {
  const reference = text === undefined ? null : parseReference(text);
  return reference === 'malformed' ? null : reference;
}
