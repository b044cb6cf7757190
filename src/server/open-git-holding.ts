import { type GitHolding, readEarlyRefs, RepositoryUnusable } from '../git';
import { openGitReading } from '../git/isomorphic/isomorphic-repository';
import { BatchObjects } from '../git/program/batch-objects';
import { GitFsck } from '../git/program/fsck';
import { gitIsThere } from '../git/program/git-is-there';
import { listRefs } from '../git/program/listed-refs';

/** What a repository holds, until it is closed. */
export interface OpenedGit extends GitHolding {
  close(): Promise<void>;
}

/** Opens a bare repository to compare it with a log. Changes nothing. What cannot be opened fails whatever asks it. */
export async function openGitHolding(gitdir: string): Promise<OpenedGit> {
  try {
    const { refs, objects } = await openGitReading({ gitdir });
    const early = await readEarlyRefs(refs);
    const integrity = new GitFsck({ gitdir });
    if (!(await gitIsThere())) {
      // Slower, and nothing but the reachable is looked at: which `integrity` says.
      return {
        stored: objects,
        refs,
        early,
        integrity,
        close: () => Promise.resolve(),
      };
    }
    const stored = new BatchObjects({ gitdir });
    let listed: Promise<GitHolding['refs']> | null = null; // once somebody asks, when the log is open
    const later = (): Promise<GitHolding['refs']> => (listed ??= listRefs({ gitdir }));
    return {
      stored,
      refs: { read: async (ref) => (await later()).read(ref), list: async (prefix) => (await later()).list(prefix) },
      early,
      integrity,
      close: () => stored.close(),
    };
  } catch (error) {
    if (!(error instanceof RepositoryUnusable)) throw error;
    const fail = (): Promise<never> => Promise.reject(error);
    return {
      stored: { readWhole: fail },
      refs: { read: fail, list: fail },
      early: { main: { unreadable: error.message }, drafts: new Map() },
      integrity: { faults: fail },
      close: () => Promise.resolve(),
    };
  }
}
