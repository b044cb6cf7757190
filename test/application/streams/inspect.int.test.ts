import { createStreamHandler } from '../../../src/application/streams/stream-handler';
import { type PointerEvent } from '../../../src/domain';
import { answerOf, gate, identityOf, move, moving, node, POINTER_STREAM, temporaryLog } from './node-of-tests';

const log = temporaryLog();
const OTHER = 'pointer-other';
const look = (state: Parameters<typeof answerOf>[1]) => answerOf(null, state).map;

describe('looking at a stream', () => {
  it('sees what was appended before, by any node', async () => {
    const store = log.open();
    const [here, there] = [node(store), node(store)];
    await move(there, { to: '1' });
    expect(await here.inspect(POINTER_STREAM, look)).toEqual({ a: '1' });
    await move(there, { to: '2' });
    expect(await here.inspect(POINTER_STREAM, look)).toEqual({ a: '2' });
  });

  it('sees the empty state of a stream that does not exist, again and again', async () => {
    const pointer = node(log.open());
    expect(await pointer.inspect(OTHER, look)).toEqual({});
    expect(await pointer.inspect(OTHER, look)).toEqual({});
    await pointer.handle(OTHER, identityOf({ to: '1' }), moving({ to: '1' }));
    expect(await pointer.inspect(OTHER, look)).toEqual({ a: '1' });
  });

  it('does not wait for a command under way, and does not disturb it', async () => {
    const store = log.open();
    const pointer = node(store);
    await move(pointer, { to: '1' });
    const door = gate();
    const slow = pointer.handle(POINTER_STREAM, identityOf({ to: '2' }), {
      ...moving({ to: '2' }),
      decide: async (state) => {
        await door.wait();
        return moving({ to: '2' }).decide(state);
      },
    });
    await door.reached;
    expect(await pointer.inspect(POINTER_STREAM, look)).toEqual({ a: '1' });
    door.open();
    await expect(slow).resolves.toMatchObject({ answer: { from: '1', map: { a: '2' } } });
  });

  it('from within a command never waits in a circle: two that look at each other’s stream both finish', async () => {
    const pointer = node(log.open());
    const doors = [gate(), gate()] as const;
    const crossing = (mine: string, other: string, door: (typeof doors)[number]) =>
      pointer.handle(mine, identityOf({ to: '1' }), {
        ...moving({ to: '1' }),
        decide: async (state) => {
          await door.wait();
          await pointer.inspect(other, look);
          return moving({ to: '1' }).decide(state);
        },
      });
    const stage = crossing(OTHER, POINTER_STREAM, doors[0]);
    const activate = crossing(POINTER_STREAM, OTHER, doors[1]);
    await Promise.all(doors.map((door) => door.reached));
    for (const door of doors) door.open();
    await expect(Promise.all([stage, activate])).resolves.toHaveLength(2);
  });

  it('many at once on a cold cache folds each event once', async () => {
    const store = log.open();
    for (const to of ['1', '2', '3']) await move(node(store), { to });
    const cold = createStreamHandler<number, PointerEvent>({
      store,
      clock: { now: () => '' },
      ids: { uuid: () => '' },
      step: () => Promise.resolve(),
      initial: () => 0,
      evolve: (count) => count + 1,
    });
    const counts = await Promise.all(Array.from({ length: 20 }, () => cold.inspect(POINTER_STREAM, (count) => count)));
    expect(new Set(counts)).toEqual(new Set([3]));
  });
});
