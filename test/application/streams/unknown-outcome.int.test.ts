import { Unavailable } from '../../../src/domain';
import { type EventStore, LogDamaged, MAX_APPEND_BYTES, StoreUnavailable } from '../../../src/eventstore';
import { activated, identityOf, move, moving, node, POINTER_STREAM, streamOf, temporaryLog } from './node-of-tests';

const log = temporaryLog();

/** A store that fails its next append as told: it was lost before, or its answer was. */
function failing(
  store: EventStore,
  how: 'before' | 'after',
  instead: () => Promise<unknown> = () => Promise.resolve(),
) {
  let healthy = false;
  const append: EventStore['append'] = async (...args) => {
    if (healthy) return store.append(...args);
    healthy = true;
    if (how === 'after') await store.append(...args);
    await instead();
    throw new StoreUnavailable('The connection broke.');
  };
  return new Proxy(store, { get: (target, key) => (key === 'append' ? append : boundTo(target, key)) });
}

function boundTo(target: EventStore, key: string | symbol): unknown {
  const value: unknown = Reflect.get(target, key);
  return typeof value === 'function' ? (value.bind(target) as unknown) : value;
}

describe('an append whose outcome is not known', () => {
  it('is found by reading when it was stored, and answered as if nothing had happened', async () => {
    const store = log.open();
    const { answer, position } = await move(node(failing(store, 'after')), { to: '1' });
    const [event] = await streamOf(store);
    expect(answer).toEqual({ from: null, revision: 0, map: { a: '1' } });
    expect(position).toBe(event?.position);
  });

  it('is unavailable when it was not stored, with its cause; trying again does it once', async () => {
    const store = log.open();
    const pointer = node(failing(store, 'before'));
    const refusal: unknown = await move(pointer, { to: '1', key: 'k' }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Unavailable);
    expect((refusal as Unavailable).cause).toBeInstanceOf(StoreUnavailable);
    expect((refusal as Unavailable).message).toBe(
      'The event log cannot be written right now (The connection broke). Try again.',
    );
    await expect(move(pointer, { to: '1', key: 'k' })).resolves.toMatchObject({ answer: { revision: 0 } });
    expect(await streamOf(store)).toHaveLength(1);
  });

  it('is unavailable, and says why, when the log is found damaged behind it', async () => {
    const pointer = node(failing(log.open(), 'before', () => Promise.reject(new LogDamaged('pointer@1 is missing.'))));
    await expect(move(pointer, { to: '1' })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: 'The event log is damaged: pointer@1 is missing. Restore it from a backup.',
    });
  });

  it('is decided again when another node has taken its place', async () => {
    const store = log.open();
    const there = node(store);
    const pointer = node(failing(store, 'before', () => move(there, { package: 'b', to: '7' })));
    await expect(move(pointer, { to: '1' })).resolves.toMatchObject({
      answer: { revision: 1, map: { a: '1', b: '7' } },
    });
  });

  it('is found when another node has already gone on from it', async () => {
    const store = log.open();
    const there = node(store);
    const pointer = node(failing(store, 'after', () => move(there, { to: '2' })));
    await expect(move(pointer, { to: '1' })).resolves.toMatchObject({ answer: { revision: 0, map: { a: '1' } } });
  });
});

it('cannot read: the command is unavailable, and nothing was decided', async () => {
  const store = log.open();
  const decide = jest.fn();
  const broken = new Proxy(store, {
    get: (target, key) =>
      key === 'readStream'
        ? () => {
            throw new StoreUnavailable('The disk is gone.');
          }
        : boundTo(target, key),
  });
  const command = node(broken).handle(POINTER_STREAM, identityOf({ to: '1' }), { ...moving({ to: '1' }), decide });
  await expect(command).rejects.toThrow(Unavailable);
  expect(decide).not.toHaveBeenCalled();
});

it('refuses what makes an event too large for any store, and says how large', async () => {
  const store = log.open();
  const to = '1'.repeat(MAX_APPEND_BYTES);
  const command = node(store).handle(POINTER_STREAM, identityOf({ to: '1' }), {
    ...moving({ to: '1' }),
    decide: (state) => Promise.resolve(activated(state, 'a', to)),
  });
  await expect(command).rejects.toMatchObject({ code: 'BAD_USER_INPUT', data: { limit: MAX_APPEND_BYTES } });
  expect(await streamOf(store)).toEqual([]);
});
