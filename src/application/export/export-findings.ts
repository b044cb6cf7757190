import { canonicalJson } from '../../eventstore';
import { type CheckResult, checkResult, type Difference } from '../../git';

/**
 * What an export is checked for: its form and counts, the chain of every stream, the ids of commits and tags, and, where
 * there is a witness, what they noted.
 */
export type ExportCheckName = 'file' | 'chain' | 'commits' | 'witness';

/** How one check of an export ended. */
export type ExportCheckResult = CheckResult<ExportCheckName>;

/** The first difference of one check, and how much it compared. */
export class ExportFindings {
  compared = 0;
  unchecked: string | null = null;
  #difference: Difference | null = null;

  constructor(private readonly check: ExportCheckName) {}

  /** Compares two values; the first pair that differs is kept. */
  same(what: string, expected: unknown, found: unknown, event: string | null = null): void {
    this.compared += 1;
    const [wanted, actual] = [wordsFor(expected), wordsFor(found)];
    if (wanted !== actual) this.#difference ??= { what, event, expected: wanted, found: actual };
  }

  result(): ExportCheckResult {
    return checkResult(this.check, {
      compared: this.compared,
      difference: this.#difference,
      unchecked: this.unchecked,
    });
  }
}

function wordsFor(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : canonicalJson(value);
}
