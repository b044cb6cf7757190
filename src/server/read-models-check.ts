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
import { type KeptReadModel, PublicationsCheck, ReadModelCheck, TABLE_SETS, versionsOf } from '../projections';

/** The check `readModels` and what has to be told to it and done after it. */
export interface ReadModelsCheck {
  readonly check: EventCheck;
  /** Told of the commit of each event that makes one; null when it cannot be computed. */
  readonly onCommit: (event: RecordedCommitMaking, commit: string | null) => void;
  close(): void;
}

/**
 * `readModels`: the rows are those that the log makes, and the commits noted with them those that are computed from it.
 * @param kept why it cannot be read; null where there is none yet: the next start makes it, and nothing contradicts the log.
 */
export function createReadModelsCheck(kept: KeptReadModel | Error | null, logId: string): ReadModelsCheck {
  const unusable = kept === null ? null : whyUnusable(kept, logId);
  if (kept === null || kept instanceof Error || unusable !== null) {
    return { check: notChecked('readModels', unusable), onCommit: () => undefined, close: () => undefined };
  }
  const rows = new ReadModelCheck({ kept, logId, sets: TABLE_SETS });
  const publications = new PublicationsCheck(kept);
  let unreadable: string | null = null;
  const check: EventCheck = {
    take: (event) => rows.take(event),
    conclude: (unchecked): CheckResult => {
      const { events, difference } = rows.conclude();
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
