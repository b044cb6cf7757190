import { IdempotencyKeyReused } from '../../../src/domain';
import { identityOf, move, moving, node, POINTER_STREAM, streamOf, temporaryLog } from './node-of-tests';

const log = temporaryLog();

describe('a command that is sent again with its idempotency key', () => {
  it('gets the same answer, and nothing is written twice', async () => {
    const store = log.open();
    const pointer = node(store);
    const first = await move(pointer, { to: '1', key: 'k' });
    expect(await move(pointer, { to: '1', key: 'k' })).toEqual(first);
    expect(await streamOf(store)).toHaveLength(1);
  });

  it('gets the same answer when both are under way at once', async () => {
    const store = log.open();
    const pointer = node(store);
    const [first, second] = await Promise.all([
      move(pointer, { to: '1', key: 'k' }),
      move(pointer, { to: '1', key: 'k' }),
    ]);
    expect(second).toEqual(first);
    expect(await streamOf(store)).toHaveLength(1);
  });

  it('gets the answer of that moment, whatever has happened since', async () => {
    const pointer = node(log.open());
    await move(pointer, { to: '1' });
    const first = await move(pointer, { to: '2', key: 'k' });
    await move(pointer, { to: '3' });
    const again = await move(pointer, { to: '2', key: 'k' });
    expect(again).toEqual(first);
    expect(again.answer).toEqual({ from: '1', revision: 1, map: { a: '2' } });
  });

  it('gets it after a restart too, before anything was read', async () => {
    const store = log.open();
    const first = await move(node(store), { to: '1', key: 'k' });
    await move(node(store), { to: '2' });
    await store.close();
    const reopened = log.open();
    expect(await move(node(reopened), { to: '1', key: 'k' })).toEqual(first);
    expect(await streamOf(reopened)).toHaveLength(2);
  });

  it('gets it from another node', async () => {
    const store = log.open();
    const first = await move(node(store), { to: '1', key: 'k' });
    expect(await move(node(store), { to: '1', key: 'k' })).toEqual(first);
  });

  it('is answered without deciding anything', async () => {
    const pointer = node(log.open());
    await move(pointer, { to: '1', key: 'k' });
    const decide = jest.fn();
    await pointer.handle(POINTER_STREAM, identityOf({ to: '1', key: 'k' }), { ...moving({ to: '1' }), decide });
    expect(decide).not.toHaveBeenCalled();
  });
});

describe('an idempotency key that was used before', () => {
  it('is refused for another input, also after a restart', async () => {
    const store = log.open();
    const pointer = node(store);
    await move(pointer, { to: '1', key: 'k' });
    await expect(move(pointer, { to: '2', key: 'k' })).rejects.toThrow(IdempotencyKeyReused);
    await store.close();
    const reopened = log.open();
    await expect(move(node(reopened), { to: '2', key: 'k' })).rejects.toThrow(IdempotencyKeyReused);
    expect(await streamOf(reopened)).toHaveLength(1);
  });

  it('belongs to its actor: another may use the same', async () => {
    const store = log.open();
    const pointer = node(store);
    await move(pointer, { to: '1', key: 'k', actor: 'tom.moseley' });
    await move(pointer, { to: '2', key: 'k', actor: 'ann' });
    expect(await streamOf(store)).toHaveLength(2);
  });

  it('is free again when the command was refused', async () => {
    const pointer = node(log.open());
    const refused = { ...moving({ to: '1' }), decide: () => Promise.reject(new Error('no')) };
    await expect(pointer.handle(POINTER_STREAM, identityOf({ to: '1', key: 'k' }), refused)).rejects.toThrow('no');
    await expect(move(pointer, { to: '1', key: 'k' })).resolves.toMatchObject({ answer: { map: { a: '1' } } });
  });
});

it('takes commands without a key for new ones, however alike', async () => {
  const store = log.open();
  const pointer = node(store);
  await move(pointer, { to: '1' });
  await move(pointer, { to: '1' });
  expect(await streamOf(store)).toHaveLength(2);
});
