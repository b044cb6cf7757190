import { digestOf } from '../../eventstore';
import { type FurtherResults } from '../validate/sarif-format';
import { HISTORY_RULE_DESCRIPTIONS } from './history-rules';
import { type InspectedRepository } from './inspected-repository';

/** The irregularities of a history as results: at the file or directory they are about, else at the pointer file. */
export function historyResults({ irregularities, source, edits }: InspectedRepository): FurtherResults {
  const needed = new Map(
    edits.map(({ package: id, version, commit, classification: { required } }) => [
      `${commit.id} ${id} ${version}`,
      required === null ? '' : ` It needed a new ${required.toUpperCase()} version.`,
    ]),
  );
  const pointerPath = source?.layout.pointer.path ?? '';
  return {
    rules: HISTORY_RULE_DESCRIPTIONS,
    results: irregularities.map(({ rule, severity, message, commit, path, package: id, version }) => ({
      rule,
      severity,
      message: `${message}${rule.startsWith('release-edited') ? (needed.get(`${commit} ${id ?? ''} ${version ?? ''}`) ?? '') : ''} (commit ${commit})`,
      path: path ?? pointerPath,
      fingerprint: digestOf([rule, commit, id, version, path]),
    })),
  };
}
