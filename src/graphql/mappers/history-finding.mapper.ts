import { type HistoryFindingRow } from '../../projections';
import { type HistoryFinding } from '../types/history-finding.type';

export function toHistoryFinding(row: HistoryFindingRow): HistoryFinding {
  const { commit, at, until, package: packageId, ...facts } = row;
  return { ...facts, begins: { commit, at }, ends: until, packageId };
}
