import { isDeepStrictEqual } from 'node:util';
import { type ToldEvent } from './node/read-log';
import { type Operation, type Outcome, show } from './operation';
import { perform } from './world/perform';
import { type World } from './world/world';

/** A call and its answer, with the moments of both. */
export interface Recorded {
  readonly id: string;
  readonly operation: Operation;
  readonly outcome: Outcome;
  readonly called: number;
  readonly returned: number;
}

/**
 * The world after calls that ran side by side: there is an order of them, in which whatever returned before another was
 * called comes first, and which puts what is in the log in the order of the log, so that the world, one call after the other,
 * gives the very answers that were given, and the very events. Nothing when there is none; one for each order, since what
 * is in a draft does not show in every answer.
 *
 * A refusal because of somebody else (`mayConflict`) is allowed where somebody else wrote meanwhile, and is no event.
 */
export function* explain(
  world: World,
  calls: readonly Recorded[],
  events: readonly ToldEvent[],
  mayConflict: (call: Recorded) => boolean = () => false,
): Iterable<World> {
  const known = new Set(calls.map(({ id }) => id));
  if (events.some(({ call }) => !known.has(call))) return; // nobody asked for it
  yield* search(world, calls, events);

  function* search(state: World, left: readonly Recorded[], rest: readonly ToldEvent[]): Iterable<World> {
    if (left.length === 0 && rest.length === 0) yield state;
    for (const call of left) {
      if (left.some((other) => other.returned < call.called)) continue;
      const own = rest[0]?.call === call.id ? [rest[0]] : [];
      const after = step(state, call, own);
      const others = left.filter((other) => other !== call);
      if (after !== null) yield* search(after, others, rest.slice(own.length));
    }
  }

  function step(state: World, call: Recorded, own: readonly ToldEvent[]): World | null {
    const next = structuredClone(state);
    const outcome = perform(next, call.operation);
    const texts = own.map(({ text }) => text);
    if (same(next.log.slice(state.log.length), texts) && same(outcome, call.outcome)) return next;
    return own.length === 0 && 'refused' in call.outcome && mayConflict(call) ? state : null;
  }
}

/** Copies are compared with what they are copies of, whose prototypes may be others. */
function same(a: unknown, b: unknown): boolean {
  const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
  return isDeepStrictEqual(plain(a), plain(b));
}

/** What happened, for people who have to find out why it cannot have. */
export function showHistory(calls: readonly Recorded[], events: readonly ToldEvent[]): string {
  const lines = [...calls]
    .sort((a, b) => a.called - b.called)
    .map(
      ({ id, operation, outcome, called, returned }) =>
        `  ${id} [${called}..${returned}] ${show(operation)} => ${JSON.stringify(outcome)}`,
    );
  return [...lines, ...events.map(({ text, call }) => `  log: ${text} (${call})`)].join('\n');
}
