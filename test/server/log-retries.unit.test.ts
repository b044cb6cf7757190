import { ContentAwaited } from '../../src/git';
import { type Log } from '../../src/server/log';
import { logRetries } from '../../src/server/log-retries';

const [FIRST, SECOND] = ['1'.repeat(40), '2'.repeat(40)];

/** What is logged of failures, each at a second of its own. */
function logged(failures: readonly (readonly [second: number, error: Error])[]): unknown[] {
  const lines: unknown[] = [];
  let second = 0;
  const warn = (facts: unknown, message: string) => lines.push([second, facts, message]);
  const retried = logRetries({ warn } as unknown as Log, () => second * 1_000);
  for (const [at, error] of failures) {
    second = at;
    retried(error, 2_000);
  }
  return lines;
}

const awaited = (oid: string) => new ContentAwaited(oid, 'the remote does not hold it.');
const seconds = (lines: readonly unknown[]) => lines.map((line) => (line as [number])[0]);

describe('what is tried again when events are published', () => {
  it('is told once and then every minute while content is awaited, in words and without a stack', () => {
    const every2s = Array.from({ length: 76 }, (_, index) => [2 * index, awaited(FIRST)] as const);
    const lines = logged(every2s);
    expect(seconds(lines)).toEqual([0, 60, 120]);
    const reason = `Waits for content: Git object ${FIRST} is not here yet, and the remote does not hold it.`;
    expect(lines[0]).toEqual([0, { reason, delayMs: 2_000 }, 'publishing to Git waits for content']);
  });

  it('is told at once when other content is awaited', () => {
    const failures = [FIRST, FIRST, SECOND, SECOND].map((oid, index) => [2 * index, awaited(oid)] as const);
    expect(seconds(logged(failures))).toEqual([0, 4]);
  });

  it('is told each time, with its stack, when it is anything else', () => {
    const error = new Error('ENOSPC');
    const facts = { err: error, delayMs: 2_000 };
    const message = 'publishing to Git failed and is tried again';
    const failures = [[0, error] as const, [2, error] as const];
    expect(logged(failures)).toEqual(failures.map(([at]) => [at, facts, message]));
  });
});
