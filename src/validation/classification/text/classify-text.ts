import { type ChangeReason } from '../../../domain';
import { type ReleaseFile } from '../../content/release-file';
import { reasonOf } from '../reason';
import { isSpellingFix } from './spelling';
import { tokensOf } from './tokens';

/** Why a prompt, or another text for people or models, differs. Its bytes do, be it by a byte order mark alone. */
export function classifyText(before: ReleaseFile, after: ReleaseFile): readonly ChangeReason[] {
  const { text } = before;
  if (text === null || after.text === null)
    return [reasonOf('major', 'text-not-readable', after, 'The text cannot be read, so nothing is known of it.')];
  return [classifyWords(tokensOf(text), tokensOf(after.text), after)];
}

function classifyWords(was: readonly string[], is: readonly string[], file: ReleaseFile): ChangeReason {
  const changed =
    was.length === is.length
      ? was.flatMap((word, at) => (word === is[at] ? [] : [[word, is[at] ?? ''] as const]))
      : null;
  if (changed?.length === 0)
    return reasonOf('patch', 'text-layout-changed', file, 'Only whitespace, punctuation or case differs.');
  if (changed?.every(([word, other]) => isSpellingFix(word, other)) === true) {
    const [first] = changed;
    const message = `Only spelling differs: ${JSON.stringify(first?.[0])} is ${JSON.stringify(first?.[1])} now.`;
    return reasonOf('patch', 'text-spelling-changed', file, message);
  }
  return reasonOf('minor', 'text-content-changed', file, 'The text differs in more than wording and layout.');
}
