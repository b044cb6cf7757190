import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { scratch } from './support/data-directory';
import { Trials } from './support/figures';
import { foundIn, Ground } from './support/ground';
import { faultTest, whyNoLimits } from './support/machine';
import { trials } from './support/size';

const COMMANDS = ['activateReleases', 'commitDraft', 'stageRelease'] as const;
/** How many files may be opened besides those that are open: none, or enough to begin and not to finish. */
const LEFT = [0, 1, 2, 3, 5, 8];
const ENOUGH = 4_096;
/** Longer than a failure of the publisher counts as a passing one. */
const PATIENCE_MS = 7_000;

const limit = (pid: number, files: number): void => {
  // The soft limit alone, which may be raised again.
  execFileSync('prlimit', ['--pid', String(pid), `--nofile=${files}:`]);
};

describe('too many open files', () => {
  const { next, record } = scratch();

  faultTest(whyNoLimits(), 'is never taken for missing; with files to be had again everything goes on', async () => {
    const found = new Trials('B10', 'as many files open as the system allows, then more, and the same command again');
    const ground = new Ground(next(), record(), { boot: { quiet: true } });
    let node = await ground.start();
    let [refusals, restarts] = [0, 0];
    const cases = COMMANDS.flatMap((command) => LEFT.map((left) => ({ command, left })));
    const wanted = trials(4, cases.length);
    for (const { command, left } of cases.filter((_, index) => (index * wanted) % cases.length < wanted)) {
      const name = `${command}, ${left} more files`;
      const prepared = await ground.prepare(node, command);
      await node.caughtUp();
      limit(node.pid, readdirSync(`/proc/${node.pid}/fd`).length + left);
      const scarce = await ground.send(node, prepared);
      if (scarce.ended !== 'acknowledged') refusals += 1;
      const read = await node.run('{ activeReleases { pointer } }');
      limit(node.pid, ENOUGH);

      let again = await ground.send(node, prepared);
      const goesOn = await node.caughtUp(PATIENCE_MS).then(
        () => true,
        () => false,
      );
      const violations: string[] = [];
      if (again.ended !== 'acknowledged' || !goesOn) {
        const { status, parts } = await node.readiness();
        if (status === 200) violations.push(`${name}: ready, but ${JSON.stringify([again, parts])}`);
        restarts += 1;
        await node.kill();
        node = await ground.start();
        again = await ground.send(node, prepared);
      }
      if (again.ended !== 'acknowledged') violations.push(`${name}: ${JSON.stringify([scarce, again])}`);
      // No answer at all is as good as an error: there was no file for the connection.
      if (read?.data != null && JSON.stringify(read.data).includes('"pointer":{}'))
        violations.push(`${name}: the pointer is read as empty`);
      const state = await ground.endState(node);
      found.add(state, violations);
      if (foundIn(state).length > 0) break;
    }
    await ground.close();
    found.end({ refusals, restarts });
  });
});
