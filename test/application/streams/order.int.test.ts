import { type EventEnvelope } from '../../../src/domain';
import { verifyChain } from '../../../src/eventstore';
import { gate, identityOf, move, moving, node, POINTER_STREAM, streamOf, temporaryLog } from './node-of-tests';

const log = temporaryLog();

describe('commands on one stream', () => {
  it('are decided one after another, each on what the one before it left', async () => {
    const pointer = node(log.open());
    const answers = await Promise.all(['1', '2', '3'].map((to) => move(pointer, { to })));
    expect(answers.map(({ answer }) => answer.from)).toEqual([null, '1', '2']);
  });

  it('are all appended in order, in one unbroken chain, however many arrive at once', async () => {
    const store = log.open();
    const pointer = node(store);
    const versions = Array.from({ length: 200 }, (_, index) => String(index));
    const answers = await Promise.all(versions.map((to) => move(pointer, { to })));

    const events = await streamOf(store);
    expect(events.map((event) => event.data.changes[0]?.toVersion)).toEqual(versions);
    expect(answers.map(({ position }) => position)).toEqual(events.map((event) => event.position));
    let previous: EventEnvelope | null = null;
    for (const event of events) {
      expect(verifyChain(previous, event)).toBeNull();
      previous = event;
    }
  });

  it('wait for the one under way, and commands on other streams do not', async () => {
    const pointer = node(log.open());
    const door = gate();
    const order: string[] = [];
    const slow = pointer
      .handle(POINTER_STREAM, identityOf({ to: '1' }), {
        ...moving({ to: '1' }),
        decide: async () => {
          await door.wait();
          return null;
        },
      })
      .then(() => order.push('slow'));
    await door.reached;
    const behind = move(pointer, { to: '2' }).then(() => order.push('behind'));
    await pointer.handle('pointer-other', identityOf({ to: '3' }), moving({ to: '3' }));
    order.push('other');
    door.open();
    await Promise.all([slow, behind]);
    expect(order).toEqual(['other', 'slow', 'behind']);
  });

  it('go on after one was refused, which wrote nothing', async () => {
    const store = log.open();
    const pointer = node(store);
    const refused = pointer.handle(POINTER_STREAM, identityOf({ to: '1' }), {
      ...moving({ to: '1' }),
      decide: () => Promise.reject(new Error('no')),
    });
    const after = move(pointer, { to: '2' });
    await expect(refused).rejects.toThrow('no');
    await expect(after).resolves.toMatchObject({ answer: { from: null, revision: 0 } });
    expect(await streamOf(store)).toHaveLength(1);
  });

  it('may decide that there is nothing to do, and answer from the state and its position', async () => {
    const store = log.open();
    const pointer = node(store);
    const first = await move(pointer, { to: '1' });
    const nothing = { ...moving({ to: '1' }), decide: () => Promise.resolve(null) };
    const { answer, position } = await pointer.handle(POINTER_STREAM, identityOf({ to: '1' }), nothing);
    expect(answer.map).toEqual({ a: '1' });
    expect(position).toBe(first.position);
    expect(await streamOf(store)).toHaveLength(1);
  });

  it('carry the actor, the request and one id each, and say when they are appended', async () => {
    const store = log.open();
    const steps: string[] = [];
    const pointer = node(store, (step) => {
      steps.push(step);
      return Promise.resolve();
    });
    const identity = identityOf({ to: '1' });
    await pointer.handle(POINTER_STREAM, identity, moving({ to: '1' }));
    await move(pointer, { to: '2' });
    const [first, second] = await streamOf(store);
    expect(first?.metadata).toMatchObject({ ...identity.context, previousHash: null });
    expect(second?.metadata.commandId).not.toBe(first?.metadata.commandId);
    expect(steps).toEqual(['appended', 'appended']);
  });

  it('go on from the log after a restart', async () => {
    const store = log.open();
    await move(node(store), { to: '1' });
    await store.close();
    const { answer } = await move(node(log.open()), { to: '2' });
    expect(answer).toEqual({ from: '1', revision: 1, map: { a: '2' } });
  });
});
