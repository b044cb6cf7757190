import { type Position } from '../domain';
import { type EventStore } from '../eventstore';
import { requireSeenPosition } from './positions';
import * as activation from './queries/activation.queries';
import { auditLog } from './queries/audit.queries';
import * as event from './queries/event.queries';
import { historyFindings } from './queries/history.queries';
import * as packageQueries from './queries/package.queries';
import * as pointer from './queries/pointer.queries';
import * as release from './queries/release.queries';
import { reportsById, reportsOfRelease } from './queries/report.queries';
import { type Statements } from './queries/statements';
import { type ReadModel } from './read-model';

/** The questions, over the tables of one connection; `seen` is the last event that they contain. */
export function createReadModel(parts: {
  readonly statements: Statements;
  readonly store: EventStore;
  readonly seen: () => Position | null;
}): ReadModel {
  const { statements: tables, store, seen } = parts;
  const requireSeen = (position: Position | null | undefined): void => {
    if (position !== null && position !== undefined) requireSeenPosition(store.logId, position, seen());
  };
  return {
    packages: (filter, page) => packageQueries.packages(tables, filter, page),
    packagesById: (ids) => packageQueries.packagesById(tables, ids),
    requiredInputs: (ids) => packageQueries.requiredInputs(tables, ids),
    dependants: (ids) => packageQueries.dependants(tables, ids),

    releases: (filter, page) => release.releases(tables, filter, page),
    releasesOfPackage: (id, { states }, page) => release.releasesOfPackage(tables, id, states, page),
    releasesByKey: (keys) => release.releasesByKey(tables, keys),
    activeReleaseOf: (ids) => release.activeReleaseOf(tables, ids),
    releasesOfDraft: (drafts) => release.releasesOfDraft(tables, drafts),

    reportsById: (ids) => reportsById(tables, ids),
    reportsOfRelease: (key, page) => reportsOfRelease(tables, key, page),

    activations: (filter, page) => activation.activations(tables, filter, page),
    activationsById: (ids) => activation.activationsById(tables, ids),
    activationsOfRelease: (key, page) => activation.activationsOfRelease(tables, key, page),

    activeNow: () => pointer.activeNow(tables, seen()),
    activeAt: (instant) => pointer.activeAt(tables, instant),
    activeAtPosition: (position) => {
      requireSeen(position);
      return pointer.activeAtPosition(tables, position);
    },
    pointersAt: (revisions) => pointer.pointersAt(tables, revisions),
    earliestMoment: () => pointer.earliestMoment(tables),

    auditLog: (filter, page) => auditLog(tables, filter, page),
    events: (range, filter, first) => {
      requireSeen(range.after);
      requireSeen(range.until);
      return event.events(tables, range, filter, first);
    },
    eventsById: (ids) => event.eventsById(tables, ids),
    loadEvents: (ids) => event.loadEvents(tables, store, ids),

    historyFindings: (filter, page) => historyFindings(tables, filter, page),
  };
}
