import { canonicalJson } from '../../eventstore';

/**
 * What an export is checked for: its form and counts, the chain of every stream, the ids of commits and tags, and, where
 * there is a witness, what they noted.
 */
export type ExportCheckName = 'file' | 'chain' | 'commits' | 'witness';

/** One thing in an export that is not what the rest of it predicts. */
export interface ExportDifference {
  /** One sentence for people; names the line. */
  readonly what: string;
  /** `STREAM@REVISION` of the event it belongs to; null when it belongs to none. */
  readonly event: string | null;
  readonly expected: string | null;
  readonly found: string | null;
}

/** How one check of an export ended. */
export interface ExportCheckResult {
  readonly check: ExportCheckName;
  readonly passed: boolean;
  /** How many things were compared. */
  readonly compared: number;
  /** The first difference; null when none was found. */
  readonly difference: ExportDifference | null;
  /** Why the rest could not be checked; null when all of it was. */
  readonly unchecked: string | null;
}

/** The first difference of one check, and how much it compared. */
export class ExportFindings {
  compared = 0;
  unchecked: string | null = null;
  #difference: ExportDifference | null = null;

  constructor(private readonly check: ExportCheckName) {}

  /** Compares two values; the first pair that differs is kept. */
  same(what: string, expected: unknown, found: unknown, event: string | null = null): void {
    this.compared += 1;
    const [wanted, actual] = [wordsFor(expected), wordsFor(found)];
    if (wanted !== actual) this.#difference ??= { what, event, expected: wanted, found: actual };
  }

  result(): ExportCheckResult {
    const { check, compared, unchecked } = this;
    const difference = this.#difference;
    return { check, passed: difference === null && unchecked === null, compared, difference, unchecked };
  }
}

function wordsFor(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : canonicalJson(value);
}
