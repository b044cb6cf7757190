import { digestOf } from '../../../src/eventstore';
import { gate, streamOf, temporaryLog } from '../streams/node-of-tests';
import { CONTEXT, pointerOn, REASON, refs, stagedReleases } from './pointer-of-tests';

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
