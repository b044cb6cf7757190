import { Activation } from './activation.type';
import { AuditEntry } from './audit-entry.type';
import { connectionType } from './connection.type';
import { DomainEvent } from './domain-event.type';
import { Draft } from './draft.type';
import { HistoryFinding } from './history-finding.type';
import { Package } from './package.type';
import { Release } from './release.type';
import { ValidationReport } from './validation-report.type';

export const PackageConnection = connectionType(Package, 'Package', 'packages');
export const ReleaseConnection = connectionType(Release, 'Release', 'releases');
export const DraftConnection = connectionType(Draft, 'Draft', 'drafts');
export const ValidationReportConnection = connectionType(ValidationReport, 'ValidationReport', 'validation reports');
export const ActivationConnection = connectionType(Activation, 'Activation', 'moves of the pointer');
export const AuditConnection = connectionType(AuditEntry, 'Audit', 'audit entries');
export const EventConnection = connectionType(DomainEvent, 'Event', 'events');
export const HistoryFindingConnection = connectionType(HistoryFinding, 'HistoryFinding', 'findings of the history');
