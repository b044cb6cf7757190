import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { MAIN_REF } from '../../../src/git/git-repository';
import { initGitRepository } from '../../../src/git/isomorphic/isomorphic-repository';
import { git, gitTest, scratch } from '../real-git';

const KILLS = 15;
const { next } = scratch();

/** Starts the committing process and answers the numbers that it acknowledged so far. */
function start(gitdir: string, times: readonly string[] = []): { child: ChildProcess; acknowledged: () => number[] } {
  const hook = join(__dirname, '../../support/register-ts.cjs');
  const child = spawn(process.execPath, ['-r', hook, join(__dirname, 'committing-process.ts'), gitdir, ...times], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  return { child, acknowledged: () => printed.split('\n').slice(0, -1).map(Number) };
}

async function countOn(gitdir: string): Promise<number> {
  const { objects, refs } = await initGitRepository({ gitdir });
  const tip = await refs.read(MAIN_REF);
  return tip === null ? 0 : Number((await objects.readCommit(tip)).message);
}

gitTest(
  `${KILLS} kills at random moments leave no empty file and lose no acknowledged commit`,
  async () => {
    const gitdir = next('.git');
    await initGitRepository({ gitdir });
    let last = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const { child, acknowledged } = start(gitdir);
      await once(child.stdout!, 'data');
      await delay(Math.random() * 40);
      child.kill('SIGKILL');
      await once(child, 'close');
      const acked = acknowledged().at(-1) ?? last;
      const found = await countOn(gitdir);
      // At most the one commit that was under way may be there without having been acknowledged.
      expect([acked, acked + 1]).toContain(found);
      expect(found).toBeGreaterThan(last);
      last = found;
      const files = readdirSync(gitdir, { recursive: true, encoding: 'utf8' }).map((name) => join(gitdir, name));
      const empty = files.filter((file) => statSync(file).isFile() && statSync(file).size === 0);
      expect(empty.filter((file) => !/\.lock$|tmp_obj_/.test(file))).toEqual([]);
    }

    const survivor = start(gitdir, ['3']);
    await once(survivor.child, 'close');
    expect(survivor.acknowledged()).toEqual([last + 1, last + 2, last + 3]);
    expect(git(gitdir, ['rev-list', '--count', MAIN_REF])).toBe(String(last + 3));
    expect(git(gitdir, ['fsck', '--full', '--strict', '--no-dangling'])).toBe('');
  },
  120_000,
);
