import { ConcurrentChange, type PointerState } from '../../../src/domain';
import {
  activated,
  answerOf,
  type Command,
  gate,
  identityOf,
  move,
  moving,
  node,
  type Pointer,
  POINTER_STREAM,
  streamOf,
  temporaryLog,
} from './node-of-tests';

const log = temporaryLog();

/** A move of package a that lets `meanwhile` happen between deciding and appending, at its first so many tries. */
function interrupted(pointer: Pointer, command: Command, meanwhile: () => Promise<unknown>, times = 1) {
  let tries = 0;
  const handled = pointer.handle(POINTER_STREAM, identityOf(command), {
    ...moving(command),
    decide: async (state) => {
      const event = activated(state, 'a', command.to);
      if (tries++ < times) await meanwhile();
      return event;
    },
    entries: (state: PointerState) => state.entries.get('a')?.active?.version ?? null,
  });
  return { handled, tries: () => tries };
}

describe('a conflict with another node', () => {
  it('is decided again on the new state when the entries it names are unchanged', async () => {
    const store = log.open();
    const [here, there] = [node(store), node(store)];
    await move(here, { to: '1' });
    const { handled, tries } = interrupted(here, { to: '2' }, () => move(there, { package: 'b', to: '1' }));
    const { answer } = await handled;
    expect(answer).toEqual({ from: '1', revision: 2, map: { a: '2', b: '1' } });
    expect(tries()).toBe(2);
    expect((await streamOf(store)).map((event) => event.revision)).toEqual([0, 1, 2]);
  });

  it('is refused when an entry it names has changed, and writes nothing', async () => {
    const store = log.open();
    const [here, there] = [node(store), node(store)];
    await move(here, { to: '1' });
    const { handled, tries } = interrupted(here, { to: '2' }, () => move(there, { to: '3' }));
    await expect(handled).rejects.toThrow(ConcurrentChange);
    expect(tries()).toBe(1);
    expect(await streamOf(store)).toHaveLength(2);
  });

  it('is not decided on half of it when this node hears of the other’s event meanwhile', async () => {
    const store = log.open();
    const [here, there] = [node(store), node(store)];
    await move(here, { to: '1' });
    const { handled } = interrupted(here, { to: '2' }, async () => {
      await move(there, { to: '3' });
      await here.inspect(POINTER_STREAM, (state) => answerOf(null, state));
    });
    await expect(handled).rejects.toThrow(ConcurrentChange);
    expect(await streamOf(store)).toHaveLength(2);
  });

  it('is given up after five tries', async () => {
    const store = log.open();
    const [here, there] = [node(store), node(store)];
    const { handled, tries } = interrupted(here, { to: '2' }, () => move(there, { package: 'b', to: '1' }), 9);
    await expect(handled).rejects.toThrow(ConcurrentChange);
    expect(tries()).toBe(5);
  });

  it('succeeds at the fifth try', async () => {
    const store = log.open();
    const [here, there] = [node(store), node(store)];
    const { handled, tries } = interrupted(here, { to: '2' }, () => move(there, { package: 'b', to: '1' }), 4);
    await expect(handled).resolves.toMatchObject({ answer: { revision: 4 } });
    expect(tries()).toBe(5);
  });

  it('lets commands of many nodes through in one order, each once', async () => {
    const store = log.open();
    const nodes = [node(store), node(store), node(store)];
    const outcomes = await Promise.allSettled(
      Array.from({ length: 30 }, (_, index) => move(nodes[index % 3]!, { to: String(index) })),
    );
    const done = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value.answer.revision] : []));
    const events = await streamOf(store);
    expect(done.sort((a, b) => a - b)).toEqual(events.map((event) => event.revision));
  });

  it('is the same command to a retry that lands on another node meanwhile: it is done once', async () => {
    const store = log.open();
    const [here, there] = [node(store), node(store)];
    const { handled } = interrupted(here, { to: '2', key: 'k' }, () => move(there, { to: '2', key: 'k' }));
    await expect(handled).resolves.toMatchObject({ answer: { revision: 0 } });
    expect(await streamOf(store)).toHaveLength(1);
  });
});

it('answers with the state right after its event, though this node knows of a later one already', async () => {
  const store = log.open();
  const door = gate();
  const here = node(store, door.wait);
  const there = node(store);
  await move(there, { to: '0' });
  const handled = here.handle(POINTER_STREAM, identityOf({ to: '1' }), moving({ to: '1' }));
  await door.reached;
  await move(there, { to: '2' });
  await here.inspect(POINTER_STREAM, (state) => answerOf(null, state));
  door.open();
  await expect(handled).resolves.toMatchObject({ answer: { from: '0', revision: 1, map: { a: '1' } } });
});
