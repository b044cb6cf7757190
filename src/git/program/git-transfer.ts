import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Transfer, TransferFailed } from '../transfer';
import { runGit } from './run-git';

/** Imports histories with the `git` program, from repositories (bare or not) and bundles on this machine. */
export class GitTransfer implements Transfer {
  readonly #program: string;

  constructor({ program = 'git' }: { readonly program?: string } = {}) {
    this.#program = program;
  }

  async import(
    source: string,
    { into, branch, ref }: { readonly into: string; readonly branch: string | null; readonly ref: string },
  ): Promise<string> {
    const path = await requireLocalPath(source);
    const wanted = choose(await this.#refsOf(path, into), branch, source);
    await this.#git(
      ...['--git-dir', into, 'fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--no-auto-maintenance'],
      ...['--no-recurse-submodules', '--', path, `+${wanted.ref}:${ref}`],
    );
    const refs = await this.#git('--git-dir', into, 'for-each-ref', '--format=%(objectname)', ref);
    // Of a shallow source git leaves the ref as it was and reports success.
    if (refs.trim() !== wanted.oid) {
      throw new TransferFailed(
        `${source} is shallow (git fetch --unshallow completes it) or moved meanwhile: try again.`,
      );
    }
    return wanted.oid;
  }

  /** Run in `into`, so that the settings of whatever repository this process was started in do not matter. */
  async #refsOf(path: string, into: string): Promise<readonly SourceRef[]> {
    const listed = await this.#git('--git-dir', into, 'ls-remote', '--', path);
    return listed.split('\n').flatMap((line) => {
      const [oid, ref] = line.split('\t');
      return oid === undefined || ref === undefined ? [] : [{ oid, ref }];
    });
  }

  #git(...args: readonly string[]): Promise<string> {
    return runGit({ program: this.#program, args });
  }
}

interface SourceRef {
  readonly ref: string;
  readonly oid: string;
}

/**
 * The absolute path of a source: it can be neither an option nor an address with a helper program of its own.
 * @throws TransferFailed when it is no path or there is nothing at it.
 */
export async function requireLocalPath(source: string): Promise<string> {
  if (source.startsWith('-') || /^[a-z0-9+.-]+:(:|\/\/)/i.test(source) || source.includes('\0')) {
    throw new TransferFailed(`${JSON.stringify(source)} is not the path of a repository or bundle on this machine.`);
  }
  const path = resolve(source);
  try {
    await access(path);
  } catch (error) {
    throw new TransferFailed(`${path} cannot be read.`, { cause: error });
  }
  return path;
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
