import type fc from 'fast-check';
import { type EventStore } from '../../../src/eventstore';
import { type GitRepository } from '../../../src/git';
import { type ValidationEngine } from '../../../src/validation';

interface Ports {
  readonly store: EventStore;
  readonly repository: GitRepository;
  readonly validation: ValidationEngine;
}

/**
 * Ports whose calls wait for their turn, which the scheduler gives to one at a time. All that the use cases wait for goes
 * through them, so that a seed decides in which order everything happens.
 */
export function scheduledPorts(ports: Ports, scheduler: fc.Scheduler): Ports {
  const inTurn = async <T>(label: string, call: () => Promise<T>): Promise<T> => {
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    // The turn lasts until the call has come to its end: the disk decides nothing.
    const turn = scheduler.schedule(Promise.resolve(), label, undefined, async (begin) => {
      await begin();
      await ended;
    });
    await turn;
    try {
      return await call();
    } finally {
      end();
    }
  };
  const read = async function* <T>(label: string, call: () => AsyncIterable<T>): AsyncIterable<T> {
    yield* await inTurn(label, async () => {
      const found: T[] = [];
      for await (const each of call()) found.push(each);
      return found;
    });
  };

  const { store, repository, validation } = ports;
  const { objects, refs } = repository;
  const { logId } = store;
  return {
    store: {
      logId,
      append: (...args) => inTurn('append', () => store.append(...args)),
      readStream: (...args) => read('read stream', () => store.readStream(...args)),
      readAll: (...args) => read('read log', () => store.readAll(...args)),
      subscribe: (...args) => store.subscribe(...args),
      head: () => inTurn('head', () => store.head()),
      streams: () => store.streams(),
      status: () => store.status(),
      close: () => store.close(),
    },
    repository: {
      objects: inTurns(objects, inTurn),
      refs: inTurns(refs, inTurn),
    },
    validation: inTurns(validation, inTurn),
  };
}

type InTurn = <T>(label: string, call: () => Promise<T>) => Promise<T>;
type Asynchronous = (...args: readonly unknown[]) => Promise<unknown>;

const SYNCHRONOUS: readonly (string | symbol)[] = ['rulesetDigest'];

/** Every method of a port that answers a promise, each call in its turn. */
function inTurns<Port extends object>(port: Port, inTurn: InTurn): Port {
  return new Proxy(port, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function' || SYNCHRONOUS.includes(name)) return method;
      const call = method.bind(target) as Asynchronous; // the ports wrapped here have no other methods that are called
      return (...args: readonly unknown[]) => inTurn(String(name), () => call(...args));
    },
  });
}
