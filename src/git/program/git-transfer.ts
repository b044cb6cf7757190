import { access as accessible } from 'node:fs/promises';
import { type ObjectId } from '../git-repository';
import { NO_ACCESS, type RemoteAccess } from '../remote-access';
import { parseRemoteAddress, type RemoteAddress } from '../remote-address';
import { type Transfer, TransferFailed } from '../transfer';
import { remoteSettings } from './remote-settings';
import { runGit } from './run-git';

/** How long a remote may take to list its refs. */
const LISTING_MS = 60_000;
/** How long a history may take to arrive from another machine; a stalled transfer ends much earlier. */
const FETCHING_MS = 30 * 60_000;

/** Imports histories with the `git` program, from repositories (bare or not) and bundles on this machine and from remotes. */
export class GitTransfer implements Transfer {
  readonly #program: string;
  readonly #access: RemoteAccess;

  constructor({
    program = 'git',
    access = NO_ACCESS,
  }: { readonly program?: string; readonly access?: RemoteAccess } = {}) {
    this.#program = program;
    this.#access = access;
  }

  async import(
    source: string,
    { into, branch, ref }: { readonly into: string; readonly branch: string | null; readonly ref: string },
  ): Promise<string> {
    const address = await requireSource(source);
    const git = async (deadlineMs: number, ...args: readonly string[]): Promise<string> =>
      // Run in `into`, so that the settings of whatever repository this process was started in do not matter.
      runGit({
        program: this.#program,
        args: ['--git-dir', into, ...args],
        ...(await remoteSettings(address, this.#access)),
        ...(address.protocol === 'file' ? {} : { deadlineMs }),
      });
    const wanted = choose(refsIn(await git(LISTING_MS, 'ls-remote', '--', address.url)), branch, source);
    await git(
      FETCHING_MS,
      ...['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--no-auto-maintenance'],
      ...['--no-recurse-submodules', '--', address.url, `+${wanted.ref}:${ref}`],
    );
    const refs = await git(LISTING_MS, 'for-each-ref', '--format=%(objectname)', ref);
    // Of a shallow source git leaves the ref as it was and reports success.
    if (refs.trim() !== wanted.oid) {
      throw new TransferFailed(
        `${source} is shallow (git fetch --unshallow completes it) or moved meanwhile: try again.`,
      );
    }
    return wanted.oid;
  }

  async copyCommits(
    commits: readonly ObjectId[],
    { from, into }: { readonly from: string; readonly into: string },
  ): Promise<void> {
    if (commits.length === 0) return;
    await runGit({
      program: this.#program,
      args: [
        ...['--git-dir', into, 'fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--no-auto-maintenance'],
        // Whatever the settings of the source are: its commits are wanted by id.
        '--upload-pack=git -c uploadpack.allowAnySHA1InWant=true upload-pack',
        ...['--no-recurse-submodules', '--stdin', '--', from],
      ],
      input: commits.map((oid) => `${oid}\n`).join(''),
    });
  }
}

interface SourceRef {
  readonly ref: string;
  readonly oid: string;
}

/** The lines of `git ls-remote`. */
function refsIn(listed: string): readonly SourceRef[] {
  return listed.split('\n').flatMap((line) => {
    const [oid, ref] = line.split('\t');
    return oid === undefined || ref === undefined ? [] : [{ oid, ref }];
  });
}

/**
 * Where a source is: it can be neither an option nor an address with a helper program of its own.
 * @throws TransferFailed when it is no address, or a path at which there is nothing; RemoteAddressInvalid.
 */
export async function requireSource(source: string): Promise<RemoteAddress> {
  const address = parseRemoteAddress(source);
  if (address.protocol !== 'file') return address;
  try {
    await accessible(address.url);
  } catch (error) {
    throw new TransferFailed(`${address.url} cannot be read.`, { cause: error });
  }
  return address;
}

/** The exact ref to fetch. Bundles often hold no HEAD: then the branch that most likely was it. */
function choose(refs: readonly SourceRef[], branch: string | null, source: string): SourceRef {
  const branches = refs.map(({ ref }) => ref).filter((ref) => ref.startsWith('refs/heads/'));
  const only = branches.length === 1 ? branches : [];
  const names = branch === null ? ['HEAD', 'refs/heads/main', 'refs/heads/master', ...only] : [`refs/heads/${branch}`];
  const [found] = names.flatMap((name) => refs.filter(({ ref }) => ref === name));
  if (found !== undefined) return found;
  if (refs.length === 0) {
    throw new TransferFailed(
      `${source} holds no commit yet. Commit its files there and import again, or begin an empty repository: slipway serve --empty.`,
    );
  }
  const there = branches.map((name) => name.slice('refs/heads/'.length)).join(', ');
  throw new TransferFailed(`${source} has no branch ${branch ?? 'that HEAD names'}; it has: ${there || 'none'}.`);
}
