import { splitPackageId } from '../../../domain';
import { documentTypesIn } from '../../references/document-types-in';
import { isKnownPackage, packagesWithWords } from '../../references/known-packages';
import { atOffset, quote } from '../finding';
import { type Rule } from '../rule';

export const rule: Rule = {
  id: 'document-type-misnamed',
  version: 1,
  check: 'REFERENCE_RESOLUTION',
  severity: 'WARNING',
  description: 'A workflow or manifest names no document type, but has the words of one in another order.',
  *run(context) {
    const { map } = context;
    const isDocumentType = (kind: string): boolean => kind === map.defaultKind;
    for (const { file, place, name } of documentTypesIn(context)) {
      if (name === context.package || isKnownPackage(map, name)) continue;
      const [meant, other] = packagesWithWords(map, isDocumentType, name);
      if (meant === undefined || other !== undefined) continue;
      const known = splitPackageId(meant, map.defaultKind).name;
      yield atOffset(file, place, `There is no ${quote(name)}: write \`${known}\` if that is meant.`, name);
    }
  },
};
