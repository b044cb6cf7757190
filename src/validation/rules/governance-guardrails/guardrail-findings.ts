import { SLIPWAY_FILE } from '../../../domain';
import { type ReleaseFile } from '../../content/release-file';
import { pointerAtOffset } from '../../content/source-node';
import { type Guardrail } from '../../policy/policy';
import { atOffset } from '../finding';
import { type RuleContext, type RuleFinding } from '../rule';
import { atMostPerFile } from './at-most-per-file';

/** A finding for each match of the guardrails of a severity, up to a number for each file. */
export function* guardrailFindings(
  { files, policy }: RuleContext,
  severity: Guardrail['severity'],
): Generator<RuleFinding> {
  for (const guardrail of policy.guardrails)
    for (const file of files)
      if (guardrail.severity === severity && guardrail.appliesTo(file.path))
        yield* atMostPerFile(matchesIn(file, guardrail));
}

/** What matched is not told, not even as a digest: a pattern may look for what nobody is to read. */
function* matchesIn(file: ReleaseFile, guardrail: Guardrail): Generator<RuleFinding> {
  const { id, message } = guardrail;
  let index = 0;
  for (const start of guardrail.matchesIn(file.text ?? '')) {
    const place = { start, pointer: pointerAtOffset(file.root, start) };
    yield atOffset(file, place, `${message} (${id} of ${SLIPWAY_FILE})`, [id, index]);
    index += 1;
  }
}
