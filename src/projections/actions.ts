import { type EventType, type PointerEvent } from '../domain';
import { type ActivationAction, type AuditAction } from './rows';

/** How people see the events that move the pointer. */
export const ACTIVATION_ACTION: Readonly<Record<PointerEvent['type'], ActivationAction>> = {
  PointerAdopted: 'ADOPTED',
  Activated: 'ACTIVATED',
  RolledBack: 'ROLLED_BACK',
  Deactivated: 'DEACTIVATED',
};

/** How the audit log names each type of event. */
export const AUDIT_ACTION: Readonly<Record<EventType, AuditAction>> = {
  ...ACTIVATION_ACTION,
  Adopted: 'ADOPTED',
  HistoryFindings: 'ADOPTED',
  DriftResolved: 'DRIFT_RESOLVED',
  ReleaseAdopted: 'ADOPTED',
  Committed: 'COMMITTED',
  ValidationFailed: 'VALIDATION_FAILED',
  Staged: 'STAGED',
  Tagged: 'TAGGED',
};
