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
    const path = await localPath(source);
    const wanted = choose(await this.#refsOf(path, into), branch, source);
    await this.#git(
      ...['--git-dir', into, 'fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--no-auto-maintenance'],
      ...['--no-recurse-submodules', '--', path, `+${wanted}:${ref}`],
    );
    return (await this.#git('--git-dir', into, 'rev-parse', '--verify', '--end-of-options', `${ref}^{commit}`)).trim();
  }

  /** Run in `into`, so that the settings of whatever repository this process was started in do not matter. */
  async #refsOf(path: string, into: string): Promise<readonly string[]> {
    const listed = await this.#git('--git-dir', into, 'ls-remote', '--', path);
    return listed.split('\n').flatMap((line) => line.split('\t').slice(1));
  }

  #git(...args: readonly string[]): Promise<string> {
    return runGit({ program: this.#program, args });
  }
}

/** An absolute path can be neither an option nor an address with a helper program of its own. */
async function localPath(source: string): Promise<string> {
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
function choose(refs: readonly string[], branch: string | null, source: string): string {
  const branches = refs.filter((name) => name.startsWith('refs/heads/'));
  const only = branches.length === 1 ? branches : [];
  const candidates =
    branch === null ? ['HEAD', 'refs/heads/main', 'refs/heads/master', ...only] : [`refs/heads/${branch}`];
  const found = candidates.find((name) => refs.includes(name));
  if (found !== undefined) return found;
  if (refs.length === 0) throw new TransferFailed(`${source} holds no commit.`);
  const names = branches.map((name) => name.slice('refs/heads/'.length)).join(', ');
  throw new TransferFailed(`${source} has no branch ${branch ?? 'that HEAD names'}; it has: ${names || 'none'}.`);
}
