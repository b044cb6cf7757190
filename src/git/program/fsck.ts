import { type ObjectId } from '../git-repository';
import { type ObjectIntegrity, type RepositoryFault } from '../object-integrity';
import { TransferFailed } from '../transfer';
import { startGit } from './run-git';
import { substitutions } from './substitutions';

/** How often a repository is looked at while others write to it. */
const MAX_LOOKS = 3;

/**
 * `git fsck` over a whole repository: every object unpacked and hashed, everything that refs lead to followed; and nothing that lets
 * git programs show something else.
 */
export class GitFsck implements ObjectIntegrity {
  readonly #gitdir: string;
  readonly #program: string;

  constructor({ gitdir, program = 'git' }: { readonly gitdir: string; readonly program?: string }) {
    this.#gitdir = gitdir;
    this.#program = program;
  }

  /**
   * Git lists the objects first and reads the refs afterwards: what is written in between it says is missing. That is no fault when it is
   * there and the next look finds it; of what came during the last look nothing can be said yet.
   */
  async faults(): Promise<readonly RepositoryFault[]> {
    const there = new Set<ObjectId>();
    for (let looks = 1; ; looks++) {
      const faults = await this.#look();
      const late = await this.#present(faults.filter(isMissing).flatMap(({ oid }) => oid ?? []));
      for (const oid of there) late.delete(oid);
      const lasting = faults.filter((fault) => !(isMissing(fault) && fault.oid !== null && late.has(fault.oid)));
      if (late.size === 0 || lasting.length > 0 || looks === MAX_LOOKS) {
        return [...(await substitutions({ gitdir: this.#gitdir, program: this.#program })), ...lasting];
      }
      for (const oid of late) there.add(oid);
    }
  }

  async #look(): Promise<readonly RepositoryFault[]> {
    const args = ['--git-dir', this.#gitdir, 'fsck', '--full', '--no-dangling', '--no-reflogs', '--no-progress'];
    const { code, stdout, stderr } = await startGit({ program: this.#program, args });
    const faults = [...stderr.split('\n'), ...stdout.split('\n')].flatMap(faultIn);
    // Bit 0 alone: objects that are as they were written, only not as git would write them today.
    if (faults.length > 0 || (code !== null && (code & ~1) === 0)) return faults.sort((a, b) => rank(a) - rank(b));
    throw new TransferFailed(`git fsck ended with ${String(code)}: ${stderr.trim().split('\n').at(-1) ?? ''}`);
  }

  /** Those of the objects that are in the repository now. */
  async #present(oids: readonly ObjectId[]): Promise<Set<ObjectId>> {
    if (oids.length === 0) return new Set();
    const args = ['--git-dir', this.#gitdir, 'cat-file', '--batch-check=%(objectname)'];
    const input = oids.map((oid) => `${oid}\n`).join('');
    // It may end at a damaged object, which is a fault of its own: what it does not answer for is not taken to be there.
    const { stdout } = await startGit({ program: this.#program, args, input });
    return new Set(stdout.split('\n').filter((answer) => /^[0-9a-f]{40}$/.test(answer)));
  }
}

/** What was written in an odd way long ago: `error in tree ID: ...`, `warning in commit ID: ...`. */
const WART = /^(error|warning) in (blob|tree|commit|tag|unknown type) [0-9a-f]{40}: /;

/** What says nothing of objects: `notice: HEAD points to an unborn branch (main)`, `dangling blob ID`. */
const NOTE = /^(notice: |hint: |dangling |unreachable |Checking |warning: )/;

function faultIn(line: string): readonly RepositoryFault[] {
  const what = line.trim();
  if (what === '' || WART.test(what) || NOTE.test(what)) return [];
  return [{ oid: /\b[0-9a-f]{40}\b/.exec(what)?.[0] ?? null, what }];
}

function isMissing({ what }: RepositoryFault): boolean {
  return /^missing \w+ [0-9a-f]{40}$/.test(what);
}

/** What names the object that is lost comes before what follows from its loss. */
function rank({ what, oid }: RepositoryFault): number {
  if (/^missing |object corrupt or missing|hash mismatch|hash-path mismatch|^error: packed /.test(what)) return 0;
  return oid === null ? 2 : 1;
}
