import { type Rule } from '../rule';
import { codePointOf, onePerText, placesOf } from './text-places';

/** C0 without tab and line ends, DEL, and C1. */
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/g;
/** JSON forbids C0 by itself, and its parser says so. */
const CONTROL_IN_JSON = /[\u007F-\u009F]/g;

export const rule: Rule = {
  id: 'control-character',
  version: 1,
  check: 'GOVERNANCE_GUARDRAILS',
  severity: 'ERROR',
  description: 'A text holds an invisible control character other than tab and line end.',
  *run({ files }) {
    for (const file of files)
      yield* onePerText(
        file,
        placesOf(file.text ?? '', file.format === 'json' ? CONTROL_IN_JSON : CONTROL),
        messageFor,
      );
  },
};

function messageFor(character: string): string {
  return `Remove the control character ${codePointOf(character)}, or write it as an escape.`;
}
