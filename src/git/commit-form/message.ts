// Form 1 of a commit on main, stored for ever: an old form never changes. The golden test pins its ids.
import {
  type Activated,
  type Deactivated,
  type EventEnvelope,
  type PointerChange,
  type RolledBack,
  type Staged,
} from '../../domain';
import { printTrailers } from './trailers';

/** An event that is exactly one commit on `main`. */
export type CommitMakingEvent = EventEnvelope<Activated | RolledBack | Deactivated | Staged>;

/** The whole message of the commit that an event makes; ends in exactly one newline. */
export function renderMessage(event: CommitMakingEvent): string {
  const overrides = event.type === 'Staged' ? [] : event.data.overrides;
  const paragraphs = [
    subject(event),
    event.type === 'Staged' || event.data.changes.length === 1 ? '' : event.data.changes.map(changeLine).join('\n'),
    [...whoAndWhy(event), ...(overrides.length === 0 ? [] : [`Overridden: ${overrides.join(', ')}`])].join('\n'),
    printTrailers(trailers(event)),
  ];
  return `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`;
}

function subject(event: CommitMakingEvent): string {
  if (event.type === 'Staged') return `stage: Merge ${event.data.package} ${event.data.version}`;
  const { changes } = event.data;
  const [only] = changes;
  const single = changes.length === 1 ? only : undefined;
  switch (event.type) {
    case 'Activated':
      if (single === undefined) return `release: Activate ${changes.length} packages`;
      return `release: Activate ${single.package} ${orNone(single.toVersion)}`;
    case 'Deactivated':
      if (single === undefined) return `release: Deactivate ${changes.length} packages`;
      return `release: Deactivate ${single.package} ${orNone(single.fromVersion)}`;
    case 'RolledBack':
      if (single === undefined) return `rollback: Revert ${changes.length} packages`;
      if (single.toVersion === null) return `rollback: Remove ${single.package}`;
      return `rollback: Revert ${single.package} to ${single.toVersion}`;
  }
}

function whoAndWhy(event: CommitMakingEvent): readonly string[] {
  const { id } = event.metadata.actor;
  switch (event.type) {
    case 'Activated':
      return [`Activated by: ${id}`, `Reason: ${event.data.reason}`];
    case 'RolledBack':
      return [`Reason: ${event.data.reason}`, `Rolled back by: ${id}`];
    case 'Deactivated':
      return [`Deactivated by: ${id}`, `Reason: ${event.data.reason}`];
    case 'Staged':
      return [`Staged by: ${id}`];
  }
}

function trailers(event: CommitMakingEvent): readonly (readonly [string, string])[] {
  const { eventId, hash, occurredAt, actor } = event.metadata;
  return [
    ['Slipway-Event-Id', eventId],
    ['Slipway-Event', `${event.stream}@${event.revision}`],
    ['Slipway-Event-Hash', hash],
    ['Slipway-Occurred-At', occurredAt],
    ['Slipway-Actor', actor.id],
    ...(event.type === 'Staged'
      ? [['Slipway-Release', `${event.data.package}@${event.data.version}`] as const]
      : event.data.changes.map((change) => ['Slipway-Change', changeTrailer(change)] as const)),
  ];
}

function changeLine(change: PointerChange): string {
  return `${change.package} ${orNone(change.fromVersion)} -> ${orNone(change.toVersion)}`;
}

function changeTrailer(change: PointerChange): string {
  return `${change.package}@${orNone(change.fromVersion)}->${orNone(change.toVersion)}`;
}

function orNone(version: string | null): string {
  return version ?? 'none';
}
