import { draftRef, type ObjectId } from '../git-repository';
import { isObjectId } from '../object-form/object-id';
import { type RemoteAccess } from '../remote-access';
import { type RemoteAddress } from '../remote-address';
import { type PushAnswer, type RefUpdate, type Remote, TransferFailed } from '../transfer';
import { complaint } from './complaint';
import { readPushStatus } from './push-status';
import { remoteSettings } from './remote-settings';
import { runGit, startGit } from './run-git';

/** Milliseconds that the calls may take. A transfer that stalls ends earlier, also a slow one may come to its end. */
const WITHIN = { listing: 30_000, pushing: 10 * 60_000, fetching: 2 * 60_000 };

/** Largest pack of foreign commits that is taken in. */
const MAX_FETCHED_BYTES = 256 * 1024 * 1024;

export interface GitRemoteOptions {
  /** The bare repository's directory. */
  readonly gitdir: string;
  readonly address: RemoteAddress;
  readonly access: RemoteAccess;
  readonly program?: string;
  /** Milliseconds, instead of the usual ones. */
  readonly within?: Partial<typeof WITHIN>;
  readonly maxFetchedBytes?: number;
}

/** Reaches a remote with the `git` program. */
export class GitRemote implements Remote {
  readonly #options: GitRemoteOptions & { readonly program: string; readonly within: typeof WITHIN };

  constructor(options: GitRemoteOptions) {
    this.#options = { program: 'git', ...options, within: { ...WITHIN, ...options.within } };
  }

  async refs(which: Parameters<Remote['refs']>[0], signal: AbortSignal): Promise<ReadonlyMap<string, ObjectId>> {
    const some = which === 'branches and tags' ? ['--heads', '--tags'] : [];
    const named = which === 'branches, tags and drafts' ? ['refs/heads/*', 'refs/tags/*', `${draftRef('')}*`] : [];
    const args = ['ls-remote', '--refs', '--quiet', ...some, '--', this.#options.address.url, ...named];
    const listed = await runGit({ ...(await this.#run(args, signal)), deadlineMs: this.#options.within.listing });
    const refs = new Map<string, ObjectId>();
    for (const line of listed.split('\n')) {
      const [oid, ref] = line.split('\t');
      if (oid === undefined || ref === undefined) continue;
      if (!isObjectId(oid)) throw new TransferFailed('The remote names its objects by another hash than SHA-1.');
      refs.set(ref, oid);
    }
    return refs;
  }

  async push(updates: readonly RefUpdate[], signal: AbortSignal): Promise<PushAnswer> {
    // An empty lease says that there must be no such ref.
    const leases = updates.flatMap((update) =>
      'expected' in update ? [`--force-with-lease=${update.ref}:${update.expected ?? ''}`] : [],
    );
    const args = [
      ...['push', '--porcelain', '--no-progress', '--no-verify', '--no-signed', '--no-follow-tags'],
      ...['--recurse-submodules=no', ...leases, '--', this.#options.address.url],
      ...updates.map(({ ref, next }) => `${next ?? ''}:${ref}`),
    ];
    const run = await this.#run(args, signal);
    const { code, stdout, stderr } = await startGit({ ...run, deadlineMs: this.#options.within.pushing });
    if (code === 0) return { accepted: new Set(updates.map(({ ref }) => ref)), refused: new Map() };
    const said = complaint(stderr, run.secrets);
    const status = readPushStatus(stdout, said ?? '');
    if (status === null) throw new TransferFailed(said ?? 'git push failed and did not say why.');
    return status;
  }

  async fetch(ref: string, into: string, signal: AbortSignal): Promise<void> {
    const args = [
      ...['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--no-auto-maintenance', '--no-recurse-submodules'],
      ...['--', this.#options.address.url, `+${ref}:${into}`],
    ];
    await runGit({
      ...(await this.#run(args, signal)),
      deadlineMs: this.#options.within.fetching,
      maxFileBytes: this.#options.maxFetchedBytes ?? MAX_FETCHED_BYTES,
    });
  }

  async fetchAll(refs: readonly string[], signal: AbortSignal): Promise<void> {
    if (refs.length === 0) return;
    const args = [
      ...['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--no-auto-maintenance', '--no-recurse-submodules'],
      ...['--stdin', '--', this.#options.address.url],
    ];
    const run = await this.#run(args, signal);
    await runGit({
      ...run,
      // A few commits come often: as objects of their own, not as ever more packs.
      settings: [...(run.settings ?? []), 'fetch.unpackLimit=1000'],
      input: refs.map((ref) => `${ref}:${ref}\n`).join(''),
      deadlineMs: this.#options.within.fetching,
    });
  }

  async #run(args: readonly string[], signal: AbortSignal) {
    const { program, gitdir, address, access } = this.#options;
    return { program, args: ['--git-dir', gitdir, ...args], signal, ...(await remoteSettings(address, access)) };
  }
}
