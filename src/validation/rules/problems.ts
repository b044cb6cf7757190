import { type ProblemKind } from '../content/problem';
import { atOffset, ofFile } from './finding';
import { type RuleContext, type RuleFinding } from './rule';

/** What was wrong with files while they were read, of some kinds. */
export function* problemsOf(context: RuleContext, ...kinds: readonly ProblemKind[]): Generator<RuleFinding> {
  for (const file of context.files)
    for (const { kind, message, offset, pointer } of file.problems) {
      if (!kinds.includes(kind)) continue;
      if (offset === null) yield ofFile(file.path, message);
      else yield atOffset(file, { start: offset, pointer }, message);
    }
}
