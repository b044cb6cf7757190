import { explain, type Recorded } from './explain';
import { startingWorld } from './node/starting-repository';
import { type Operation, type Outcome } from './operation';
import { perform } from './world/perform';

const OUT: Operation = { do: 'deactivate', packages: ['beta'], reason: 'Because', plan: null, key: null };
const PLAN: Operation = { do: 'plan', of: OUT };
const EVENT = { text: 'Deactivated beta 1.0.0 -> none', call: 'out' };

const call = (
  id: string,
  operation: Operation,
  outcome: Outcome,
  [called, returned]: readonly [number, number],
): Recorded => ({
  id,
  operation,
  outcome,
  called,
  returned,
});
const before = (operation: Operation): Outcome => perform(startingWorld(), operation);
const after = (operation: Operation): Outcome => {
  const world = startingWorld();
  perform(world, OUT);
  return perform(world, operation);
};
const isExplained = (calls: readonly Recorded[], events = [EVENT]): boolean =>
  [...explain(startingWorld(), calls, events)].length > 0;

test('Given answers of calls side by side, when some order gives them, then they are explained', () => {
  expect(isExplained([call('plan', PLAN, before(PLAN), [1, 4]), call('out', OUT, before(OUT), [2, 3])])).toBe(true);
  expect(isExplained([call('plan', PLAN, after(PLAN), [1, 4]), call('out', OUT, before(OUT), [2, 3])])).toBe(true);
});

test('Given a read that was called after a move had returned, when it shows the state before it, then nothing explains it', () => {
  expect(isExplained([call('plan', PLAN, before(PLAN), [3, 4]), call('out', OUT, before(OUT), [1, 2])])).toBe(false);
});

test('Given two moves that both were acknowledged, when only one can have been, then nothing explains it', () => {
  const twice = [call('out', OUT, before(OUT), [1, 4]), call('again', OUT, before(OUT), [2, 3])];
  expect(isExplained(twice, [EVENT, { ...EVENT, call: 'again' }])).toBe(false);
});

test('Given an answer, when its event is not in the log, or is there twice, or nobody asked for it, then nothing explains it', () => {
  const calls = [call('out', OUT, before(OUT), [1, 2])];
  expect(isExplained(calls, [])).toBe(false);
  expect(isExplained(calls, [EVENT, EVENT])).toBe(false);
  expect(isExplained(calls, [EVENT, { ...EVENT, call: 'nobody' }])).toBe(false);
});

test('Given a refusal, when its event is in the log all the same, then nothing explains it', () => {
  expect(isExplained([call('out', OUT, { refused: 'UNAVAILABLE' }, [1, 2])])).toBe(false);
});
