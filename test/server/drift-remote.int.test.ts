import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DriftAnswer } from '../../src/application';
import { DriftNotResolvable } from '../../src/domain';
import { MAIN_REF, type RefObservation } from '../../src/git';
import { adoptFiles } from '../../src/server/adopt-source';
import { type SlipwayNode, startNode } from '../../src/server/compose';
import { type Foundation, openFoundation } from '../../src/server/open-foundation';
import { BUNDLED_EXAMPLE } from '../../src/server/config';
import { createLog } from '../../src/server/log';
import { git, gitIsThere } from '../git/real-git';
import { expectRecomputed, foreigner, POINTER_FILE } from './support/foreign-work';

const REGISTER = join(__dirname, '..', 'support', 'register-ts.cjs');
const CONTEXT = { actor: { id: 'tom.moseley', name: 'Tom Moseley' }, correlationId: 'test' };
const described = gitIsThere ? describe : describe.skip;

described('what is seen of a remote (needs git)', () => {
  let directory: string;
  let foundation: Foundation;
  let node: SlipwayNode;
  let remote: string;
  /** What was seen of the remote when it was looked at last. */
  let observed: readonly RefObservation[] = [];

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'slipway-remote-'));
    const validation = { execArgv: ['--allow-addons', '-r', REGISTER], processes: 1, timeoutMs: 20_000 };
    foundation = await openFoundation(join(directory, 'data'), { validation });
    await adoptFiles(foundation, { directory: BUNDLED_EXAMPLE, layout: undefined });
    node = await startNode(foundation, {
      log: createLog('silent'),
      step: () => Promise.resolve(),
      elsewhere: [() => observed],
      lookEveryMs: 100,
    });
    remote = join(directory, 'remote.git');
    git(directory, ['clone', '--quiet', '--bare', foundation.gitdir, remote]);
  });
  afterAll(async () => {
    await node.stop();
    await foundation.close();
    rmSync(directory, { recursive: true });
  });

  const lookAtRemote = (ref = MAIN_REF): void => {
    git(foundation.gitdir, ['fetch', '--quiet', remote, `${ref}:refs/slipway/seen`, '--force']);
    observed = [{ place: 'remote', ref, oid: git(remote, ['rev-parse', ref]) }];
  };
  const at = (ref: string): string => git(foundation.gitdir, ['rev-parse', ref]);
  const drifts = (): Promise<readonly DriftAnswer[]> => node.application.drifts();
  const activate = (version: string) =>
    node.application.activateReleases(
      { releases: [{ package: 'project_discovery', version }], reason: 'test' },
      CONTEXT,
    );
  const stage = () => node.application.stageRelease({ package: 'project_discovery', version: '1.3.0' }, CONTEXT);
  const published = async (): Promise<void> => node.publisher.publishedUpTo((await foundation.store.head()) ?? '');

  it('says nothing of a remote that lags behind or has nothing yet', async () => {
    lookAtRemote();
    await stage();
    await activate('1.3.0');
    await published();
    expect(await drifts()).toEqual([]);
    observed = [{ place: 'remote', ref: MAIN_REF, oid: null }];
    expect(await drifts()).toEqual([]);
  });

  it('stops publishing for a foreign commit there, refuses to heal it by force, and adopts it under what was published since', async () => {
    const eve = foreigner(remote);
    const foreign = eve.push({
      [POINTER_FILE]: git(remote, ['show', `main:${POINTER_FILE}`]).replace('"technical_architecture": "1.0.0",', ''),
    });
    lookAtRemote();
    const [drift] = await drifts();
    expect(drift).toMatchObject({
      place: 'remote',
      ref: MAIN_REF,
      found: foreign,
      remedies: ['ADOPT'],
      stopsPublishing: true,
    });
    await activate('1.4.0');
    expect(node.publisher.status().stopped).toContain('on the remote');
    expect(node.publisher.status().stopped).not.toMatch(/heal|update-ref/); // neither helps there

    const heal = node.application.resolveDrift({ remedy: 'HEAL' }, CONTEXT);
    await expect(heal).rejects.toThrow(DriftNotResolvable);
    await expect(heal).rejects.toThrow('never forces');

    await node.application.resolveDrift({ remedy: 'ADOPT' }, CONTEXT);
    expect(await drifts()).toEqual([]);
    await published();
    const events = await expectRecomputed(join(directory, 'data'));
    expect(git(foundation.gitdir, ['log', '--format=%s', '--first-parent', `${foreign}..main`]).split('\n')).toEqual([
      'release: Activate project_discovery 1.4.0',
      'release: Activate project_discovery 1.3.0',
      'stage: Merge project_discovery 1.3.0',
    ]);
    const last = events.find((event) => event.type === 'Activated');
    const commit = at('main~1');
    expect(node.projections.publications.commitsOf([last?.metadata.eventId ?? ''])).toEqual([commit]);
    git(foundation.gitdir, ['push', '--quiet', remote, 'main']); // fast-forward: nothing was forced
  });

  it('goes on with a remote adoption that ended after main had been taken, before it was sealed', async () => {
    const eve = foreigner(remote);
    await activate('1.3.0');
    await published();
    const foreign = eve.push({ 'NOTES.md': 'Theirs\n' });
    lookAtRemote();
    git(foundation.gitdir, ['update-ref', MAIN_REF, foreign]);
    expect((await drifts()).map(({ place, kind }) => `${place} ${kind}`)).toEqual([
      'local REWRITTEN',
      'remote REWRITTEN',
    ]);
    await node.application.resolveDrift({ remedy: 'ADOPT' }, CONTEXT);
    expect(await drifts()).toEqual([]);
    await published();
    await expectRecomputed(join(directory, 'data'));
    expect(at('main~1')).toBe(foreign);
  });

  it('can say of a commit that was not fetched only that it is there', async () => {
    observed = [{ place: 'remote', ref: MAIN_REF, oid: '1234567890123456789012345678901234567890' }];
    expect(await drifts()).toMatchObject([{ kind: 'FOREIGN_COMMITS', commits: [] }]);
    await expect(node.application.resolveDrift({ remedy: 'ADOPT' }, CONTEXT)).rejects.toThrow(/Fetch it first/);
    observed = [];
    expect(await drifts()).toEqual([]);
  });
});
