import { type DriftChange, type RefDrift } from '../../git';

/** What an operator can do about a drift. */
export type Remedy = 'HEAL' | 'ADOPT' | 'QUARANTINE';

/** A commit that no event made. */
export interface ForeignCommit {
  readonly id: string;
  readonly author: string;
  readonly email: string;
  /** ISO 8601, UTC. When the author says it was written. */
  readonly at: string;
  readonly subject: string;
  /** Compared with its first parent, sorted, at most 100. */
  readonly changedPaths: readonly string[];
}

/** One file that differs between what the log predicts and what was found. */
export interface DriftFile {
  readonly path: string;
  readonly change: 'ADDED' | 'MODIFIED' | 'REMOVED';
  /** Unified diff; null for what is no text, is too large, or comes after the bound of the whole answer. */
  readonly unified: string | null;
}

/** A drift as people see it: who, what, and what to do. */
export interface DriftAnswer extends RefDrift {
  /** Newest first, at most 50. Empty where what was found cannot be read. */
  readonly commits: readonly ForeignCommit[];
  readonly moreCommits: boolean;
  /** At most 200. */
  readonly files: readonly DriftFile[];
  readonly moreFiles: boolean;
  readonly remedies: readonly Remedy[];
  /** In words, for the remedies that there are. */
  readonly advice: string;
}

export interface DriftChangeAnswer {
  readonly transition: DriftChange['transition'];
  readonly drift: DriftAnswer;
}

/** A drift that an operator has resolved. */
export interface ResolvedDrift {
  readonly drift: RefDrift;
  /** Ref that keeps what was found; null where nothing was lost. */
  readonly kept: string | null;
  /** Full name of the branch that the foreign work is on; null for none. */
  readonly branch: string | null;
}

/** The remedies that can be applied to a drift, the gentlest first, and what to do in words. */
export function remediesOf({ place, ref, kind, expected }: RefDrift): {
  readonly remedies: readonly Remedy[];
  readonly advice: string;
} {
  const isMain = ref === 'refs/heads/main';
  if (place === 'remote') {
    const back =
      `Slipway never forces a push: whoever owns the remote moves ${ref} back to ${expected} there, ` +
      'after putting the foreign work on a branch of its own.';
    if (!isMain || (kind !== 'FOREIGN_COMMITS' && kind !== 'POINTER_EDITED' && kind !== 'REWRITTEN')) {
      return { remedies: [], advice: back };
    }
    return { remedies: ['ADOPT'], advice: `Adopt the commits to make them part of the history. Or: ${back}` };
  }
  if (kind === 'DELETED' || kind === 'REWOUND') {
    return { remedies: ['HEAL'], advice: `Heal to put the ref back to ${expected}.` };
  }
  const away =
    `heal to put the ref back to ${expected} (what was found stays kept), ` +
    'or quarantine to put it back and leave the foreign work on a branch that can be fetched.';
  if (!isMain || kind === 'REWRITTEN') {
    return { remedies: ['HEAL', 'QUARANTINE'], advice: `Either ${away}` };
  }
  return {
    remedies: ['HEAL', 'ADOPT', 'QUARANTINE'],
    advice: `Adopt the commits to make them part of the history, ${away}`,
  };
}
