import { type EventStore } from '../../../src/eventstore';
import { type GitObjects, type GitRefs } from '../../../src/git';
import { type Foundation } from '../../../src/server/open-foundation';

/** What stands between the process and its disk, call by call. */
export interface CountedPorts {
  /** Calls so far that change something: appends, objects, moves of refs. */
  readonly calls: () => number;
  /** What happens at the call with this number instead of the call itself, and at its end when it is `after`. */
  at(call: number, moment: 'before' | 'after', happen: () => Promise<void>): void;
  /** Puts the counting around a foundation. */
  readonly around: (foundation: Foundation) => Foundation;
}

const WRITES: ReadonlySet<string | symbol> = new Set<keyof EventStore | keyof GitObjects | keyof GitRefs>([
  'append',
  'writeBlob',
  'writeTree',
  'changeTree',
  'writeCommit',
  'writeTag',
  'compareAndSet',
]);

/** Counts the calls of event store, objects and refs that write, and lets something happen at one of them. */
export function countPorts(): CountedPorts {
  let calls = 0;
  let planned: { call: number; moment: 'before' | 'after'; happen: () => Promise<void> } | null = null;

  const counting = <T extends object>(port: T): T =>
    new Proxy(port, {
      get: (target, property) => {
        const value: unknown = Reflect.get(target, property);
        if (typeof value !== 'function') return value;
        const call = value.bind(target) as (...parameters: unknown[]) => unknown;
        if (!WRITES.has(property)) return call;
        return async (...parameters: unknown[]) => {
          calls += 1;
          const due = planned?.call === calls ? planned : null;
          if (due?.moment === 'before') await due.happen();
          const result = await call(...parameters);
          if (due?.moment === 'after') await due.happen();
          return result;
        };
      },
    });

  return {
    calls: () => calls,
    at: (call, moment, happen) => {
      planned = { call, moment, happen };
    },
    around: (foundation) => ({
      ...foundation,
      store: counting(foundation.store),
      repository: { objects: counting(foundation.repository.objects), refs: counting(foundation.repository.refs) },
    }),
  };
}
