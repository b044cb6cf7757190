import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type RecordedEvent } from '../../src/domain';
import { git, gitIsThere, gitMeanwhile } from '../git/real-git';
import { scratch } from './support/data-directory';
import { NotStarted } from './support/faulty-node';
import { Trials } from './support/figures';
import { Ground } from './support/ground';
import { startLoad } from './support/kill-at-random';
import { seedOfRun, trials } from './support/size';

const faults = gitIsThere ? describe : describe.skip;
const YEAR_MS = 365 * 86_400_000;

faults('a server (needs git)', () => {
  const { next, record } = scratch();
  let ground: Ground;
  beforeEach(() => {
    ground = new Ground(next(), record());
  });
  afterEach(() => ground.close());

  it('that is told to stop under load ends in order and has everything', async () => {
    const seed = seedOfRun();
    const found = new Trials('A7', 'SIGTERM under load', seed);
    let slowestMs = 0;
    for (let trial = 0; trial < trials(2, 30); trial += 1) {
      const node = await ground.start();
      const load = startLoad(ground.record, seed + trial * 10, 3, `stopped${trial}-`);
      load.serve(node);
      await pause(2_500);
      const began = performance.now();
      node.signal('SIGTERM');
      load.serve(null);
      const code = await node.gone;
      slowestMs = Math.max(slowestMs, performance.now() - began);
      const after = await ground.start();
      load.serve(after);
      await load.stop();
      found.add(await ground.endState(after), code === 0 ? [] : [`ended with ${code}`]);
      await after.kill();
    }
    found.end({ 'slowest drain ms': Math.round(slowestMs) });
  });

  it('in which something throws in a timer ends, and the next one has everything', async () => {
    const found = new Trials('A8', 'a throw in a timer under load');
    const node = await ground.start();
    const command = await ground.prepare(node, 'activateReleases');
    const sent = ground.send(node, command);
    await node.tell({ order: 'throw in a timer' }).catch(() => undefined);
    const code = await node.gone;
    await sent;
    const after = await ground.start();
    const again = await ground.send(after, command);
    found.add(
      await ground.endState(after),
      code !== 0 && again.ended === 'acknowledged' ? [] : [`${code} ${again.ended}`],
    );
    found.end();
  });

  it('that is killed leaves no child behind', async () => {
    const found = new Trials('A10', 'kill -9 of the server alone: its validators');
    const node = await ground.start();
    await ground.staged(node);
    const children = childrenOf(node.pid);
    await node.kill();
    const giveUp = Date.now() + 5_000;
    while (children.some(isAlive) && Date.now() < giveUp) await pause(20);
    const left = children.filter(isAlive);
    found.add(null, [...(children.length === 0 ? ['it had no children'] : []), ...left.map((pid) => `orphan ${pid}`)]);
    found.end({ children: children.length });
  });

  it('is the only one: of several that start at once one wins; one that is stopped and goes on is still the one', async () => {
    const found = new Trials('D7 D9', 'processes that start at once; a second beside one that is paused');
    const starts = await Promise.allSettled([ground.start(), ground.start(), ground.start()]);
    const [winner, ...others] = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
    found.add(null, winner !== undefined && others.length === 0 ? [] : [`${1 + others.length} have the directory`]);
    winner!.signal('SIGSTOP');
    const refused = await ground.start().then(
      () => false,
      (error: unknown) => error instanceof NotStarted,
    );
    winner!.signal('SIGCONT');
    await ground.send(winner!, await ground.prepare(winner!, 'activateReleases'));
    found.add(await ground.endState(winner!), refused ? [] : ['a second took over from one that is paused']);
    found.end();
  });

  it('does one command once that comes fifty times at once', async () => {
    const found = new Trials('D5', 'one key sent 50 times at once');
    const node = await ground.start();
    const command = await ground.prepare(node, 'activateReleases');
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => ground.send(node, command)));
    const different = new Set(outcomes.map((outcome) => JSON.stringify(outcome)));
    found.add(await ground.endState(node), different.size === 1 ? [] : [...different]);
    found.end();
  });

  it('moves one pointer in one order, however many move it at once', async () => {
    const found = new Trials('D1', 'moves of one package at once, 50 in flight');
    const node = await ground.start();
    const release = await ground.staged(node);
    const moves = trials(200, 10_000);
    const began = performance.now();
    for (let done = 0; done < moves; done += 50) {
      await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          index % 2 === 0
            ? ground.send(node, {
                operation: 'activateReleases',
                input: { releases: [release], reason: 'On' },
                key: ground.key(),
              })
            : ground.send(node, {
                operation: 'rollback',
                input: { package: release.package, reason: 'Off' },
                key: ground.key(),
              }),
        ),
      );
    }
    const seconds = (performance.now() - began) / 1_000;
    const state = await ground.endState(node);
    found.add(state, brokenLinks(state.events));
    found.end({ commands: moves, 'a second': Math.round(moves / seconds), moved: state.acknowledged });
  });

  it('goes on when the file of its lock is deleted, and no second writer harms the log', async () => {
    const found = new Trials('D8', 'lock.db deleted while running, then a second process');
    const first = await ground.start({ boot: { quiet: true } });
    const command = await ground.prepare(first, 'activateReleases');
    for (const name of readdirSync(ground.dataDirectory).filter((name) => name.startsWith('lock.')))
      rmSync(join(ground.dataDirectory, name));
    const second = await ground.start({ boot: { quiet: true } }).catch(() => null);
    const outcomes = await Promise.all([
      ground.send(first, command),
      ...(second === null ? [] : [ground.send(second, { ...command, key: ground.key() })]),
    ]);
    await first.kill();
    await second?.kill();
    found.add(await ground.endState(await ground.start()));
    found.end({
      'second started': second === null ? 'no' : 'yes',
      acknowledged: outcomes.filter(({ ended }) => ended === 'acknowledged').length,
    });
  });

  it('keeps the order of events when its clock jumps', async () => {
    const found = new Trials('G1 E16', 'clock a year ahead, a year behind, ten minutes back');
    const node = await ground.start();
    for (const offsetMs of [YEAR_MS, -YEAR_MS, 0, -600_000]) {
      await node.tell({ order: 'clock', offsetMs });
      await ground.send(node, await ground.prepare(node, 'activateReleases'));
      const state = await ground.endState(node);
      found.add(state, datesGoingBack(state.events));
    }
    await node.kill();
    const after = await ground.start();
    found.add(await ground.endState(after));
    found.end();
  });

  it('goes on when the file of its read model is deleted, and makes it anew at the next start', async () => {
    const found = new Trials('G (read model)', 'read-model.db deleted while running');
    const node = await ground.start();
    const command = await ground.prepare(node, 'activateReleases');
    for (const name of readdirSync(ground.dataDirectory).filter((name) => name.startsWith('read-model.db')))
      rmSync(join(ground.dataDirectory, name));
    const outcome = await ground.send(node, command);
    await node.kill();
    const after = await ground.start();
    found.add(await ground.endState(after), outcome.ended === 'acknowledged' ? [] : [`it was ${outcome.ended}`]);
    found.end();
  });

  it('reads and writes while git packs, collects and commits beside it', async () => {
    const seed = seedOfRun();
    const found = new Trials('E14 E4', 'git gc, repack and commits to other branches under load', seed);
    const node = await ground.start();
    const gitdir = join(ground.dataDirectory, 'repository.git');
    const load = startLoad(ground.record, seed);
    load.serve(node);
    const rounds = trials(5, 100);
    try {
      for (let round = 0; round < rounds; round += 1) {
        const commit = git(gitdir, ['commit-tree', '-p', 'main', '-m', `Human ${round}`, 'main^{tree}']);
        git(gitdir, ['update-ref', `refs/heads/human-${round}`, commit]);
        await gitMeanwhile(gitdir, round % 2 === 0 ? ['gc', '--quiet'] : ['repack', '-a', '-d', '-q']);
      }
    } finally {
      await load.stop();
    }
    const branches = git(gitdir, ['for-each-ref', 'refs/heads/human-*']).split('\n').length;
    found.add(await ground.endState(node), branches === rounds ? [] : [`${rounds - branches} branches are gone`]);
    found.end({ rounds });
  });

  it('waits for a lock of git that lasts, says so, and clears one that is old at its start', async () => {
    const found = new Trials('E3', 'refs/heads/main.lock left, fresh and old');
    const node = await ground.start({ boot: { quiet: true } });
    const command = await ground.prepare(node, 'activateReleases');
    await node.caughtUp();
    const lock = join(ground.dataDirectory, 'repository.git/refs/heads/main.lock');
    writeFileSync(lock, '');
    const held = await ground.send(node, command);
    await pause(2_500);
    const { retrying } = (await node.readiness()).parts.publisher;
    rmSync(lock);
    found.add(
      await ground.endState(node),
      held.ended === 'acknowledged' && retrying !== null ? [] : [`${held.ended}, retrying ${retrying}`],
    );
    writeFileSync(lock, '');
    await node.kill();
    await pause(1_100);
    const after = await ground.start();
    await ground.send(after, await ground.prepare(after, 'activateReleases'));
    found.add(await ground.endState(after));
    found.end();
  });
});

function childrenOf(parent: number): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return (
          / \(.*\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^\d+/, ''))?.[1] === String(parent)
        );
      } catch {
        return false; // gone since
      }
    });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Moves that were decided on another map than the one before them left. */
function brokenLinks(events: readonly RecordedEvent[]): readonly string[] {
  const active = new Map<string, string | null>();
  return events.flatMap((event) => {
    if (!('changes' in event.data)) return [];
    return event.data.changes.flatMap(({ package: id, fromVersion, toVersion }) => {
      const before = active.get(id) ?? null;
      active.set(id, toVersion);
      return event.type === 'PointerAdopted' || before === fromVersion ? [] : [`${event.stream}@${event.revision}`];
    });
  });
}

function datesGoingBack(events: readonly RecordedEvent[]): readonly string[] {
  const last = new Map<string, string>();
  return events.flatMap(({ stream, revision, metadata }) => {
    const before = last.get(stream) ?? '';
    last.set(stream, metadata.occurredAt);
    return metadata.occurredAt < before ? [`${stream}@${revision} is before its predecessor`] : [];
  });
}
