import { Unavailable } from '../../../src/domain';
import { streamOf, temporaryLog } from '../streams/node-of-tests';
import { CONTEXT, pointerOn, REASON, refs, stagedReleases } from './pointer-of-tests';

const log = temporaryLog();

async function started(...releases: string[]) {
  const store = log.open();
  await stagedReleases(store, ...releases);
  const pointer = pointerOn(store);
  const activate = (...names: string[]) =>
    pointer.activateReleases({ releases: refs(...names), reason: REASON }, CONTEXT);
  return { store, pointer, activate };
}

describe('moving the pointer', () => {
  it('activates a set as one event and answers with the whole map after it', async () => {
    const { store, activate } = await started('b 1.0.0 requires a', 'a 1.0.0', 'roles/x 2.0.0');
    const answer = await activate('roles/x 2.0.0', 'b 1.0.0', 'a 1.0.0');
    const [event, ...others] = await streamOf(store);
    expect(others).toEqual([]);
    expect(answer).toMatchObject({
      eventId: event?.metadata.eventId,
      position: event?.position,
      revision: 0,
      type: 'Activated',
      actor: CONTEXT.actor,
      move: { reason: REASON, planDigest: null, overrides: [] },
      pointer: { a: '1.0.0', b: '1.0.0', 'roles/x': '2.0.0' },
    });
    expect(answer.move.changes.map((change) => change.package)).toEqual(['a', 'b', 'roles/x']);
    expect(answer.move.changes[1]).toEqual({
      package: 'b',
      fromVersion: null,
      toVersion: '1.0.0',
      tree: 'tree-b-1.0.0',
      requires: ['a'],
    });
  });

  it('goes back step by step, forward by activating again, and out by deactivating', async () => {
    const { store, pointer, activate } = await started('a 1.0.0', 'a 1.1.0 from 1.0.0', 'a 1.2.0 from 1.1.0');
    for (const release of ['a 1.0.0', 'a 1.1.0', 'a 1.2.0']) await activate(release);
    const back = () => pointer.rollback({ package: 'a', reason: REASON }, CONTEXT);
    expect((await back()).pointer).toEqual({ a: '1.1.0' });
    expect((await back()).pointer).toEqual({ a: '1.0.0' });
    await expect(back()).rejects.toMatchObject({ code: 'NOT_PREVIOUSLY_ACTIVE' });
    expect((await activate('a 1.2.0')).pointer).toEqual({ a: '1.2.0' });
    const { pointer: map } = await pointer.deactivate({ packages: ['a'], reason: REASON }, CONTEXT);
    expect(map).toEqual({});
    expect((await streamOf(store)).map((event) => event.type)).toEqual([
      'Activated',
      'Activated',
      'Activated',
      'RolledBack',
      'RolledBack',
      'Activated',
      'Deactivated',
    ]);
  });

  it('reverts a whole activation as one event', async () => {
    const { pointer, activate } = await started('a 1.0.0', 'a 1.1.0 from 1.0.0', 'b 1.0.0');
    await activate('a 1.0.0');
    const { eventId } = await activate('a 1.1.0', 'b 1.0.0');
    const answer = await pointer.rollbackActivation({ activation: eventId, reason: REASON }, CONTEXT);
    expect(answer).toMatchObject({ type: 'RolledBack', pointer: { a: '1.0.0' } });
    const again = pointer.rollbackActivation({ activation: eventId, reason: REASON }, CONTEXT);
    await expect(again).rejects.toMatchObject({ code: 'PLAN_OUTDATED' });
  });

  it('is refused with every blocker, and writes nothing', async () => {
    const { store, activate } = await started('a 1.0.0 requires x', 'b 1.0.0-rc.1');
    await expect(activate('b 1.0.0-rc.1', 'a 1.0.0', 'c 1.0.0', 'a2 1.0.0')).rejects.toMatchObject({
      code: 'PRERELEASE_NOT_ACTIVATABLE',
      data: {
        blockers: [
          { code: 'PRERELEASE_NOT_ACTIVATABLE', packageId: 'b' },
          { code: 'PACKAGE_NOT_FOUND', packageId: 'c' },
          { code: 'PACKAGE_NOT_FOUND', packageId: 'a2' },
          { code: 'DEPENDENCY_NOT_ACTIVE', packageId: 'a' },
        ],
      },
    });
    expect(await streamOf(store)).toEqual([]);
  });

  it('asks for the content of what it moves to, and moves only where that is locked', async () => {
    const store = log.open();
    await stagedReleases(store, 'a 1.0.0', 'a 1.1.0 from 1.0.0');
    const asked: string[] = [];
    let fact: 'ok' | 'changed' = 'ok';
    const contentLock = (id: string, version: string) => {
      asked.push(`${id} ${version}`);
      return Promise.resolve(fact);
    };
    const pointer = pointerOn(store, { contentLock });
    for (const name of ['a 1.0.0', 'a 1.1.0']) {
      await pointer.activateReleases({ releases: refs(name), reason: REASON }, CONTEXT);
    }
    fact = 'changed';
    const back = pointer.rollback({ package: 'a', reason: REASON }, CONTEXT);
    await expect(back).rejects.toMatchObject({ code: 'CONTENT_CHANGED' });
    expect(asked).toEqual(['a 1.0.0', 'a 1.1.0', 'a 1.0.0']);
  });

  it('answers when its event is projected', async () => {
    const store = log.open();
    await stagedReleases(store, 'a 1.0.0');
    const seen: string[] = [];
    const pointer = pointerOn(store, { projected: (position) => Promise.resolve(void seen.push(position)) });
    const answer = await pointer.activateReleases({ releases: refs('a 1.0.0'), reason: REASON }, CONTEXT);
    expect(seen).toEqual([answer.position]);
  });

  it('gives a retry the answer of that moment, though the same would be refused now', async () => {
    const { pointer } = await started('a 1.0.0', 'b 1.0.0');
    const input = { releases: refs('a 1.0.0'), reason: REASON, idempotencyKey: 'k' };
    const first = await pointer.activateReleases(input, CONTEXT);
    await pointer.activateReleases({ releases: refs('b 1.0.0'), reason: REASON }, CONTEXT);
    expect(await pointer.activateReleases(input, CONTEXT)).toEqual(first);
  });

  it('is unavailable before a repository was adopted, to acts and to dry runs', async () => {
    const requireAdopted = () => Promise.reject(new Unavailable('not yet'));
    const pointer = pointerOn(log.open(), { requireAdopted });
    const act = pointer.activateReleases({ releases: refs('a 1.0.0'), reason: REASON }, CONTEXT);
    await expect(act).rejects.toThrow(Unavailable);
    await expect(pointer.planActivation(refs('a 1.0.0'))).rejects.toThrow(Unavailable);
  });
});

describe('two nodes that move the same package at the same moment', () => {
  async function crossing({ planned }: { readonly planned: boolean }) {
    const store = log.open();
    await stagedReleases(store, 'a 1.0.0', 'a 1.1.0', 'a 1.2.0 from 1.1.0');
    const there = pointerOn(store);
    const plan = planned ? (await there.planActivation(refs('a 1.2.0'))).id : null;
    let first = true;
    const contentLock = async () => {
      if (first) {
        first = false;
        await there.activateReleases({ releases: refs('a 1.1.0'), reason: REASON }, CONTEXT);
      }
      return 'ok' as const;
    };
    const here = pointerOn(store, { contentLock });
    return here.activateReleases({ releases: refs('a 1.2.0'), reason: REASON, plan }, CONTEXT);
  }

  it('do not both succeed: the one that decided on the former state is told so', async () => {
    await expect(crossing({ planned: false })).rejects.toMatchObject({ code: 'CONCURRENT_CHANGE' });
  });

  it('are told that the plan is outdated where one was given', async () => {
    await expect(crossing({ planned: true })).rejects.toMatchObject({ code: 'PLAN_OUTDATED' });
  });

  it('do not go back to what was below the top before the other rearranged the stack', async () => {
    const store = log.open();
    await stagedReleases(store, 'a 1.0.0', 'a 1.1.0 from 1.0.0', 'a 1.2.0 from 1.1.0');
    const there = pointerOn(store);
    const activate = (name: string) => there.activateReleases({ releases: refs(name), reason: REASON }, CONTEXT);
    for (const name of ['a 1.0.0', 'a 1.1.0', 'a 1.2.0']) await activate(name);
    let first = true;
    const contentLock = async () => {
      if (first) {
        first = false;
        await there.rollback({ package: 'a', toVersion: '1.0.0', reason: REASON }, CONTEXT);
        await activate('a 1.2.0');
      }
      return 'ok' as const;
    };
    const back = pointerOn(store, { contentLock }).rollback({ package: 'a', reason: REASON }, CONTEXT);
    await expect(back).rejects.toMatchObject({ code: 'CONCURRENT_CHANGE' });
  });
});
