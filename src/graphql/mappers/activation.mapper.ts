import { type MoveAnswer } from '../../application';
import { ACTIVATION_ACTION, type ActivationRow } from '../../projections';
import { type Activation, type PointerChange } from '../types/activation.type';
import { type ErrorCode } from '../types/enums';

/** A move of the pointer as the read model knows it. */
export function toActivation(row: ActivationRow): Activation {
  const { id, position, revision, action, at, actor, reason, commit } = row;
  return {
    id,
    position,
    revision,
    action,
    at,
    actor,
    reason,
    overrides: row.overrides as readonly ErrorCode[], // stored by the decider, which knows only these codes
    changes: row.changes.map(toPointerChange),
    pointerCommit: commit,
  };
}

/** A move right after its command, from the answer of the command. */
export function toActivationAfterCommand(answer: MoveAnswer): Activation {
  const { eventId, position, revision, type, occurredAt, actor, move, pointer } = answer;
  return {
    id: eventId,
    position,
    revision,
    action: ACTIVATION_ACTION[type],
    at: occurredAt,
    actor,
    reason: move.reason,
    overrides: move.overrides as readonly ErrorCode[], // as above
    changes: move.changes.map(toPointerChange),
    pointerAfter: pointer,
  };
}

/** One change, of a move that happened or of one that is planned. */
export function toPointerChange(change: {
  readonly package: string;
  readonly fromVersion: string | null;
  readonly toVersion: string | null;
}): PointerChange {
  return { packageId: change.package, fromVersion: change.fromVersion, toVersion: change.toVersion };
}
