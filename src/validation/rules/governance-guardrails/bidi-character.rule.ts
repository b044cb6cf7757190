import { type Rule } from '../rule';
import { codePointOf, onePerText, placesOf } from './text-places';

/** Embeddings, overrides and isolates. Marks (U+200E, U+200F, U+061C) reorder nothing but themselves. */
const BIDI = /[\u202A-\u202E\u2066-\u2069]/g;

export const rule: Rule = {
  id: 'bidi-character',
  version: 1,
  check: 'GOVERNANCE_GUARDRAILS',
  severity: 'ERROR',
  description: 'A text holds a character that shows it in another order than it is read in.',
  *run({ files }) {
    for (const file of files) yield* onePerText(file, placesOf(file.text ?? '', BIDI), messageFor);
  },
};

function messageFor(character: string): string {
  return `Remove the bidirectional control ${codePointOf(character)}: what people see is not what is read.`;
}
