import { digestOf } from '../../../src/eventstore';
import { gate, streamOf, temporaryLog } from '../streams/node-of-tests';
import { CONTEXT, pointerOn, REASON, recordRelease, refs, stagedReleases } from './pointer-of-tests';

const log = temporaryLog();

async function started(...releases: string[]) {
  const store = log.open();
  await stagedReleases(store, ...releases);
  const pointer = pointerOn(store);
  const activate = (names: string[], plan: string | null = null) =>
    pointer.activateReleases({ releases: refs(...names), reason: REASON, plan }, CONTEXT);
  return { store, pointer, activate };
}

describe('a dry run', () => {
  it('shows what the act then does, and writes nothing', async () => {
    const { store, pointer, activate } = await started('a 1.0.0', 'a 1.1.0 from 1.0.0', 'b 1.0.0 requires a');
    await activate(['a 1.0.0', 'b 1.0.0']);
    const plan = await pointer.planActivation(refs('a 1.1.0'));
    expect(plan).toMatchObject({
      ok: true,
      blockers: [],
      warnings: [],
      affected: ['b'],
      pointer: { a: '1.1.0', b: '1.0.0' },
    });
    expect(await streamOf(store)).toHaveLength(1);
    const done = await activate(['a 1.1.0'], plan.id);
    expect(done.move).toMatchObject({ changes: plan.changes, planDigest: plan.id });
    expect(done.pointer).toEqual(plan.pointer);
  });

  it('lists blockers and warnings instead of raising them', async () => {
    const { pointer, activate } = await started('a 1.0.0', 'a 1.1.0', 'b 1.0.0 requires x');
    await activate(['a 1.0.0']);
    const plan = await pointer.planActivation(refs('a 1.1.0', 'b 1.0.0', 'c 1.0.0'));
    expect(plan.ok).toBe(false);
    expect(plan.blockers.map(({ code }) => code)).toEqual(['PACKAGE_NOT_FOUND', 'DEPENDENCY_NOT_ACTIVE']);
    expect(plan.warnings.map(({ code }) => code)).toEqual(['NOT_BASED_ON_ACTIVE']);
    expect((await pointer.planRollback({ package: 'a' })).blockers).toMatchObject([{ code: 'NOT_PREVIOUSLY_ACTIVE' }]);
    expect((await pointer.planDeactivation(['b'])).blockers).toMatchObject([{ code: 'NOT_ACTIVE' }]);
  });

  it('follows the bases of a release before it warns of what would be undone', async () => {
    const { pointer, activate } = await started(
      'a 1.0.0',
      'a 1.1.0 from 1.0.0',
      'a 1.2.0 from 1.1.0',
      'a 1.0.1 from 1.0.0',
    );
    await activate(['a 1.0.0']);
    expect((await pointer.planActivation(refs('a 1.2.0'))).warnings).toEqual([]);
    await activate(['a 1.2.0']);
    expect((await pointer.planActivation(refs('a 1.0.1'))).warnings).toMatchObject([{ code: 'NOT_BASED_ON_ACTIVE' }]);
  });

  it('keeps no move waiting, and plans on the pointer as it was when it was asked', async () => {
    const store = log.open();
    await stagedReleases(store, 'a 1.0.0', 'a 1.1.0 from 1.0.0', 'a 1.2.0 from 1.1.0');
    const door = gate();
    const pointer = pointerOn(store, {
      contentLock: async (_id, _version, _tree, reading) => {
        if (reading === 'remembered') await door.wait();
        return 'ok';
      },
    });
    const activate = (name: string) => pointer.activateReleases({ releases: refs(name), reason: REASON }, CONTEXT);
    for (const name of ['a 1.0.0', 'a 1.1.0', 'a 1.2.0']) await activate(name);
    const plans = Promise.all([pointer.planRollback({ package: 'a' }), pointer.planActivation(refs('a 1.0.0'))]);
    await door.reached;
    await expect(pointer.rollback({ package: 'a', reason: REASON }, CONTEXT)).resolves.toMatchObject({
      pointer: { a: '1.1.0' },
    });
    door.open();
    const change = { package: 'a', fromVersion: '1.2.0' };
    expect(await plans).toMatchObject([
      { changes: [{ ...change, toVersion: '1.1.0' }] },
      { changes: [{ ...change, toVersion: '1.0.0' }] },
    ]);
  });

  it('of reverting a set shows every member', async () => {
    const { pointer, activate } = await started('a 1.0.0', 'b 1.0.0');
    const { eventId } = await activate(['a 1.0.0', 'b 1.0.0']);
    expect(await pointer.planRollbackActivation(eventId)).toMatchObject({ ok: true, pointer: {} });
  });
});

describe('the id of a plan', () => {
  it('is the digest of its sorted changes', async () => {
    const { pointer } = await started('a 1.0.0', 'b 1.0.0');
    const { id } = await pointer.planActivation(refs('b 1.0.0', 'a 1.0.0'));
    expect(id).toBe(
      digestOf([
        { package: 'a', fromVersion: null, toVersion: '1.0.0', tree: 'tree-a-1.0.0' },
        { package: 'b', fromVersion: null, toVersion: '1.0.0', tree: 'tree-b-1.0.0' },
      ]),
    );
  });

  it('is not outdated by moves of other packages', async () => {
    const { pointer, activate } = await started('a 1.0.0', 'b 1.0.0');
    const { id } = await pointer.planActivation(refs('a 1.0.0'));
    await activate(['b 1.0.0']);
    await expect(activate(['a 1.0.0'], id)).resolves.toMatchObject({ pointer: { a: '1.0.0', b: '1.0.0' } });
  });

  it('is outdated when its package has moved', async () => {
    const { pointer, activate } = await started('a 1.0.0', 'a 1.1.0 from 1.0.0', 'a 1.2.0 from 1.1.0');
    await activate(['a 1.0.0']);
    const { id } = await pointer.planActivation(refs('a 1.2.0'));
    await activate(['a 1.1.0']);
    await expect(activate(['a 1.2.0'], id)).rejects.toMatchObject({
      code: 'PLAN_OUTDATED',
      data: { expectedPlan: id },
    });
  });

  it('holds a second click on a rollback back, so that it moves once', async () => {
    const { pointer, activate } = await started('a 1.0.0', 'a 1.1.0 from 1.0.0', 'a 1.2.0 from 1.1.0');
    for (const name of ['a 1.0.0', 'a 1.1.0', 'a 1.2.0']) await activate([name]);
    const { id: plan } = await pointer.planRollback({ package: 'a' });
    const click = () => pointer.rollback({ package: 'a', reason: REASON, plan }, CONTEXT);
    await expect(click()).resolves.toMatchObject({ pointer: { a: '1.1.0' } });
    await expect(click()).rejects.toMatchObject({ code: 'PLAN_OUTDATED' });
  });

  it('holds an overridden rollback as well', async () => {
    const names = ['a 1.0.0 requires x', 'a 1.1.0 from 1.0.0 requires x', 'a 1.2.0 from 1.1.0', 'x 1.0.0'];
    const { pointer, activate } = await started(...names);
    await activate(['x 1.0.0', 'a 1.0.0']);
    for (const name of ['a 1.1.0', 'a 1.2.0']) await activate([name]);
    await pointer.deactivate({ packages: ['x'], reason: REASON }, CONTEXT);

    const { id: plan, blockers } = await pointer.planRollback({ package: 'a' });
    expect(blockers).toMatchObject([{ code: 'DEPENDENCY_NOT_ACTIVE' }]);
    const override = ['DEPENDENCY_NOT_ACTIVE'] as const;
    const click = () => pointer.rollback({ package: 'a', reason: REASON, plan, override }, CONTEXT);
    await expect(click()).resolves.toMatchObject({ pointer: { a: '1.1.0' }, move: { overrides: override } });
    await expect(click()).rejects.toMatchObject({ code: 'PLAN_OUTDATED' });
  });
});

describe('a dry run that dependencies block', () => {
  const CHAIN = ['a 1.0.0 requires b', 'b 1.0.0 requires c', 'b 0.9.0 requires x', 'c 1.0.0', 'c 1.1.0 from 1.0.0'];

  it('names the smallest set that makes it safe, and the act names the same; activating it passes', async () => {
    const { pointer, activate } = await started(...CHAIN);
    const plan = await pointer.planActivation(refs('a 1.0.0'));
    const remedy = [
      { packageId: 'b', version: '1.0.0' },
      { packageId: 'c', version: '1.1.0' },
    ];
    const unblock = 'Also activate b 1.0.0 and c 1.1.0 in the same move.';
    expect(plan).toMatchObject({ ok: false, remedy, blockers: [{ code: 'DEPENDENCY_NOT_ACTIVE', unblock }] });
    const refused = { code: 'DEPENDENCY_NOT_ACTIVE', data: { blockers: plan.blockers, remedy } };
    await expect(activate(['a 1.0.0'])).rejects.toMatchObject(refused);
    const whole = ['a 1.0.0', ...remedy.map(({ packageId, version }) => `${packageId} ${version}`)];
    expect(await pointer.planActivation(refs(...whole))).toMatchObject({ ok: true, remedy: [], blockers: [] });
    await expect(activate(whole)).resolves.toMatchObject({ pointer: { a: '1.0.0', b: '1.0.0', c: '1.1.0' } });
  });

  it('names what to activate before a deactivation and a rollback; then they pass', async () => {
    const names = ['b 1.0.0', 'c 1.0.0 requires b', 'c 1.1.0 from 1.0.0 requires d', 'd 1.0.0', 'c 2.0.0 requires b'];
    const { pointer, activate } = await started(...names);
    await activate(['b 1.0.0']);
    await activate(['c 1.0.0']);
    const remedy = [
      { packageId: 'c', version: '1.1.0' },
      { packageId: 'd', version: '1.0.0' },
    ];
    const leaving = await pointer.planDeactivation(['b']);
    const unblock = 'Activate c 1.1.0 and d 1.0.0 first, or deactivate c together with it.';
    expect(leaving).toMatchObject({ ok: false, remedy, blockers: [{ code: 'REQUIRED_BY_ACTIVE_RELEASE', unblock }] });
    const deactivate = () => pointer.deactivate({ packages: ['b'], reason: REASON }, CONTEXT);
    await expect(deactivate()).rejects.toMatchObject({ data: { blockers: leaving.blockers, remedy } });
    await activate(['c 1.1.0', 'd 1.0.0']);
    await expect(deactivate()).resolves.toMatchObject({ pointer: { c: '1.1.0', d: '1.0.0' } });

    const back = { package: 'c', toVersion: '1.0.0' };
    const first = [{ packageId: 'b', version: '1.0.0' }];
    expect(await pointer.planRollback(back)).toMatchObject({
      remedy: first,
      blockers: [{ unblock: 'Activate b 1.0.0 first.' }],
    });
    await activate(['b 1.0.0']);
    await expect(pointer.rollback({ ...back, reason: REASON }, CONTEXT)).resolves.toMatchObject({
      pointer: { c: '1.0.0' },
    });
  });

  it('offers what is staged or was active before, and neither what is only adopted nor what is only committed', async () => {
    const { store, pointer, activate } = await started('a 1.0.0 requires b', 'a 1.1.0 from 1.0.0');
    await recordRelease(store, 'b 1.0.0', ['ReleaseAdopted']);
    await recordRelease(store, 'c 1.0.0 requires b', ['Committed', 'Staged']);
    const lacking = 'Stage a release of b, which has none that can be activated, and activate it in the same move.';
    expect(await pointer.planActivation(refs('c 1.0.0'))).toMatchObject({
      remedy: null,
      blockers: [{ unblock: lacking }],
    });
    await recordRelease(store, 'b 1.0.0', ['Staged']);
    expect((await pointer.planActivation(refs('c 1.0.0'))).remedy).toEqual([{ packageId: 'b', version: '1.0.0' }]);
    await recordRelease(store, 'b 2.0.0', ['Committed']);
    expect((await pointer.planActivation(refs('c 1.0.0'))).remedy).toEqual([{ packageId: 'b', version: '1.0.0' }]);
    await activate(['b 1.0.0', 'c 1.0.0']);
    await pointer.deactivate({ packages: ['b', 'c'], reason: REASON }, CONTEXT);
    expect((await pointer.planActivation(refs('c 1.0.0'))).remedy).toEqual([{ packageId: 'b', version: '1.0.0' }]);
  });

  it('says which package has to be staged first where no set is safe', async () => {
    const { pointer } = await started(
      'a 1.0.0 requires b',
      'b 1.0.0 requires c, d',
      'd 1.0.0 requires e',
      'b 1.1.0-rc.1',
    );
    expect(await pointer.planActivation(refs('a 1.0.0'))).toMatchObject({
      remedy: null,
      blockers: [{ unblock: 'Stage releases of c and e first: b cannot be activated without.' }],
    });
  });

  it('has no remedy where something else stands against it too, and says the rest', async () => {
    const { pointer } = await started('a 1.0.0 requires b', 'b 1.0.0', 'c 1.0.0-rc.1');
    expect(await pointer.planActivation(refs('a 1.0.0', 'c 1.0.0-rc.1'))).toMatchObject({
      remedy: null,
      blockers: [
        { code: 'PRERELEASE_NOT_ACTIVATABLE' },
        { unblock: 'Activate a release of b, with all it requires, before it or in the same move.' },
      ],
    });
  });

  it('passes over a release whose content is damaged, and asks about no other than it would name', async () => {
    const store = log.open();
    await stagedReleases(store, 'a 1.0.0 requires b', 'b 1.0.0', 'b 1.1.0', 'b 1.2.0', 'x 1.0.0');
    const asked: string[] = [];
    const pointer = pointerOn(store, {
      contentLock: (id, version) => {
        asked.push(`${id} ${version}`);
        return Promise.resolve(version === '1.2.0' ? 'changed' : 'ok');
      },
    });
    expect((await pointer.planActivation(refs('a 1.0.0'))).remedy).toEqual([{ packageId: 'b', version: '1.1.0' }]);
    expect(asked).toEqual(['a 1.0.0', 'b 1.2.0', 'b 1.1.0']);
  });

  it('is told of what was staged since, by another node too', async () => {
    const { store, pointer } = await started('a 1.0.0 requires b');
    expect((await pointer.planActivation(refs('a 1.0.0'))).remedy).toBeNull();
    await stagedReleases(store, 'b 1.0.0');
    expect((await pointer.planActivation(refs('a 1.0.0'))).remedy).toEqual([{ packageId: 'b', version: '1.0.0' }]);
  });
});

describe('a dry run that nothing about dependencies blocks', () => {
  it('reads nothing for a remedy', async () => {
    const store = log.open();
    await stagedReleases(store, 'a 1.0.0', 'b 1.0.0-rc.1');
    const asked: string[] = [];
    const pointer = pointerOn(store, {
      catalog: {
        lockedReleases: () => {
          asked.push('catalog');
          return Promise.resolve(() => []);
        },
      },
    });
    expect((await pointer.planActivation(refs('a 1.0.0'))).remedy).toEqual([]);
    expect((await pointer.planActivation(refs('b 1.0.0-rc.1'))).remedy).toBeNull();
    expect(asked).toEqual([]);
  });
});

describe('the versions that workflows run with', () => {
  const NAMES = ['workflows/w 1.0.0', 'workflows/w 1.1.0 from 1.0.0', 'a 1.0.0'];

  it('keep no move waiting, and are never asked about by one', async () => {
    const store = log.open();
    await stagedReleases(store, ...NAMES);
    const door = gate();
    let asked = 0;
    const pointer = pointerOn(store, {
      readPins: async (releases) => {
        asked += 1;
        await door.wait();
        return releases.map(() => null);
      },
    });
    const activate = (...names: string[]) =>
      pointer.activateReleases({ releases: refs(...names), reason: REASON }, CONTEXT);
    await activate('workflows/w 1.0.0', 'a 1.0.0');
    await activate('workflows/w 1.1.0');
    expect(asked).toBe(0);
    const plan = pointer.planDeactivation(['a']);
    await door.reached;
    await expect(pointer.rollback({ package: 'workflows/w', reason: REASON }, CONTEXT)).resolves.toMatchObject({
      pointer: { 'workflows/w': '1.0.0' },
    });
    await pointer.deactivate({ packages: ['workflows/w'], reason: REASON }, CONTEXT);
    door.open();
    expect(await plan).toMatchObject({
      ok: true,
      warnings: [{ code: 'PINNED_VERSIONS_UNKNOWN', packageId: 'workflows/w' }],
    });
    expect(asked).toBe(1);
  });

  it('are read of nothing where no workflow would be active, or nothing would change', async () => {
    const store = log.open();
    await stagedReleases(store, ...NAMES);
    const asked: string[] = [];
    const pointer = pointerOn(store, {
      readPins: (releases) => {
        asked.push(...releases.map(({ package: id, version }) => `${id} ${version}`));
        return Promise.resolve(releases.map(() => []));
      },
    });
    await pointer.planActivation(refs('a 1.0.0'));
    await pointer.activateReleases({ releases: refs('workflows/w 1.0.0'), reason: REASON }, CONTEXT);
    await pointer.planDeactivation(['workflows/w']);
    await pointer.planDeactivation(['a']);
    expect(asked).toEqual([]);
    await pointer.planActivation(refs('workflows/w 1.1.0'));
    expect(asked).toEqual(['workflows/w 1.1.0']);
  });
});

describe('a refused move', () => {
  it('keeps no other waiting while it looks for what would help', async () => {
    const store = log.open();
    await stagedReleases(store, 'a 1.0.0 requires b', 'c 1.0.0');
    const door = gate();
    const pointer = pointerOn(store, {
      catalog: { lockedReleases: () => door.wait().then(() => () => []) },
    });
    const activate = (name: string) => pointer.activateReleases({ releases: refs(name), reason: REASON }, CONTEXT);
    const refused = activate('a 1.0.0').catch((error: unknown) => error);
    await door.reached;
    await expect(activate('c 1.0.0')).resolves.toMatchObject({ pointer: { c: '1.0.0' } });
    door.open();
    expect(await refused).toMatchObject({ code: 'DEPENDENCY_NOT_ACTIVE' });
  });

  it('is told only of what was not lifted', async () => {
    const { pointer, activate } = await started(
      'a 1.0.0 requires b',
      'a 1.1.0 from 1.0.0 requires b',
      'a 1.2.0 from 1.1.0',
      'b 1.0.0',
    );
    await activate(['a 1.0.0', 'b 1.0.0']);
    await activate(['a 1.2.0']);
    await pointer.deactivate({ packages: ['b'], reason: REASON }, CONTEXT);
    const back = { package: 'a', reason: REASON, override: ['REQUIRED_BY_ACTIVE_RELEASE'] as const };
    await expect(pointer.rollback(back, CONTEXT)).rejects.toMatchObject({
      data: { blockers: [{ unblock: 'Activate b 1.0.0 first.' }], remedy: [{ packageId: 'b', version: '1.0.0' }] },
    });
    const lifted = { ...back, override: ['DEPENDENCY_NOT_ACTIVE'] as const };
    await expect(pointer.rollback(lifted, CONTEXT)).resolves.toMatchObject({ pointer: { a: '1.0.0' } });
  });
});

describe('a dry run after the rules have changed', () => {
  const later = { rulesetInForce: () => Promise.resolve('the rules of today') };
  const inShort = (plan: {
    readonly warnings: readonly { readonly code: string; readonly packageId: string | null }[];
  }) => plan.warnings.map(({ code, packageId }) => `${code} ${packageId ?? ''}`);

  it('warns of each member that was staged under others, and of none that is adopted, leaves or is refused', async () => {
    const { store, activate } = await started('a 1.0.0', 'b 1.0.0', 'a 1.1.0 from 1.0.0', 'c 1.0.0-rc.1');
    await recordRelease(store, 'd 1.0.0', ['ReleaseAdopted']);
    const pointer = pointerOn(store, later);
    const plan = await pointer.planActivation(refs('b 1.0.0', 'a 1.0.0', 'c 1.0.0-rc.1'));
    expect(inShort(plan)).toEqual(['RULES_CHANGED_SINCE_STAGING a', 'RULES_CHANGED_SINCE_STAGING b']);
    expect(plan.warnings[0]).toMatchObject({
      message: 'a 1.0.0 was staged under other rules than those in force now.',
      unblock: expect.stringContaining('Start a draft from 1.0.0') as string,
    });
    await activate(['a 1.0.0', 'b 1.0.0']);
    const { eventId } = await activate(['a 1.1.0']);
    expect(inShort(await pointer.planRollback({ package: 'a' }))).toEqual(['RULES_CHANGED_SINCE_STAGING a']);
    expect(inShort(await pointer.planRollbackActivation(eventId))).toEqual(['RULES_CHANGED_SINCE_STAGING a']);
    expect(inShort(await pointer.planDeactivation(['a']))).toEqual([]);
    expect((await pointer.planActivation(refs('d 1.0.0'))).warnings).toEqual([]);
  });

  it('does not warn under the rules that a release was staged under', async () => {
    const { pointer } = await started('a 1.0.0');
    expect((await pointer.planActivation(refs('a 1.0.0'))).warnings).toEqual([]);
  });

  it('blocks nothing: neither the plan nor any move asks for the rules', async () => {
    const { store, activate } = await started('a 1.0.0', 'a 1.1.0 from 1.0.0');
    await activate(['a 1.0.0']);
    const pointer = pointerOn(store, { rulesetInForce: () => Promise.reject(new Error('no rules can be read')) });
    const move = { releases: refs('a 1.1.0'), reason: REASON };
    await expect(pointer.activateReleases(move, CONTEXT)).resolves.toMatchObject({ pointer: { a: '1.1.0' } });
    await expect(pointer.rollback({ package: 'a', reason: REASON }, CONTEXT)).resolves.toMatchObject({
      pointer: { a: '1.0.0' },
    });
    const plan = await pointerOn(store, later).planActivation(refs('a 1.1.0'));
    expect(plan).toMatchObject({ ok: true, blockers: [] });
    const act = pointerOn(store, later).activateReleases({ ...move, plan: plan.id }, CONTEXT);
    await expect(act).resolves.toMatchObject({ pointer: { a: '1.1.0' } });
  });
});
