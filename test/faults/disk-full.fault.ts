import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratch } from './support/data-directory';
import { Trials } from './support/figures';
import { foundIn, Ground } from './support/ground';
import { faultTest, mounts, whyNoMounts } from './support/machine';
import { trials } from './support/size';

const DISK_BYTES = 24 * 1024 * 1024;
/** What is left when the command comes: none, or enough to begin and not to finish. */
const LEFT_BYTES = [0, 8_192, 65_536];
const COMMANDS = ['commitDraft', 'stageRelease', 'activateReleases'] as const;

describe('a full disk', () => {
  const mounted = mounts(); // before the directory that they are in is removed
  const { next, record } = scratch();

  faultTest(
    whyNoMounts(),
    'stops writing and not reading; with space again the same command does its work once',
    async () => {
      const found = new Trials('B5-B6', 'tmpfs full, then space and the same command again');
      const disk = next('disk');
      mounted.tmpfs(disk, DISK_BYTES);
      const ground = new Ground(join(disk, 'data'), record(), { boot: { quiet: true } });
      let node = await ground.start();
      let [refusals, restarts] = [0, 0];
      const cases = COMMANDS.flatMap((command) => LEFT_BYTES.map((left) => ({ command, left })));
      for (const { command, left } of cases.slice(0, trials(5, cases.length))) {
        const prepared = await ground.prepare(node, command);
        await node.caughtUp();
        const ballast = join(disk, 'ballast');
        const { bavail, bsize } = statfsSync(disk);
        writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - left)));
        const full = await ground.send(node, prepared);
        if (full.ended !== 'acknowledged') refusals += 1;
        const read = await node.run('{ activeReleases { pointer } }');
        rmSync(ballast);

        let again = await ground.send(node, prepared);
        if (again.ended !== 'acknowledged') {
          // After an error that leaves the file in doubt the log takes nothing more until it is opened again.
          restarts += 1;
          await node.kill();
          node = await ground.start();
          again = await ground.send(node, prepared);
        }
        const state = await ground.endState(node);
        found.add(state, [
          ...(read?.errors.length === 0 ? [] : [`${command} ${left}: nothing can be read`]),
          ...(again.ended === 'acknowledged' ? [] : [`${command} ${left}: ${JSON.stringify(again)}`]),
        ]);
        if (foundIn(state).length > 0) break;
      }
      await ground.close();
      found.end({ refusals, restarts });
    },
  );
});
