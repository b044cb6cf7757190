import { type OldName, oldNameAt } from '../../references/old-name';
import { isMisplaced, referencePlaces } from '../../references/references-in';
import { atNode, quote } from '../finding';
import { type Rule } from '../rule';

export const rule: Rule = {
  id: 'name-of-old-convention',
  version: 1,
  check: 'REFERENCE_RESOLUTION',
  severity: 'WARNING',
  description: 'A key that asks for a reference holds a title or a file name with a version, which names no release.',
  *run(context) {
    for (const place of referencePlaces(context)) {
      const old = isMisplaced(place) ? null : oldNameAt(context, place);
      if (old !== null)
        yield atNode(
          place.file,
          place.node,
          `${quote(place.node.value)} is a name from an old convention: write ${insteadOf(old)}.`,
        );
    }
  },
};

function insteadOf({ meant, form }: OldName): string {
  return meant === null ? `a reference such as \`${form}\`` : `\`${meant}\``;
}
