import { oldNameAt } from '../../references/old-name';
import { formOf } from '../../references/reference-form';
import { isMisplaced, type ReferencePlace, referencePlaces } from '../../references/references-in';
import { atNode, quote } from '../finding';
import { type Rule, type RuleContext } from '../rule';

export const rule: Rule = {
  id: 'reference-malformed',
  version: 2,
  check: 'REFERENCE_RESOLUTION',
  severity: 'ERROR',
  description: 'A reference is not complete, or not of the form its key asks for.',
  *run(context) {
    for (const place of referencePlaces(context))
      if (isMisplaced(place)) yield atNode(place.file, place.node, faultOf(context, place));
  },
};

function faultOf(context: RuleContext, place: ReferencePlace): string {
  const { asked, isStrict, node } = place;
  const instead = oldNameAt(context, place)?.meant ?? formOf(asked?.[0] ?? 'task');
  return isStrict
    ? `Write \`${instead}\`, or null: ${quote(node.value)} is neither.`
    : `Write \`${instead}\` with a name and a version, or take it out: ${quote(node.value)} names no release.`;
}
