import { HISTORY_RULES, type HistoryFinding, type HistoryRule } from '../../domain';
import { cut } from './first-parents';
import { type HistoryCommit } from './repository-history';

const MAX_MESSAGE = 500;
const MAX_PATH = 1_000;

/** What a finding is about. */
type Subject = Partial<Pick<HistoryFinding, 'package' | 'version' | 'path'>>;

interface Written {
  readonly rule: HistoryRule;
  readonly commit: HistoryCommit;
  readonly message: string;
  readonly subject: Subject;
  /** Undefined for what happens in one commit; null while it goes on. */
  until?: HistoryCommit | null;
}

/** The findings of a walk. */
export class Findings {
  readonly #written: Written[] = [];
  readonly #open = new Map<string, Written>();

  /** Something that happened in one commit. */
  add(rule: HistoryRule, commit: HistoryCommit, message: string, subject: Subject = {}): void {
    this.#written.push({ rule, commit, message, subject });
  }

  /** Something that is so from this commit on. The key names it until it ends; one that is known already goes on. */
  begin(key: string, rule: HistoryRule, commit: HistoryCommit, message: string, subject: Subject = {}): void {
    if (this.#open.has(key)) return;
    const written: Written = { rule, commit, message, subject, until: null };
    this.#written.push(written);
    this.#open.set(key, written);
  }

  /** It is not so any more. Nothing happens when it was not. */
  end(key: string, commit: HistoryCommit): void {
    const written = this.#open.get(key);
    if (written !== undefined) written.until = commit;
    this.#open.delete(key);
  }

  /** All of them, in the order of the commits in which they begin. */
  list(): readonly HistoryFinding[] {
    return this.#written.map(({ rule, commit, message, subject, until }) => ({
      rule,
      severity: HISTORY_RULES[rule],
      message: cut(until === undefined ? message : `${message} ${extent(until)}`, MAX_MESSAGE),
      commit: commit.id,
      at: commit.committedAt,
      until: until === undefined || until === null ? null : { commit: until.id, at: until.committedAt },
      package: subject.package ?? null,
      version: subject.version ?? null,
      path: subject.path === undefined || subject.path === null ? null : cut(subject.path, MAX_PATH),
    }));
  }
}

/** A commit as messages name it: its short id and its day. */
export function named({ id, committedAt }: HistoryCommit): string {
  return `${id.slice(0, 10)} of ${committedAt.slice(0, 10)}`;
}

function extent(until: HistoryCommit | null): string {
  return until === null ? 'It is still so at the tip.' : `It was so until ${named(until)}.`;
}
