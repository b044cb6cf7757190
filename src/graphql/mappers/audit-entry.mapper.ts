import { type AuditRow } from '../../projections';
import { type AuditEntry } from '../types/audit-entry.type';

export function toAuditEntry(row: AuditRow): AuditEntry {
  const { package: packageId, event, activation, validation, ...facts } = row;
  return { ...facts, packageId, eventId: event, activationId: activation, reportId: validation };
}
