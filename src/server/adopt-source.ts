import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { adoptedCommit, type AdoptedSource, adoptRepository, AlreadyAdopted, SERVICE_IDENTITY } from '../application';
import { DEFAULT_LAYOUT } from '../domain';
import { MAIN_REF, parseLayout, type ReleaseFile, type RemoteAccess, ScratchObjects, writeRootCommit } from '../git';
import { BatchObjects } from '../git/program/batch-objects';
import { GitTransfer, requireSource } from '../git/program/git-transfer';
import { type Foundation } from './open-foundation';

/** Ref that keeps an imported history while it is being adopted. */
const IMPORT_REF = 'refs/slipway/import';

/** The data directory holds a log already: an import wants an empty one. */
export class LogExists extends Error {
  override readonly name = 'LogExists';
}

/** Files that a repository can begin with. */
export interface PlainFiles {
  /** Null for none. */
  readonly directory: string | null;
  /** Undefined for the usual one. */
  readonly layout: unknown;
}

/** The one commit that plain files make, the same on every machine. Moves no ref. */
export async function writeFiles({ repository }: Foundation, source: PlainFiles): Promise<string> {
  const layout = source.layout === undefined ? DEFAULT_LAYOUT : parseLayout(source.layout);
  return writeRootCommit(repository.objects, {
    files: source.directory === null ? [] : await readFiles(source.directory),
    pointerPath: layout.pointer.path,
    serviceIdentity: SERVICE_IDENTITY,
  });
}

/**
 * On a data directory without a log: begins a repository from plain files (none for an empty repository) and adopts it.
 * Does nothing where a repository is adopted already. An interrupted start goes on where it stopped.
 *
 * @returns whether there was something to do.
 */
export async function adoptFiles(
  foundation: Foundation,
  source: PlainFiles,
  /** Told of the commit before the first event. */
  share: (commit: string) => Promise<void> = () => Promise.resolve(),
): Promise<boolean> {
  if ((await adoptedCommit(foundation.store)) !== null) return false;
  const commit = await writeFiles(foundation, source);
  await share(commit);
  try {
    await adoptRepository(foundation, { commit, given: source.layout, mayBeEmpty: true, withHistory: false });
  } catch (error) {
    // Another node that began at the same time may have been faster, with the same commit.
    if (!(error instanceof AlreadyAdopted) || (await adoptedCommit(foundation.store)) !== commit) throw error;
    return false;
  }
  return true;
}

/**
 * Takes an existing repository over: its commits, its releases and its pointer; with history also what each commit meant,
 * so that the record reaches back to its first day. An interrupted import is run again.
 * @throws LogExists, AlreadyAdopted, NothingToAdopt, TransferFailed, and what reading the source refuses with.
 */
export async function importRepository(
  foundation: Foundation,
  source: {
    /** A path, or the address of a remote. */
    readonly path: string;
    readonly branch: string | null;
    readonly layout: unknown;
    readonly access?: RemoteAccess;
    /** False unless given. */
    readonly withHistory?: boolean;
  },
): Promise<AdoptedSource> {
  const { store, repository, gitdir } = foundation;
  if ((await adoptedCommit(store)) !== null) {
    throw new LogExists(`${foundation.dataDirectory} holds a log already. Import into a new data directory.`);
  }
  const { path, branch, access, withHistory = false } = source;
  const transfer = new GitTransfer(access === undefined ? {} : { access });
  const commit = await transfer.import(path, { into: gitdir, branch, ref: IMPORT_REF });
  const stored = new BatchObjects({ gitdir });
  let reading: AdoptedSource;
  try {
    const parts = { ...foundation, reading: new ScratchObjects(stored) };
    reading = await adoptRepository(parts, { commit, given: source.layout, mayBeEmpty: false, withHistory });
  } finally {
    await stored.close();
  }
  const kept = await repository.refs.read(MAIN_REF);
  if (kept === commit) await repository.refs.compareAndSet(IMPORT_REF, commit, null);
  return reading;
}

/**
 * What can be said against an import before a data directory is made for it.
 * @throws TransferFailed when there is nothing at the path, RemoteAddressInvalid, LayoutInvalid.
 */
export async function checkImport(source: { readonly path: string; readonly layout: unknown }): Promise<void> {
  await requireSource(source.path);
  if (source.layout !== undefined) parseLayout(source.layout);
}

async function readFiles(directory: string): Promise<readonly ReleaseFile[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    paths.map(async (path) => ({
      path: path.slice(directory.length + 1).replaceAll('\\', '/'),
      bytes: await readFile(path),
    })),
  );
}
