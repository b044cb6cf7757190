import { type Activated, type Deactivated, type RecordedEvent, type RolledBack, type Staged } from '../../domain';

/** A stored event that is exactly one commit on `main`. */
export type RecordedCommitMaking = RecordedEvent<Activated | RolledBack | Deactivated | Staged>;

export const COMMIT_MAKING = ['Staged', 'Activated', 'RolledBack', 'Deactivated'] as const;

export function isCommitMaking<E extends Pick<RecordedEvent, 'type'>>(
  event: E,
): event is Extract<E, { readonly type: (typeof COMMIT_MAKING)[number] }> {
  return COMMIT_MAKING.some((type) => type === event.type);
}
