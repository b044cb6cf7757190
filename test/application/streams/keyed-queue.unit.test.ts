import * as fc from 'fast-check';
import { KeyedQueue } from '../../../src/application/streams/keyed-queue';

describe('a queue with keys', () => {
  it('runs tasks of one key in order and never two at once, whatever order they finish in', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.tuple(fc.constantFrom('a', 'b'), fc.boolean()), { maxLength: 12 }),
        async (scheduler, tasks) => {
          const queue = new KeyedQueue();
          const running = new Set<string>();
          const started: Record<string, number[]> = { a: [], b: [] };
          const results = tasks.map(([key, fails], index) =>
            queue.run(key, async () => {
              expect(running.has(key)).toBe(false);
              running.add(key);
              started[key]?.push(index);
              await scheduler.schedule(Promise.resolve());
              running.delete(key);
              if (fails) throw new Error(String(index));
              return index;
            }),
          );
          const settled = Promise.allSettled(results);
          await scheduler.waitFor(settled);
          const outcomes = await settled;
          tasks.forEach(([, fails], index) => expect(outcomes[index]?.status).toBe(fails ? 'rejected' : 'fulfilled'));
          for (const key of ['a', 'b']) {
            expect(started[key]).toEqual(tasks.flatMap(([each], index) => (each === key ? [index] : [])));
          }
        },
      ),
    );
  });

  it('hands a task’s error to its own caller alone', async () => {
    const queue = new KeyedQueue();
    const failed = queue.run('a', () => Promise.reject(new Error('mine')));
    const after = queue.run('a', () => Promise.resolve('fine'));
    await expect(failed).rejects.toThrow('mine');
    await expect(after).resolves.toBe('fine');
  });
});
