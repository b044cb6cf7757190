import { randomUUID } from 'node:crypto';
import { type ContentLock } from '../../../src/application/content/content-lock';
import { createPointerUseCases } from '../../../src/application/pointer/pointer-use-cases';
import { type Catalog, createCatalog } from '../../../src/application/releases/catalog';
import { createStreamHandler } from '../../../src/application/streams/stream-handler';
import {
  type Adopted,
  DEFAULT_LAYOUT,
  evolvePackage,
  type PackageEvent,
  type PackageState,
  packageStream,
  UNKNOWN_PACKAGE,
} from '../../../src/domain';
import { EMPTY_STREAM, type EventStore, sealEvents } from '../../../src/eventstore';
import { reportThatIs } from '../../domain/package/package-story';
import { TOM } from '../../domain/specification';
import { node } from '../streams/node-of-tests';

export const CONTEXT = { actor: TOM, correlationId: 'request' };
export const REASON = 'because';

const ADOPTED: Adopted['data'] = {
  commit: 'commit',
  layout: DEFAULT_LAYOUT,
  serviceIdentity: { name: 'Slipway', email: 'service@slipway.invalid' },
  commitForm: 1,
  previousEventId: null,
};

/** Digest of the rules that every release of these tests was staged under. */
export const RULESET = reportThatIs(true).rulesetDigest;

/** `a 1.1.0`, staged; `a 1.1.0 from 1.0.0 of better-texts requires b, c`. */
const RELEASE = /^(\S+) (\S+)(?: from (\S+))?(?: of (\S+))?(?: requires (.+))?$/;

/** The use cases of the pointer as one node has them, over a real log. */
export function pointerOn(
  store: EventStore,
  more: {
    readonly contentLock?: ContentLock;
    readonly requireAdopted?: () => Promise<never>;
    readonly projected?: (position: string) => Promise<void>;
    readonly catalog?: Pick<Catalog, 'lockedReleases'>;
    readonly rulesetInForce?: () => Promise<string>;
  } = {},
) {
  const packages = createStreamHandler<PackageState, PackageEvent>({
    store,
    clock: { now: () => new Date().toISOString() },
    ids: { uuid: () => randomUUID() },
    step: () => Promise.resolve(),
    initial: () => UNKNOWN_PACKAGE,
    evolve: evolvePackage,
  });
  return createPointerUseCases({
    pointer: node(store),
    packages,
    contentLock: () => Promise.resolve('ok'),
    requireAdopted: () => Promise.resolve(ADOPTED),
    projected: () => Promise.resolve(),
    catalog: createCatalog({ store }),
    rulesetInForce: () => Promise.resolve(RULESET),
    ...more,
  });
}

/** Puts staged releases into the log, package by package. */
export async function stagedReleases(store: EventStore, ...releases: readonly string[]): Promise<void> {
  const streams = new Map<string, PackageEvent[]>();
  for (const text of releases) {
    const [, id = '', version = '', base = null, draft = 'draft', requires] = RELEASE.exec(text) ?? [];
    const facts = { package: id, version, commit: `commit-${id}-${version}`, tree: `tree-${id}-${version}` };
    const committed = { draft, changeType: null, baseVersion: base, message: 'm', displayName: null };
    const events = streams.get(id) ?? [];
    streams.set(id, [
      ...events,
      { type: 'Committed', data: { ...facts, ...committed, requires: requires?.split(', ') ?? [] } },
      { type: 'Staged', data: { ...facts, report: reportThatIs(true) } },
    ]);
  }
  for (const [id, events] of streams) await appendAll(store, packageStream(id), events);
}

async function appendAll(store: EventStore, stream: string, events: readonly PackageEvent[]): Promise<void> {
  const context = { ...CONTEXT, commandDigest: '', now: '2026-03-01T12:00:00.000Z', newEventId: () => randomUUID() };
  const sealed = sealEvents({ stream, head: EMPTY_STREAM, events, context: { ...context, commandId: randomUUID() } });
  await store.append(stream, 'no_stream', sealed);
}

/** `a 1.0.0` as the input of an activation. */
export function refs(...releases: readonly string[]) {
  return releases.map((text) => {
    const [id = '', version = ''] = text.split(' ');
    return { package: id, version };
  });
}
