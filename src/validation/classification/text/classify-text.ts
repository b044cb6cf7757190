import { type ChangeReason } from '../../../domain';
import { type ReleaseFile } from '../../content/release-file';
import { reasonOf } from '../reason';
import { isSpellingFix } from './spelling';
import { areSame, isName, type Token, tokensOf } from './tokens';

/** Why a prompt, or another text for people or models, differs. Its bytes do, be it by a byte order mark alone. */
export function classifyText(before: ReleaseFile, after: ReleaseFile): readonly ChangeReason[] {
  const { text } = before;
  if (text === null || after.text === null)
    return [reasonOf('major', 'text-not-readable', after, 'The text cannot be read, so nothing is known of it.')];
  return [classifyWords(tokensOf(text), tokensOf(after.text), after)];
}

function classifyWords(was: readonly Token[], is: readonly Token[], file: ReleaseFile): ChangeReason {
  const changed = was.length === is.length ? changedPairs(was, is) : null;
  if (changed?.length === 0)
    return reasonOf('patch', 'text-layout-changed', file, 'Only whitespace, punctuation or case differs.');
  if (changed?.every(([word, other]) => isSpellingFix(word, other)) === true) {
    const [first] = changed;
    const message = `Only spelling differs: ${JSON.stringify(first?.[0])} is ${JSON.stringify(first?.[1])} now.`;
    return reasonOf('patch', 'text-spelling-changed', file, message);
  }
  return reasonOf('minor', 'text-content-changed', file, 'The text differs in more than wording and layout.');
}

/** Words that are others in the same place, in lower case; null when one is exact: it has no spelling to put right. */
function changedPairs(was: readonly Token[], is: readonly Token[]): readonly (readonly [string, string])[] | null {
  const changed: (readonly [string, string])[] = [];
  for (const [at, before] of was.entries()) {
    const after = is[at];
    if (after === undefined || areSame(before, after)) continue;
    if (before.isExact || after.isExact) return null;
    changed.push([inProse(before), inProse(after)]);
  }
  return changed;
}

function inProse({ written }: Token): string {
  return isName(written) ? written : written.toLowerCase();
}
