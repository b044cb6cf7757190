import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { runs } from '../../support/runs';
import { aRelease } from '../support/a-release';
import { engineFromSource } from '../support/engine-from-source';
import { seededRandom } from '../hostile/seeded-random';

const JOBS = runs(50, 200);
const SEED = Number(process.env.SLIPWAY_TEST_SEED ?? 20_260_301);

let earlier: readonly number[] = [];
beforeAll(() => {
  earlier = validatorsOfThisProcess();
});

const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('children that are killed from outside', () => {
  it(`leave every one of ${JOBS} jobs with a verdict, and none passes wrongly`, async () => {
    const random = seededRandom(SEED);
    const engine = engineFromSource({ processes: 2, timeoutMs: 20_000 });
    try {
      const requests = Array.from({ length: JOBS }, (_, at) =>
        at % 2 === 0 ? aRelease() : aRelease({ 'schemas/output.schema.json': 'not JSON' }),
      );
      const progress = { done: 0, isOver: false };
      const work = Promise.all(
        requests.map((request) =>
          engine.validate(request).finally(() => {
            progress.done += 1;
          }),
        ),
      ).finally(() => {
        progress.isOver = true;
      });
      let kills = 0;
      // By progress and not by the clock: a slow machine would see nothing but children that are killed while they start.
      let next = 3;
      while (!progress.isOver) {
        await wait(1 + random.below(20));
        if (progress.done < next) continue;
        const children = childrenOfThisFile();
        if (children.length === 0) continue;
        process.kill(random.pick(children), random.pick(['SIGKILL', 'SIGABRT']));
        kills += 1;
        next = progress.done + 2 + random.below(12);
      }
      const reports = await work;

      expect(kills).toBeGreaterThan(0);
      reports.forEach(({ valid, findings }, at) => {
        const rules = findings.map(({ rule }) => rule);
        if (valid) expect(`seed ${SEED}, job ${at % 2}: ${rules.join()}`).toBe(`seed ${SEED}, job 0: `);
        else expect(['validator-crashed', at % 2 === 1 ? 'file-not-readable' : '']).toContain(rules[0]);
      });
      expect(reports.filter(({ valid }) => valid).length).toBeGreaterThan(JOBS / 2 - kills);
      expect((await engine.validate(aRelease())).valid).toBe(true);
    } finally {
      await engine.close();
    }
    expect(childrenOfThisFile()).toEqual([]);
  }, 120_000);

  it('between jobs are replaced', async () => {
    const engine = engineFromSource({ processes: 1, timeoutMs: 20_000 });
    try {
      const before = await engine.validate(aRelease());
      for (const child of childrenOfThisFile()) process.kill(child, 'SIGKILL');
      const atOnce = await engine.validate(aRelease());
      for (const child of childrenOfThisFile()) process.kill(child, 'SIGKILL');
      await wait(200);
      const later = await engine.validate(aRelease());

      expect([atOnce.digest, later.digest]).toEqual([before.digest, before.digest]);
    } finally {
      await engine.close();
    }
  });
});

/** Process ids of the validators that this test file has started: the worker may have one that its files share. */
function childrenOfThisFile(): readonly number[] {
  return validatorsOfThisProcess().filter((pid) => !earlier.includes(pid));
}

function validatorsOfThisProcess(): readonly number[] {
  const listed = execFileSync('ps', ['-o', 'pid=', '--ppid', String(process.pid)], { encoding: 'utf8' });
  return listed
    .trim()
    .split(/\s+/)
    .map(Number)
    .filter((pid) => pid > 0 && commandOf(pid).includes('--disable-proto=delete'));
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
