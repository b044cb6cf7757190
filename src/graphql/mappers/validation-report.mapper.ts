import { type DraftAnswer, type DraftReport, type StageAnswer } from '../../application';
import { type ValidationReport as DomainReport } from '../../domain';
import { type ReportRow } from '../../projections';
import { type ValidationReport } from '../types/validation-report.type';

/** A stored report. */
export function toReport(row: ReportRow): ValidationReport {
  const { id, package: packageId, version, commit, tree, report } = row;
  return { id, packageId, version, commit, tree, ...content(report) };
}

/** The report that a staging has just stored. */
export function toStagingReport({ packageId, release, report, reportId }: StageAnswer): ValidationReport {
  const { version, commit, tree } = release;
  return { id: reportId, packageId, version, commit, tree, ...content(report) };
}

/** The report on a draft as it stands. */
export function toDraftReport(draft: DraftAnswer, { packageId, tree, report }: DraftReport): ValidationReport {
  const id = `draft:${draft.id}:${report.digest}`;
  return { id, packageId, version: null, commit: null, tree, ...content(report) };
}

function content({ findings, ...report }: DomainReport) {
  return { ...report, allFindings: findings };
}
