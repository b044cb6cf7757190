import { type ChangeType, compareVersions, coversPart, CHANGE_TYPES } from '../../../domain';
import { textOf } from '../../content/source-node';
import { type PackageUrn, parseUrn } from '../../rules/reference-resolution/package-urn';
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
    const [former, now] = [urnOf(textOf(was)), urnOf(textOf(is))];
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
function stepBetween(former: PackageUrn | null, now: PackageUrn | null): ChangeType | null {
  if (former === null || now === null || former.kind !== now.kind || former.name !== now.name) return null;
  if (compareVersions(now.version, former.version) <= 0) return null;
  return CHANGE_TYPES.find((type) => coversPart(former.version, now.version, type)) ?? null;
}

function urnOf(text: string | undefined): PackageUrn | null {
  const urn = text === undefined ? null : parseUrn(text);
  return urn === 'malformed' ? null : urn;
}
