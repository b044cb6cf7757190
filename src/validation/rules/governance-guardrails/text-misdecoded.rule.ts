import { quote } from '../finding';
import { type Rule } from '../rule';
import { misdecodedPlaces, REPLACEMENT, rightReading } from './misdecoded-text';
import { onePerText } from './text-places';

export const rule: Rule = {
  id: 'text-misdecoded',
  version: 1,
  check: 'GOVERNANCE_GUARDRAILS',
  severity: 'WARNING',
  description: 'A text was read in the wrong encoding once and saved like that, or lost characters.',
  *run({ files }) {
    for (const file of files) yield* onePerText(file, misdecodedPlaces(file.text ?? ''), messageFor);
  },
};

function messageFor(text: string): string {
  if (text === REPLACEMENT) return 'Write the character that was lost: U+FFFD stands for one that could not be read.';
  const right = rightReading(text);
  return right === null
    ? `Write what ${quote(text)} was meant to be: it is UTF-8 that was read as another encoding.`
    : `Write ${quote(right)} for ${quote(text)}: it is UTF-8 that was read as another encoding.`;
}
