import { type Inspection } from '../../application';
import { type HistoryFinding } from '../../domain';
import { type ValidationEngine } from '../../validation';
import { type ValidatedTree, validatedTree } from '../validate/validated-tree';

/** What `slipway inspect` found, ready to be printed in any form. */
export interface InspectedRepository extends Pick<Inspection, 'commit' | 'source' | 'history' | 'edits'> {
  /** What was inspected, as it was named. */
  readonly name: string;
  /** The commit's own state: findings of the checks, and remarks. Paths are relative to the repository root. */
  readonly tip: ValidatedTree;
  /** What is irregular in the history. */
  readonly irregularities: readonly HistoryFinding[];
  /** No error at the commit and none in its history. */
  readonly isSound: boolean;
}

/** Gathers what was found. */
export function inspectedRepository(
  name: string,
  inspection: Inspection,
  engine: Pick<ValidationEngine, 'rules' | 'rulesetDigest'>,
): InspectedRepository {
  const { commit, source, releases, remarks, history, edits } = inspection;
  const tip = validatedTree({ root: '/', checkout: '/', source, releases, remarks }, engine);
  const irregularities = history?.findings ?? [];
  const isSound = tip.isValid && irregularities.every(({ severity }) => severity !== 'ERROR');
  return { name, commit, source, history, edits, tip, irregularities, isSound };
}
