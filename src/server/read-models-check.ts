import { type RecordedEvent } from '../domain';
import {
  type EventCheck,
  type CheckResult,
  checkResult,
  guarded,
  notChecked,
  placeOf,
  type RecordedCommitMaking,
  wordsOf,
} from '../git';
import { type KeptReadModel, PublicationsCheck, type ReadModelVerdict, TABLE_SETS, versionsOf } from '../projections';

/** The check `readModels` and what has to be told to it and done after it. */
export interface ReadModelsCheck {
  readonly check: EventCheck;
  /** Told of the commit of each event that makes one; null when it cannot be computed. */
  readonly onCommit: (event: RecordedCommitMaking, commit: string | null) => void;
  close(): void | Promise<void>;
}

/** Compares the rows of a read model with those that the log makes, whether it is told the events or reads them itself. */
export interface RowsCheck {
  take(event: RecordedEvent): void;
  /** Called once, after the last event. */
  conclude(): ReadModelVerdict | Promise<ReadModelVerdict>;
  close(): void | Promise<void>;
}

/**
 * `readModels`: the rows are those that the log makes, and the commits noted with them those that are computed from it.
 *
 * @param compareRows makes what compares the rows, once it is known that there is something to compare.
 * @param kept why it cannot be read; null where there is none yet: the next start makes it, and nothing contradicts the log.
 */
export function createReadModelsCheck(
  kept: KeptReadModel | Error | null,
  logId: string,
  compareRows: (kept: KeptReadModel) => RowsCheck,
): ReadModelsCheck {
  const unusable = kept === null ? null : whyUnusable(kept, logId);
  if (kept === null || kept instanceof Error || unusable !== null) {
    return { check: notChecked('readModels', unusable), onCommit: () => undefined, close: () => undefined };
  }
  const rows = compareRows(kept);
  const publications = new PublicationsCheck(kept);
  let unreadable: string | null = null;
  const check: EventCheck = {
    take: (event) => rows.take(event),
    conclude: async (unchecked): Promise<CheckResult> => {
      const { events, difference } = await rows.conclude();
      const why = unchecked ?? unreadable;
      const first = difference ?? (why === null ? publications.conclude() : null);
      return checkResult('readModels', { compared: events, difference: first, unchecked: why });
    },
  };
  return {
    check: guarded('readModels', check),
    onCommit: (event, commit) => {
      try {
        publications.take({ place: placeOf(event), id: event.metadata.eventId }, commit);
      } catch (error) {
        unreadable ??= wordsOf(error);
      }
    },
    close: () => rows.close(),
  };
}

function whyUnusable(kept: KeptReadModel | Error, logId: string): string | null {
  if (kept instanceof Error) {
    return wordsOf(kept);
  }
  if (kept.identity.logId !== logId) return 'The read model was made from another log. Run slipway rebuild.';
  if (kept.identity.versions === versionsOf(TABLE_SETS)) return null;
  return 'The read model was made by another version of Slipway. Start the server or run slipway rebuild.';
}
