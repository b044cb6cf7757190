import { type RuleFinding } from '../rule';

/** Findings of one rule in one file that say the same: who reads so many reads the file. */
const MOST = 20;

/** The first findings of a file; the last of them says how many there are beyond it. */
export function atMostPerFile(findings: readonly RuleFinding[]): readonly RuleFinding[] {
  const more = findings.length - MOST;
  return findings
    .slice(0, MOST)
    .map((finding, index) =>
      more > 0 && index === MOST - 1
        ? { ...finding, message: `${finding.message} And ${more} more after this one in the file.` }
        : finding,
    );
}
