import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { scratch } from './support/data-directory';
import { failingCalls, type FailingCalls, type FailingPlan } from './support/failing-calls';
import { type FaultyNode } from './support/faulty-node';
import { Trials } from './support/figures';
import { foundIn, Ground } from './support/ground';
import { faultTest, whyNoCompiler } from './support/machine';
import { trials } from './support/size';

/** Longer than a failure of the publisher counts as a passing one. */
const PATIENCE_MS = 7_000;
const COMMANDS = ['activateReleases', 'commitDraft', 'stageRelease'] as const;

describe('calls to the system that fail', () => {
  const { next, record } = scratch();
  let ground: Ground;
  let failing: FailingCalls;

  /** @param part beginning of the names in the data directory that are meant; all of it when left out. */
  function prepare(part = ''): void {
    const directory = next('failing');
    mkdirSync(directory);
    const data = next();
    failing = failingCalls(directory, join(data, part));
    ground = new Ground(data, record(), { boot: { quiet: true }, environment: failing.environment });
  }
  afterEach(() => ground.close());

  /** Whether it goes on by itself, or stands still and says so; else what is wrong with it. */
  async function standstill(node: FaultyNode): Promise<string | null> {
    try {
      await node.caughtUp(PATIENCE_MS);
      return null;
    } catch (error) {
      const { status, parts } = await node.readiness();
      return status === 200 ? `ready, but ${String(error)} ${JSON.stringify(parts)}` : 'not ready';
    }
  }

  /** Hits calls of each command in turn, spread over all that it makes; then the same command once more. */
  async function hit(row: string, what: string, wanted: number, planned: FailingPlan): Promise<void> {
    const found = new Trials(row, what);
    let node = await ground.start();
    let [hits, restarts, stopped] = [0, 0, 0];
    for (let trial = 0; trial < wanted; trial += 1) {
      const operation = COMMANDS[trial % COMMANDS.length]!;
      const counted = await ground.prepare(node, operation);
      await node.caughtUp();
      failing.plan({ calls: planned.calls });
      await ground.send(node, counted);
      await node.caughtUp();
      const calls = failing.seen();
      const prepared = await ground.prepare(node, operation);
      await node.caughtUp();
      const first = 1 + Math.floor((trial * calls) / wanted);
      failing.plan({ ...planned, first });
      const hitOne = await ground.send(node, prepared);
      const still = await standstill(node);
      hits += failing.seen() >= first ? 1 : 0;
      failing.end();

      let again = await ground.send(node, prepared);
      const name = `${operation}, call ${first} of ${calls}`;
      const violations = still === null || still === 'not ready' ? [] : [`${name}: ${still}`];
      if (again.ended !== 'acknowledged' || still !== null) {
        if (again.ended === 'unknown' && again.code === 'UNAVAILABLE') stopped += 1;
        if (again.ended === 'unknown' && (await node.readiness()).status === 200)
          violations.push(`${name}: ${JSON.stringify(again)}, and calls itself ready`);
        restarts += 1;
        await node.kill();
        node = await ground.start();
        again = await ground.send(node, prepared);
      }
      if (again.ended !== 'acknowledged') violations.push(`${name}: ${JSON.stringify([hitOne, again])}`);
      const state = await ground.endState(node);
      found.add(state, violations);
      if (foundIn(state).length > 0) break;
    }
    found.end({ hits, restarts, 'stopped acknowledging': stopped });
    expect(hits).toBeGreaterThan(0);
  }

  faultTest(whyNoCompiler(), 'an fsync with an error: nothing is acknowledged that is not there later', async () => {
    prepare();
    await hit('B7', 'the n-th fsync fails (EIO)', trials(3, 200), { calls: 'sync', error: 'EIO' });
  });

  faultTest(whyNoCompiler(), 'an event whose fsync failed is synced before a retry is answered from it', async () => {
    prepare('events.db');
    const found = new Trials('B7 (retry)', 'every fsync of the log fails, kill, then the same command again');
    const node = await ground.start();
    const prepared = await ground.prepare(node, 'activateReleases');
    await node.caughtUp();
    failing.plan({ calls: 'sync', first: 1, many: 1_000_000, error: 'EIO' });
    const failed = await ground.send(node, prepared);
    await node.kill();
    failing.plan({ calls: 'sync' }); // counts, and fails nothing
    const next = await ground.start();
    const again = await ground.send(next, prepared);
    const syncs = failing.seen();
    found.add(await ground.endState(next), [
      ...(failed.ended === 'unknown' && again.ended === 'acknowledged' ? [] : [JSON.stringify([failed, again])]),
      // The write-ahead log, and the file that its pages are written to anew.
      ...(syncs >= 2 ? [] : [`acknowledged after ${syncs} syncs`]),
    ]);
    found.end({ syncs });
  });

  faultTest(whyNoCompiler(), 'a write with an error leaves nothing half done', async () => {
    prepare();
    await hit('B9', 'the n-th write fails (EIO)', trials(3, 200), { calls: 'write', error: 'EIO' });
  });

  faultTest(whyNoCompiler(), 'a short write is gone on with', async () => {
    prepare();
    await hit('B9 (short)', 'the n-th write writes half', trials(2, 200), { calls: 'write', isShort: true });
  });

  faultTest(whyNoCompiler(), 'a file system that becomes read-only', async () => {
    prepare();
    await hit('B14', 'every change is refused (EROFS) from the n-th on', trials(2, 100), {
      calls: 'change',
      error: 'EROFS',
      many: 1_000_000,
    });
  });

  faultTest(whyNoCompiler(), 'a slow fsync: the acknowledgement waits for it', async () => {
    prepare();
    const found = new Trials('B13', 'each fsync takes long: 50 ms, 500 ms');
    const node = await ground.start();
    let slowestMs = 0;
    for (const delayMs of [50, 500]) {
      const prepared = await ground.prepare(node, 'activateReleases');
      await node.caughtUp();
      failing.plan({ calls: 'sync', first: 1, many: 1_000_000, delayMs });
      const began = performance.now();
      const outcome = await ground.send(node, prepared);
      const tookMs = performance.now() - began;
      slowestMs = Math.max(slowestMs, tookMs);
      failing.end();
      found.add(await ground.endState(node), [
        ...(outcome.ended === 'acknowledged' ? [] : [`${delayMs} ms: ${JSON.stringify(outcome)}`]),
        ...(tookMs >= delayMs ? [] : [`${delayMs} ms: acknowledged after ${tookMs} ms`]),
      ]);
    }
    found.end({ 'slowest ms': Math.round(slowestMs) });
  });
});
