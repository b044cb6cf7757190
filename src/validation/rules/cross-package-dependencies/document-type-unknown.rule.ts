import { splitPackageId } from '../../../domain';
import { documentTypesIn } from '../../references/document-types-in';
import { isKnownPackage, packagesWithWords } from '../../references/known-packages';
import { atOffset, quote } from '../finding';
import { type Rule } from '../rule';

export const rule: Rule = {
  id: 'document-type-unknown',
  version: 1,
  check: 'CROSS_PACKAGE_DEPENDENCIES',
  severity: 'WARNING',
  description: 'A workflow names a document type that has no release, or one by its words in another order.',
  *run(context) {
    const { map } = context;
    for (const { file, place, name, isCertain } of documentTypesIn(context)) {
      if (name === context.package || isKnownPackage(map, name)) continue;
      const [meant, other] = packagesWithWords(map, (kind) => kind === map.defaultKind, name);
      if (meant !== undefined && other === undefined) {
        const { name: known } = splitPackageId(meant, map.defaultKind);
        yield atOffset(file, place, `There is no ${quote(name)}: write \`${known}\` if that is meant.`, name);
      } else if (isCertain) {
        const message = `${quote(name)} has no release: commit and stage one, or correct the name.`;
        yield atOffset(file, place, message, name);
      }
    }
  },
};
