import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { GitFsck } from '../../../src/git/program/fsck';
import { git, gitTest, scratch } from '../real-git';

const { next } = scratch();

/** A bare repository whose `main` is a commit of loose objects. */
function repository(): { gitdir: string; main: string; commit: string; blob: string } {
  const gitdir = next('.git');
  git('.', ['init', '--quiet', '--bare', '--initial-branch=main', gitdir]);
  const blob = git(gitdir, ['hash-object', '-w', '--stdin'], 'one');
  const tree = git(gitdir, ['mktree'], `100644 blob ${blob}\tfile.txt\n`);
  const commit = git(gitdir, ['commit-tree', '-m', 'One', tree]);
  git(gitdir, ['update-ref', 'refs/heads/main', commit]);
  return { gitdir, main: join(gitdir, 'refs', 'heads', 'main'), commit, blob };
}

function looseFile(gitdir: string, oid: string): string {
  return join(gitdir, 'objects', oid.slice(0, 2), oid.slice(2));
}

/** A program that says, the first time or each time it is asked for faults, that an object is missing; else it is git. */
function sayingMissing(oid: string, times: 'once' | 'always'): { program: string; looks: () => number } {
  const [program, looks] = [next('.sh'), next('.looks')];
  const when = times === 'once' ? `[ "$(wc -l < ${looks})" -eq 1 ]` : 'true';
  writeFileSync(
    program,
    `#!/bin/sh
case "$*" in *" fsck "*) echo look >> ${looks}; if ${when}; then echo "missing commit ${oid}"; exit 2; fi ;; esac
exec git "$@"
`,
  );
  chmodSync(program, 0o755);
  return { program, looks: () => readFileSync(looks, 'utf8').trim().split('\n').length };
}

describe('git fsck of a repository', () => {
  gitTest('finds nothing missing where main moved on after the objects had been listed', async () => {
    const { gitdir, main, commit } = repository();
    rmSync(main);
    execFileSync('mkfifo', [main]);
    const looking = new GitFsck({ gitdir }).faults();
    const read = await open(main, 'w'); // git reads the refs now: it has listed the objects
    const moved = git(gitdir, ['commit-tree', '-m', 'Two', '-p', commit, `${commit}^{tree}`]);
    writeFileSync(`${main}.new`, `${moved}\n`);
    renameSync(`${main}.new`, main);
    await read.writeFile(`${moved}\n`);
    await read.close();
    expect(await looking).toEqual([]);
  });

  gitTest('looks again where an object that was missing is there', async () => {
    const { gitdir, commit } = repository();
    const { program, looks } = sayingMissing(commit, 'once');
    expect(await new GitFsck({ gitdir, program }).faults()).toEqual([]);
    expect(looks()).toBe(2);
  });

  gitTest('believes a second look that does not see what was there before it', async () => {
    const { gitdir, commit } = repository();
    const { program, looks } = sayingMissing(commit, 'always');
    const what = `missing commit ${commit}`;
    expect(await new GitFsck({ gitdir, program }).faults()).toEqual([{ oid: commit, what }]);
    expect(looks()).toBe(2);
  });

  gitTest('names what is missing and what is damaged, first', async () => {
    const { gitdir, blob } = repository();
    const file = looseFile(gitdir, blob);
    const whole = readFileSync(file);
    rmSync(file);
    const [missing] = await new GitFsck({ gitdir }).faults();
    expect(missing).toEqual({ oid: blob, what: `missing blob ${blob}` });

    writeFileSync(file, whole.subarray(0, whole.length - 6));
    const [damaged] = await new GitFsck({ gitdir }).faults();
    expect(damaged?.oid).toBe(blob);
  });
});
