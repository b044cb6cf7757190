import { type RuleFinding } from '../rule';

/** Findings of one kind in one file that say the same: whoever reads so many reads the file. */
const MOST = 20;

/** The first findings of a file; the last of them says when there are more. No more of them are made. */
export function* atMostPerFile(findings: Iterable<RuleFinding>): Generator<RuleFinding> {
  let count = 0;
  let held: RuleFinding | null = null;
  for (const finding of findings) {
    count += 1;
    if (count > MOST && held !== null) {
      held = { ...held, message: `${held.message} There are more in this file.` };
      break;
    }
    if (held !== null) yield held;
    held = finding;
  }
  if (held !== null) yield held;
}
