import * as fc from 'fast-check';
import { activeMap, type PointerEvent, type PointerState } from '../../../src/domain';
import { activated, deactivated, fold, pointerAdopted, rolledBack } from './pointer-story';

function stackOf(state: PointerState): readonly string[] {
  return state.entries.get('a')?.stack ?? [];
}

describe('the stack of a package', () => {
  it.each<[string, PointerEvent[], string[]]>([
    ['an adopted version is pushed', [pointerAdopted('a none -> 1')], ['1']],
    ['an activated version is pushed', [activated('a none -> 1'), activated('a 1 -> 2')], ['1', '2']],
    [
      'an activated version that is on top already is not',
      [activated('a none -> 1'), deactivated('a 1 -> none'), activated('a none -> 1')],
      ['1'],
    ],
    [
      'a rollback pops down to its target',
      [activated('a none -> 1'), activated('a 1 -> 2'), activated('a 2 -> 3'), rolledBack('a 3 -> 1')],
      ['1'],
    ],
    [
      'a rollback pops down to the topmost entry of its target',
      [
        activated('a none -> 1'),
        activated('a 1 -> 2'),
        activated('a 2 -> 1'),
        activated('a 1 -> 3'),
        rolledBack('a 3 -> 1'),
      ],
      ['1', '2', '1'],
    ],
    [
      'a rollback to what is not on the stack pushes it',
      [activated('a none -> 1'), activated('a 1 -> 2'), rolledBack('a 2 -> 1'), rolledBack('a 1 -> 2')],
      ['1', '2'],
    ],
    [
      'a rollback out of the map pops what it removes',
      [activated('a none -> 1'), deactivated('a 1 -> none'), activated('a none -> 2'), rolledBack('a 2 -> none')],
      ['1'],
    ],
    [
      'deactivation changes nothing',
      [activated('a none -> 1'), activated('a 1 -> 2'), deactivated('a 2 -> none')],
      ['1', '2'],
    ],
    [
      'leaving the map by a later adoption changes nothing',
      [activated('a none -> 1'), pointerAdopted('a 1 -> none')],
      ['1'],
    ],
  ])('%s', (_rule, events, stack) => {
    expect(stackOf(fold(events))).toEqual(stack);
  });
});

describe('the fold of the pointer', () => {
  it('keeps every version that was ever active with its tree and what it requires', () => {
    const state = fold([activated('a none -> 1 requires b'), activated('a 1 -> 2'), deactivated('a 2 -> none')]);
    expect([...state.entries.get('a')!.everActive.values()]).toEqual([
      { version: '1', tree: 'tree-a-1', requires: ['b'] },
      { version: '2', tree: 'tree-a-2', requires: [] },
    ]);
  });

  it('keeps every move by its event id', () => {
    const moves = [activated('a none -> 1'), rolledBack('a 1 -> none')];
    expect([...fold(moves).moves]).toEqual([
      ['event-0', { type: 'Activated', changes: moves[0]!.data.changes }],
      ['event-1', { type: 'RolledBack', changes: moves[1]!.data.changes }],
    ]);
  });

  it('shares nothing with another fold', () => {
    fold([activated('a none -> 1')]);
    expect(fold([]).entries.size).toBe(0);
  });
});

/** One random act on package a, as far as it means something in the state it meets. */
type Act = readonly [kind: 'activate' | 'roll back' | 'revert' | 'deactivate', version: number];

function eventOf([kind, number]: Act, active: string | null, ever: readonly string[]): PointerEvent | null {
  const version = String(number);
  if (kind === 'activate') return version === active ? null : activated(`a ${active ?? 'none'} -> ${version}`);
  if (active === null) return null;
  if (kind === 'revert') return rolledBack(`a ${active} -> none`);
  if (kind === 'deactivate') return deactivated(`a ${active} -> none`);
  return ever.includes(version) && version !== active ? rolledBack(`a ${active} -> ${version}`) : null;
}

describe('any history of moves', () => {
  const acts = fc.array(
    fc.tuple(fc.constantFrom<Act[0]>('activate', 'activate', 'roll back', 'revert', 'deactivate'), fc.nat({ max: 4 })),
    { maxLength: 40 },
  );

  function history(of: readonly Act[]): PointerEvent[] {
    const events: PointerEvent[] = [];
    let active: string | null = null;
    const ever: string[] = [];
    for (const act of of) {
      const event = eventOf(act, active, ever);
      if (event === null) continue;
      events.push(event);
      active = event.data.changes[0]!.toVersion;
      if (active !== null) ever.push(active);
    }
    return events;
  }

  it('has the active version on top of the stack, and the map names it', () => {
    fc.assert(
      fc.property(acts, (of) => {
        const events = history(of);
        const state = fold(events);
        const active = events.at(-1)?.data.changes[0]?.toVersion ?? null;
        expect(activeMap(state).get('a')?.version ?? null).toBe(active);
        if (active !== null) expect(stackOf(state).at(-1)).toBe(active);
      }),
    );
  });

  it('never has the same version twice in a row on the stack, so a rollback always moves', () => {
    fc.assert(
      fc.property(acts, (of) => {
        const stack = stackOf(fold(history(of)));
        expect(stack.filter((version, index) => version === stack[index + 1])).toEqual([]);
      }),
    );
  });

  it('ends, rolled back again and again, at the bottom after as many steps as lie below the top', () => {
    fc.assert(
      fc.property(acts, (of) => {
        const events = history(of);
        const before = [...stackOf(fold(events))];
        if (events.at(-1)?.data.changes[0]?.toVersion == null) return;
        const visited = [before.at(-1)!];
        for (let target = before.at(-2); target !== undefined; target = stackOf(fold(events)).at(-2)) {
          events.push(rolledBack(`a ${visited.at(-1)} -> ${target}`));
          visited.push(target);
        }
        expect(visited).toEqual(before.reverse());
      }),
    );
  });
});
