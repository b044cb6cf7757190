import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type RecordedEvent } from '../../../src/domain';
import { groundInForce, isCommitMaking, writeEventCommit } from '../../../src/git';
import { initGitRepository } from '../../../src/git/isomorphic/isomorphic-repository';
import { git } from '../../git/real-git';
import { verifyDataDirectory } from '../../../src/server/verify-data-directory';
import { readLog } from './agreement';

export const POINTER_FILE = '_active/active_releases.json';

/** Somebody who works on the repository of a server with plain git and does not ask the server. */
export interface Foreigner {
  /** Their working tree. */
  readonly directory: string;
  /** Fetches, commits on top of a branch and pushes there; answers the commit. A null file is deleted. */
  push(files: Readonly<Record<string, string | null>>, options?: { message?: string; branch?: string }): string;
  /** Runs git in their clone. */
  git(...args: readonly string[]): string;
}

export function foreigner(gitdir: string): Foreigner {
  const directory = mkdtempSync(join(tmpdir(), 'slipway-foreigner-'));
  cleanups.push(directory);
  git(directory, ['clone', '--quiet', gitdir, '.']);
  return {
    directory,
    git: (...args) => git(directory, args),
    push: (files, { message = 'Hot fix', branch = 'main' } = {}) => {
      git(directory, ['fetch', '--quiet', 'origin']);
      git(directory, ['checkout', '--quiet', '--detach', `origin/${branch}`]);
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(directory, path)), { recursive: true });
        if (text === null) rmSync(join(directory, path), { recursive: true });
        else writeFileSync(join(directory, path), text);
      }
      git(directory, ['add', '--all']);
      git(directory, ['commit', '--quiet', '--allow-empty', '--message', message]);
      git(directory, ['push', '--quiet', 'origin', `HEAD:refs/heads/${branch}`]);
      return git(directory, ['rev-parse', 'HEAD']);
    },
  };
}

const cleanups: string[] = [];
afterAll(() => {
  for (const directory of cleanups.splice(0)) rmSync(directory, { recursive: true, force: true });
});

/**
 * Expects that `main` is exactly what the log makes of the adoption in force, that its first parents name each event once and in order, and
 * that neither git nor `slipway verify` finds anything wrong. Answers the log.
 */
export async function expectRecomputed(dataDirectory: string): Promise<readonly RecordedEvent[]> {
  const gitdir = join(dataDirectory, 'repository.git');
  const events = await readLog(dataDirectory);
  const repository = await initGitRepository({ gitdir });
  const log = {
    readStream: async function* (stream: string, { fromRevision = 0 } = {}) {
      yield* await Promise.resolve(events.filter((event) => event.stream === stream && event.revision >= fromRevision));
    },
    readAll: async function* () {
      yield* await Promise.resolve(events);
    },
  };
  const ground = await groundInForce(repository, log);
  if (ground === null) throw new Error('Nothing is adopted.');
  const { adoption, after } = ground;
  let tip = adoption.data.commit;
  for (const event of events) {
    if (!isCommitMaking(event) || (after !== null && event.position <= after)) continue;
    tip = await writeEventCommit(repository.objects, { event, adoption: adoption.data, firstParent: tip });
  }
  expect(git(gitdir, ['rev-parse', 'main'])).toBe(tip);
  expect(git(gitdir, ['fsck', '--full', '--strict', '--no-dangling'])).toBe('');
  await expectVerified(dataDirectory);
  return events;
}

/** Expects that `slipway verify` proves a data directory, beside its server. */
export async function expectVerified(dataDirectory: string): Promise<void> {
  const { checks } = await verifyDataDirectory(dataDirectory);
  expect(checks.filter(({ passed }) => !passed)).toEqual([]);
}
