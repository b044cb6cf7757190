import { type ExportCheckName, type ExportVerification } from '../../application';
import { inOneLine } from '../../domain';
import { type CheckName, type CheckResult } from '../../git';
import { type Verification } from '../../server/verify-data-directory';

/** What each check says when it passed. */
const PROVEN: Readonly<Record<CheckName, (compared: string) => string>> = {
  chain: (compared) => `${compared} events, each linked to the one before it in its stream`,
  commits: (compared) => `main is exactly the ${compared} commits that the log makes`,
  trees: (compared) => `${compared} releases have on main the content that was locked`,
  pointer: (compared) => `the pointer file names what the log says is active (${compared} packages)`,
  readModels: (compared) =>
    compared === '0'
      ? 'there is none yet; the next start makes it'
      : `the read models are what ${compared} events make`,
  objects: (compared) => `every object is intact; ${compared} refs are where their events put them`,
};

/** For people: one line for each check, with the first difference below it, then the verdict. */
export function humanFormat(verification: Verification): readonly string[] {
  const { passed, checks, events, durationMs, unpublished } = verification;
  const seconds = (durationMs / 1000).toFixed(1);
  const failed = checks.filter((result) => !result.passed).map(({ check }) => check);
  return [
    ...linesOfChecks(checks),
    ...(unpublished > 0 ? [`Not published to Git yet: ${String(unpublished)} commits.`] : []),
    passed
      ? `Log, Git and read models agree: ${String(events)} events in ${seconds} s.`
      : `Not proven: ${failed.join(', ')} (${String(events)} events in ${seconds} s).`,
  ];
}

/** One line for each check, with the first difference below it. */
export function linesOfChecks(checks: readonly CheckResult[]): readonly string[] {
  return checks.flatMap(linesOf);
}

/** What each check of an export says when it passed. */
const SOUND: Readonly<Record<ExportCheckName, string>> = {
  file: 'complete, in its form, and as long as its last line says',
  chain: 'every event is linked to the one before it in its stream',
  commits: 'commits and tags have the ids that the events make',
  witness: 'tip and head are those that were noted',
};

/** For people: as {@link humanFormat}, of an export. */
export function humanFormatOfExport(verification: ExportVerification): readonly string[] {
  const { passed, checks, events, unpublished, tip, head } = verification;
  const failed = checks.filter((result) => !result.passed).map(({ check }) => check);
  return [
    ...checks.flatMap((result) => linesOfCheck(result, SOUND[result.check])),
    ...(unpublished > 0 ? [`Not in Git when it was exported: ${String(unpublished)} events.`] : []),
    passed
      ? `The export is sound: ${String(events)} events, tip ${tip ?? 'none'}, head ${head ?? 'none'}.`
      : `Not proven: ${failed.join(', ')} (${String(events)} events).`,
  ];
}

function linesOf(result: CheckResult): readonly string[] {
  return linesOfCheck(result, PROVEN[result.check](String(result.compared)));
}

type AnyResult = Pick<CheckResult, 'passed' | 'difference' | 'unchecked'> & { readonly check: string };

function linesOfCheck({ check, passed, difference, unchecked }: AnyResult, proven: string): readonly string[] {
  const name = check.padEnd(11);
  if (passed) return [`ok    ${name} ${proven}`];
  return [
    `FAIL  ${name} ${inOneLine(difference?.what ?? 'could not be checked')}`,
    ...(difference === null
      ? []
      : [
          `      event       ${difference.event ?? 'none'}`,
          `      expected    ${inOneLine(difference.expected ?? 'nothing')}`,
          `      found       ${inOneLine(difference.found ?? 'nothing')}`,
        ]),
    ...(unchecked === null ? [] : [`      not checked ${inOneLine(unchecked)}`]),
  ];
}
