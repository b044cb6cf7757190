import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type RecordedEvent } from '../../src/domain';
import { gitIsThere } from '../git/real-git';
import { readLog } from './support/agreement';
import { discoveryDrafts, DISCOVERY, TASK } from './support/discovery-drafts';
import { driftOf } from './support/drift-of-tests';
import { expectRecomputed, expectVerified, type Foreigner, foreigner, POINTER_FILE } from './support/foreign-work';
import { slipwayOfFile } from './support/running-slipway';

const PLAN = 'implementation_plan';
const slipway = slipwayOfFile({ lookEveryMs: 100 });
const { edited, commit } = discoveryDrafts(slipway);
const { seen, resolve } = driftOf(slipway);

const at = (ref: string): string => slipway.git('rev-parse', ref);
const log = (): Promise<readonly RecordedEvent[]> => readLog(slipway.dataDirectory);
const described = gitIsThere ? describe : describe.skip;

described('foreign commits are adopted (needs git)', () => {
  let eve: Foreigner;
  beforeAll(async () => {
    eve = foreigner(join(slipway.dataDirectory, 'repository.git'));
    const { version } = await commit(await edited());
    await slipway.commands.stage({ package: DISCOVERY, version });
    await slipway.published();
  });

  /** Files of a new release of the plan, as somebody copies a directory. */
  const planRelease = (version: string): Record<string, string> => {
    const from = join(eve.directory, 'document_types', PLAN, 'releases', '1.0.0');
    const files = ['package.yaml', 'prompts/task.prompt.txt', 'schemas/output.schema.json'];
    return Object.fromEntries(
      files.map((file) => [
        `document_types/${PLAN}/releases/${version}/${file}`,
        readFileSync(join(from, file), 'utf8').replace('version: 1.0.0', `version: ${version}`),
      ]),
    );
  };
  const pointer = (versions: Readonly<Record<string, string>>): Record<string, string> => {
    const map = JSON.parse(slipway.git('show', `main:${POINTER_FILE}`)) as Record<string, string>;
    return { [POINTER_FILE]: `${JSON.stringify({ ...map, ...versions }, null, 2)}\n` };
  };
  const drifted = async (kind: string): Promise<void> => {
    expect((await seen()).map((drift) => drift.kind)).toEqual([kind]);
  };

  it('states only what they changed, leaves out what a waiting event has moved, and renders that on top', async () => {
    const before = await log();
    const ours = at('main');
    const guardrails = 'guardrails:\n  - { id: no-zebra, pattern: zebra, message: No zebras. }\n';
    const foreign = eve.push({
      ...planRelease('1.1.0'),
      ...pointer({ [PLAN]: '1.1.0', [DISCOVERY]: '1.3.0' }),
      'slipway.yaml': guardrails,
    });
    await drifted('POINTER_EDITED');
    await slipway.commands.activate({ [DISCOVERY]: '1.4.1' });
    await resolve('ADOPT', { reason: 'It was agreed' });
    await expectVerified(slipway.dataDirectory); // published or still waiting
    expect(await seen()).toEqual([]);
    await slipway.published();

    const events = (await expectRecomputed(slipway.dataDirectory)).slice(before.length);
    expect(events.map(({ type }) => type)).toEqual([
      'Activated',
      'ReleaseAdopted',
      'PointerAdopted',
      'DriftResolved',
      'Adopted',
    ]);
    const [, release, moved, resolved, adopted] = events;
    expect(release).toMatchObject({ data: { package: PLAN, version: '1.1.0', commit: foreign } });
    expect(moved).toMatchObject({
      data: { commit: foreign, changes: [{ package: PLAN, fromVersion: '1.0.0', toVersion: '1.1.0' }] },
    });
    expect(resolved).toMatchObject({
      metadata: { actor: { id: 'admin' } },
      data: { remedy: 'adopt', place: 'local', expected: ours, found: foreign, reason: 'It was agreed' },
    });
    const staged = before.findLast(({ type }) => type === 'Staged');
    expect(adopted).toMatchObject({ data: { commit: foreign, previousEventId: staged?.metadata.eventId } });
    expect(at('main~1')).toBe(foreign);
    const { activeReleases } = await slipway.ask('{ activeReleases { pointer } }');
    expect(activeReleases.pointer).toMatchObject({ [PLAN]: '1.1.0', [DISCOVERY]: '1.4.1' });
    expect(JSON.parse(slipway.git('show', `main:${POINTER_FILE}`))).toEqual(activeReleases.pointer);
  });

  it('puts the guardrails that were found there in force', async () => {
    const draft = await edited();
    await slipway.commands.save(draft, [{ path: TASK, content: 'Look for the zebra.\n' }]);
    const { version } = await commit(draft, { changeType: 'MAJOR' });
    const { staged, report } = await slipway.commands.stage({ package: DISCOVERY, version });
    expect(staged).toBe(false);
    expect(report.findings).toMatchObject([{ rule: 'guardrail-error', path: TASK }]);
    await slipway.commands.abandon(draft);
  });

  it('goes on after adoptions in a row, and releases that came with one are locked and can be moved to', async () => {
    for (const version of ['1.2.0', '1.3.0']) {
      const foreign = eve.push(planRelease(version));
      await drifted('FOREIGN_COMMITS');
      await resolve('ADOPT');
      expect((await log()).at(-1)).toMatchObject({ type: 'Adopted', data: { commit: foreign } });
    }
    await slipway.commands.stage({ package: PLAN, version: '1.3.0' });
    await slipway.commands.activate({ [PLAN]: '1.3.0' });
    await slipway.commands.rollback({ package: PLAN });
    await slipway.published();
    await expectRecomputed(slipway.dataDirectory);
  });

  it('does not take a copy of one of our commits for that commit, also when the read models are made anew', async () => {
    await slipway.commands.activate({ [PLAN]: '1.3.0' });
    await slipway.published();
    const commits = async (): Promise<unknown> =>
      (await slipway.ask('{ activations { nodes { id commit } } }')).activations;
    const before = await commits();
    const ours = at('main');
    eve.git('fetch', '--quiet', 'origin');
    eve.git('checkout', '--quiet', '--detach', 'origin/main');
    eve.git('revert', '--no-edit', ours);
    eve.git('cherry-pick', ours); // with the trailers of its event
    eve.git('push', '--quiet', 'origin', 'HEAD:refs/heads/main');
    await drifted('POINTER_EDITED');
    await resolve('ADOPT');
    expect(await commits()).toEqual(before);
    await slipway.restart(() => rmSync(join(slipway.dataDirectory, 'read-model.db')));
    expect(await commits()).toEqual(before);
    await expectRecomputed(slipway.dataDirectory);
  });

  const refusals: readonly [what: string, deed: () => unknown, why: RegExp][] = [
    [
      'changed a locked release',
      () => eve.push({ [`document_types/${DISCOVERY}/releases/1.4.1/${TASK}`]: 'Other\n' }),
      /1\.4\.1 was changed/,
    ],
    [
      'removed a locked release',
      () => eve.push({ [`document_types/${DISCOVERY}/releases/1.3.0`]: null }),
      /1\.3\.0 is not at/,
    ],
    ['broke the pointer file', () => eve.push({ [POINTER_FILE]: '{' }), /pointer file cannot be read/],
    ['removed the pointer file', () => eve.push({ [POINTER_FILE]: null }), /is not there any more/],
    ['broke slipway.yaml', () => eve.push({ 'slipway.yaml': 'guardrails: 1\n' }), /slipway\.yaml/],
    [
      'merged main into their own history',
      () => {
        eve.git('fetch', '--quiet', 'origin');
        eve.git('checkout', '--quiet', '--detach', 'origin/main~1');
        eve.git('commit', '--quiet', '--allow-empty', '-m', 'Mine');
        eve.git('merge', '--quiet', '--no-ff', '-m', 'Merge main', 'origin/main');
        eve.git('push', '--quiet', 'origin', 'HEAD:refs/heads/main');
      },
      /first parent/,
    ],
  ];
  it.each(refusals)('refuses a commit that %s, writes nothing, and it can be quarantined', async (_, deed, why) => {
    const before = await log();
    const ours = at('main');
    deed();
    expect(await seen()).toHaveLength(1);
    await expect(resolve('ADOPT')).rejects.toMatchObject({
      code: 'DRIFT_NOT_RESOLVABLE',
      message: expect.stringMatching(why) as string,
    });
    expect(await log()).toEqual(before);
    expect(await resolve('QUARANTINE')).toHaveLength(1);
    expect(at('main')).toBe(ours);
    expect(await seen()).toEqual([]);
    await expectVerified(slipway.dataDirectory);
  });
});
