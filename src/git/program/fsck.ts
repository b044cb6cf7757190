import { type ObjectIntegrity, type RepositoryFault } from '../object-integrity';
import { TransferFailed } from '../transfer';
import { startGit } from './run-git';
import { substitutions } from './substitutions';

/** `git fsck` over a whole repository: every object unpacked and hashed, everything that refs lead to followed; and nothing that lets git programs show something else. */
export class GitFsck implements ObjectIntegrity {
  readonly #gitdir: string;
  readonly #program: string;

  constructor({ gitdir, program = 'git' }: { readonly gitdir: string; readonly program?: string }) {
    this.#gitdir = gitdir;
    this.#program = program;
  }

  async faults(): Promise<readonly RepositoryFault[]> {
    const args = ['--git-dir', this.#gitdir, 'fsck', '--full', '--no-dangling', '--no-reflogs', '--no-progress'];
    const { code, stdout, stderr } = await startGit({ program: this.#program, args });
    const faults = [...stderr.split('\n'), ...stdout.split('\n')].flatMap(faultIn);
    faults.sort((a, b) => rank(a) - rank(b));
    const hidden = await substitutions({ gitdir: this.#gitdir, program: this.#program });
    if (hidden.length + faults.length > 0) return [...hidden, ...faults];
    // Bit 0 alone: objects that are as they were written, only not as git would write them today.
    if (code !== null && (code & ~1) === 0) return [];
    throw new TransferFailed(`git fsck ended with ${String(code)}: ${stderr.trim().split('\n').at(-1) ?? ''}`);
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

/** What names the object that is lost comes before what follows from its loss. */
function rank({ what, oid }: RepositoryFault): number {
  if (/^missing |object corrupt or missing|hash mismatch|hash-path mismatch|^error: packed /.test(what)) return 0;
  return oid === null ? 2 : 1;
}
