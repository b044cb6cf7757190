import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspectCommit, type Inspection } from '../application';
import { parseLayout, type RemoteAccess } from '../git';
import { initGitRepository } from '../git/isomorphic/isomorphic-repository';
import { GitTransfer, requireSource } from '../git/program/git-transfer';
import { type ValidationEngine } from '../validation';
import { systemClock } from './system';

/** Ref of the history that is looked at, in the copy. */
const INSPECTED_REF = 'refs/slipway/inspected';

/**
 * Inspects a repository that is not ours: from a copy of one branch in a temporary directory, which is gone afterwards.
 * Needs no data directory, and changes nothing where it looks.
 *
 * @param source.path a path of a repository or bundle, or the address of a remote.
 * @throws TransferFailed, RemoteAddressInvalid, LayoutInvalid, LayoutUndecidable, ObjectMissing, ValidatorUnavailable
 */
export async function inspectSource(
  source: {
    readonly path: string;
    /** The one that HEAD names when null. */
    readonly branch: string | null;
    /** For a repository that does not say its own; undefined detects it. */
    readonly layout: unknown;
    readonly access: RemoteAccess;
  },
  validation: ValidationEngine,
): Promise<Inspection> {
  const { path, branch, layout, access } = source;
  await requireSource(path);
  if (layout !== undefined) parseLayout(layout);
  const directory = await mkdtemp(join(tmpdir(), 'slipway-inspect-'));
  try {
    const gitdir = join(directory, 'copy.git');
    const { objects } = await initGitRepository({ gitdir });
    const commit = await new GitTransfer({ access }).import(path, { into: gitdir, branch, ref: INSPECTED_REF });
    return await inspectCommit({ objects, validation, clock: systemClock }, commit, layout);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
