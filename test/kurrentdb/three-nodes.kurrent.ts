import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { commandIdOf } from '../../src/eventstore';
import { openReading } from '../../src/server/open-reading';
import { verifyDataDirectory } from '../../src/server/verify-data-directory';
import {
  describeWithServer,
  freePort,
  NEEDS_SERVER,
  type RealServer,
  startRealServer,
} from '../eventstore/kurrentdb/support/real-server';
import { bareRepository, until } from '../git/remote/pushed-story';
import { git } from '../git/real-git';
import { newPackageFiles } from '../server/support/new-package';
import { eventsOnMain, listOf, MOVES, notOnce, STAGINGS } from './support/each-once';
import { killableNode, type KillableNode } from './support/killable-node';

const KILLS = Number(process.env.SLIPWAY_KILLS ?? 9);
const PATIENCE_MS = 60_000;
/** Codes that say nothing about whether the command happened. */
const UNKNOWN_OUTCOME = ['UNAVAILABLE', 'INTERNAL'];

const EVENT_OF: Readonly<Record<string, string>> = {
  stageRelease: 'Staged',
  activateReleases: 'Activated',
  deactivate: 'Deactivated',
};

/** What a client was told of a command that it sent, again and again under one key, until it was told something. */
interface Told {
  readonly operation: string;
  readonly key: string;
  /** Null for a refusal. */
  readonly position: string | null;
}

describeWithServer(`three nodes under load, killed and started again${NEEDS_SERVER}`, () => {
  let directory: string;
  let server: RealServer;
  let nodes: readonly KillableNode[];
  let bare: string;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'slipway-three-'));
    bare = bareRepository(join(directory, 'config.git'));
    server = await startRealServer({ onDisk: true });
    const prefix = `k${randomBytes(6).toString('hex')}-`;
    const shared = { connection: server.connectionString, prefix, remote: bare };
    const ports = await Promise.all([freePort(), freePort(), freePort()]);
    nodes = ports.map((port, n) =>
      killableNode({ ...shared, port, dataDirectory: join(directory, `node${String(n)}`) }),
    );
    for (const node of nodes) await node.start();
  });
  afterAll(async () => {
    for (const node of nodes) await node.kill();
    await server.dispose();
    rmSync(directory, { recursive: true, force: true });
  });

  it('loses nothing that was acknowledged, does nothing twice, and has one main', async () => {
    const told: Told[] = [];
    const counts = { acknowledged: 0, refused: 0, sentAgain: 0, kills: 0, serverKills: 0 };
    let going = true;

    const send = async (node: KillableNode, operation: string, input: object, selection = 'position') => {
      const key = randomBytes(8).toString('hex');
      const type = `${operation.charAt(0).toUpperCase()}${operation.slice(1)}Input!`;
      const query = `mutation ($input: ${type}) { ${operation}(input: $input) { ${selection} } }`;
      for (;;) {
        const answer = await node.run(query, { input: { ...input, idempotencyKey: key } });
        const payload = (answer?.data as Record<string, { position: string }> | null | undefined)?.[operation];
        if (payload != null) {
          told.push({ operation, key, position: payload.position });
          counts.acknowledged += 1;
          return payload as { position: string; release?: { version: string } };
        }
        const code = answer?.errors[0]?.extensions.code;
        if (code !== undefined && !UNKNOWN_OUTCOME.includes(code)) {
          told.push({ operation, key, position: null });
          counts.refused += 1;
          return null;
        }
        counts.sentAgain += 1;
        await pause(100);
      }
    };
    /** Git state, which has no key: that it is there already is as good. */
    const draft = async (node: KillableNode, operation: string, input: object): Promise<void> => {
      const type = `${operation.charAt(0).toUpperCase()}${operation.slice(1)}Input!`;
      for (;;) {
        const answer = await node.run(`mutation ($input: ${type}) { ${operation}(input: $input) { draft { id } } }`, {
          input,
        });
        const [error] = answer?.errors ?? [];
        if (answer !== null && (error === undefined || /exists/.test(error.message))) return;
        if (error !== undefined && !UNKNOWN_OUTCOME.includes(error.extensions.code)) throw new Error(error.message);
        await pause(100);
      }
    };
    const promote = async (node: KillableNode, n: number): Promise<void> => {
      for (let round = 1; going; round++) {
        const packageId = `load_${String(n)}_${String(round)}`;
        const name = `draft-${String(n)}-${String(round)}`;
        await draft(node, 'startDraft', { package: packageId, name, create: true });
        await draft(node, 'saveArtifacts', { draft: name, changes: newPackageFiles(packageId) });
        await send(node, 'commitDraft', { draft: name, message: 'Load' });
        // Another node than the one that committed stages it and puts it into production.
        const other = nodes[(n + 1) % nodes.length] ?? node;
        const released = { package: packageId, version: '1.0.0' };
        await send(other, 'stageRelease', released);
        await send(other, 'activateReleases', { releases: [released], reason: 'Load' });
        await send(node, 'deactivate', { packages: ['implementation_plan'], reason: 'Load' });
        await send(other, 'activateReleases', {
          releases: [{ package: 'implementation_plan', version: '1.0.0' }],
          reason: 'Load',
        });
      }
    };

    const load = nodes.map(promote);
    for (let kill = 0; kill < KILLS; kill++) {
      await pause(500 + Math.random() * 1_500);
      const victim = nodes[kill % nodes.length];
      await victim?.kill();
      await victim?.start();
      counts.kills += 1;
      if (kill % 3 !== 2) continue;
      await server.kill();
      await server.start();
      counts.serverKills += 1;
    }
    going = false;
    await Promise.all(load);

    // Everything comes to one end.
    const tips = (): string[] =>
      nodes.map(({ dataDirectory }) => git(join(dataDirectory, 'repository.git'), ['rev-parse', 'main']));
    const last = told
      .flatMap(({ position }) => position ?? [])
      .sort()
      .at(-1);
    const publishedAt = async ({ url }: KillableNode): Promise<string> =>
      ((await (await fetch(new URL('/readyz', url))).json()) as { publisher: { position: string } }).publisher.position;
    for (const node of nodes) await until(async () => (await publishedAt(node)) >= (last ?? ''), PATIENCE_MS);
    const [tip] = tips();
    expect(new Set(tips())).toEqual(new Set([tip]));
    await until(() => git(bare, ['rev-parse', 'main']) === tip, PATIENCE_MS);

    // What made a commit: it must be in every clone, and answered by every node, exactly once.
    const made = new Map<string, 'stage' | 'move'>();
    const reading = await openReading(nodes[0]?.dataDirectory ?? '');
    const making = new Map(told.map((command) => [commandOf(command), command]));
    for await (const { metadata, type, position } of reading.log.readAll()) {
      const command = making.get(metadata.commandId);
      if (command?.position !== position || command.operation === 'commitDraft') continue;
      expect(type).toBe(EVENT_OF[command.operation]);
      made.set(metadata.eventId, command.operation === 'stageRelease' ? 'stage' : 'move');
    }
    await reading.close();
    const acknowledgedMoves = told.filter(
      ({ operation, position }) => position !== null && operation !== 'commitDraft',
    );
    expect(made.size).toBe(acknowledgedMoves.length);
    const idsOf = (kind: 'stage' | 'move'): string[] => [...made].flatMap(([id, each]) => (each === kind ? [id] : []));
    for (const gitdir of [bare, ...nodes.map(({ dataDirectory }) => join(dataDirectory, 'repository.git'))]) {
      expect(notOnce([...made.keys()], eventsOnMain(gitdir))).toEqual([]);
    }
    for (const node of nodes) {
      const seen = { stage: await listOf(node, STAGINGS), move: await listOf(node, MOVES) };
      for (const kind of ['stage', 'move'] as const) expect(notOnce(idsOf(kind), seen[kind])).toEqual([]);
    }

    for (const { dataDirectory } of nodes) {
      const byCommand = new Map<string, string[]>();
      const reading = await openReading(dataDirectory);
      for await (const { metadata, position } of reading.log.readAll()) {
        byCommand.set(metadata.commandId, [...(byCommand.get(metadata.commandId) ?? []), position]);
      }
      await reading.close();
      const found = (command: Told): string[] => byCommand.get(commandOf(command)) ?? [];
      const acknowledged = told.filter(({ position }) => position !== null);
      expect(acknowledged.filter((command) => found(command)[0] !== command.position)).toEqual([]); // lost
      expect(told.filter((command) => found(command).length > 1)).toEqual([]); // twice
      expect(told.filter((command) => command.position === null && found(command).length > 0)).toEqual([]); // invented
      const { passed, checks, unpublished } = await verifyDataDirectory(dataDirectory);
      expect({ passed, unpublished, failed: checks.filter((check) => !check.passed) }).toEqual({
        passed: true,
        unpublished: 0,
        failed: [],
      });
    }
    const commits = { stagings: idsOf('stage').length, moves: idsOf('move').length };
    process.stdout.write(
      `three nodes: ${JSON.stringify({ ...counts, ...commits })}, 0 lost, 0 twice, main ${tip ?? ''} on each\n`,
    );
    expect(counts.acknowledged).toBeGreaterThan(KILLS);
  });
});

function commandOf({ operation, key }: Told): string {
  return commandIdOf('admin', operation, key, () => '');
}
