import fc from 'fast-check';
import { type EventEnvelope } from '../../src/domain';
import { verifyChain } from '../../src/eventstore';
import { deactivated, sealed, sealedRun, tagged } from './sealed-events';

describe('sealing events', () => {
  it('pins the stored form of a first event', () => {
    const [event] = sealed('package-project_discovery', null, [tagged('Größe — 1')], {
      newEventId: () => '33333333-3333-4333-8333-333333333333',
    });
    expect(event).toEqual({
      stream: 'package-project_discovery',
      revision: 0,
      type: 'Tagged',
      data: tagged('Größe — 1').data,
      metadata: {
        eventId: '33333333-3333-4333-8333-333333333333',
        occurredAt: '2026-03-01T10:22:31.114Z',
        actor: { id: 'tom.moseley', name: 'Tom Moseley' },
        commandId: '11111111-1111-4111-8111-111111111111',
        commandDigest: 'd'.repeat(64),
        correlationId: '22222222-2222-4222-8222-222222222222',
        schemaVersion: 1,
        previousHash: null,
        hash: '8a560fcad2a1f46c1ef31256da18d0f78d630f4ffd6d8353f2403e5f6e2f5658',
      },
    });
  });

  it('links events of one command, and of the next one, into one chain', () => {
    const [first, second] = sealed('pointer-production', null, [deactivated('a'), deactivated('b')]);
    const [third] = sealed('pointer-production', second!, [deactivated('c')]);
    expect([first, second, third].map((event) => event!.revision)).toEqual([0, 1, 2]);
    expect(second!.metadata.previousHash).toBe(first!.metadata.hash);
    expect(third!.metadata.previousHash).toBe(second!.metadata.hash);
    expect(verifyChain(null, first!)).toBeNull();
    expect(verifyChain(first!, second!)).toBeNull();
    expect(verifyChain(second!, third!)).toBeNull();
  });

  it('never lets an event occur before the one that it follows', () => {
    const [first] = sealed('repository', null, [tagged()], { now: '2026-03-01T10:00:00.000Z' });
    const [second] = sealed('repository', first!, [tagged()], { now: '2026-03-01T09:00:00.000Z' });
    const [third] = sealed('repository', second!, [tagged()], { now: '2026-03-01T11:00:00.000Z' });
    expect(second!.metadata.occurredAt).toBe('2026-03-01T10:00:00.000Z');
    expect(third!.metadata.occurredAt).toBe('2026-03-01T11:00:00.000Z');
  });

  it('stores of the actor only id and name', () => {
    const actor = { id: 'tom', name: 'Tom', role: 'admin', token: 'secret' };
    const [event] = sealed('repository', null, [tagged()], { actor });
    expect(event!.metadata.actor).toEqual({ id: 'tom', name: 'Tom' });
  });
});

describe('verifying the chain', () => {
  it('notices every changed leaf of an event', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, unit: 'grapheme' }),
        fc.nat({ max: 4 }),
        fc.nat(),
        (text, revision, pick) => {
          const events = sealedRun('package-x', 5).slice(0, revision);
          const previous = events.at(-1) ?? null;
          const [event] = sealed('package-x', previous, [tagged(text)]);
          expect(verifyChain(previous, event!)).toBeNull();

          const leaves = leafPaths(event);
          const path = leaves[pick % leaves.length]!;
          expect(verifyChain(previous, withFlipped(event!, path))).not.toBeNull();
        },
      ),
    );
  });

  it('notices a missing, a doubled and a foreign event', () => {
    const [first, second, third] = sealedRun('package-x', 3);
    const [foreign] = sealedRun('package-y', 1);
    expect(verifyChain(first!, third!)).toBe('package-x@2 stands where revision 1 should be.');
    expect(verifyChain(second!, second!)).toBe('package-x@1 stands where revision 2 should be.');
    expect(verifyChain(null, second!)).toBe('package-x@1 stands where revision 0 should be.');
    expect(verifyChain(first!, foreign!)).toBe('package-y@0 does not belong to package-x.');
  });

  it('notices an event that was sealed anew behind a rewritten one', () => {
    const [first, second] = sealedRun('package-x', 2);
    const [rewritten] = sealed('package-x', null, [tagged('rewritten')]);
    expect(verifyChain(rewritten!, second!)).toBe('package-x@1 does not name the hash of the event before it.');
    expect(verifyChain(first!, second!)).toBeNull();
  });
});

/** Paths of all values of an object that are not objects themselves. */
function leafPaths(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...path]];
  return Object.entries(value).flatMap(([key, member]) => leafPaths(member, [...path, key]));
}

function withFlipped(event: EventEnvelope, path: readonly string[]): EventEnvelope {
  const copy = structuredClone(event) as unknown as Record<string, unknown>;
  const key = path.at(-1)!;
  const parent = path.slice(0, -1).reduce((object, step) => object[step] as Record<string, unknown>, copy);
  parent[key] = typeof parent[key] === 'number' ? parent[key] + 1 : `${String(parent[key])}!`;
  return copy as unknown as EventEnvelope;
}
