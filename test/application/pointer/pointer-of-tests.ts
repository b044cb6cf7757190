import { randomUUID } from 'node:crypto';
import { type ContentLock } from '../../../src/application/content/content-lock';
import { type ReadPins } from '../../../src/application/pointer/read-pins';
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
import { EMPTY_STREAM, type EventStore, sealEvents, type StreamHead } from '../../../src/eventstore';
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
    readonly catalog?: Partial<Catalog>;
    readonly readPins?: ReadPins;
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
    readPins: (releases) => Promise.resolve(releases.map(() => [])),
    rulesetInForce: () => Promise.resolve(RULESET),
    ...more,
    catalog: { ...createCatalog({ store }), ...more.catalog },
  });
}

/** Puts staged releases into the log, package by package. */
export async function stagedReleases(store: EventStore, ...releases: readonly string[]): Promise<void> {
  for (const release of releases) await recordRelease(store, release, ['Committed', 'Staged']);
}

/** Puts events about one release into the log, behind what its package has. */
export async function recordRelease(
  store: EventStore,
  text: string,
  types: readonly ('ReleaseAdopted' | 'Committed' | 'Staged')[],
): Promise<void> {
  const [, id = '', version = '', base = null, draft = 'draft', requires] = RELEASE.exec(text) ?? [];
  const facts = { package: id, version, commit: `commit-${id}-${version}`, tree: `tree-${id}-${version}` };
  const content = { ...facts, displayName: null, requires: requires?.split(', ') ?? [] };
  const committed = { draft, changeType: null, baseVersion: base, message: 'm' };
  const events = types.map((type): PackageEvent => {
    switch (type) {
      case 'ReleaseAdopted':
        return { type, data: { ...content, origin: null } };
      case 'Committed':
        return { type, data: { ...content, ...committed } };
      case 'Staged':
        return { type, data: { ...facts, report: reportThatIs(true) } };
    }
  });
  await appendTo(store, packageStream(id), events);
}

async function appendTo(store: EventStore, stream: string, events: readonly PackageEvent[]): Promise<void> {
  let head: StreamHead = EMPTY_STREAM;
  for await (const { revision, metadata } of store.readStream(stream))
    head = { revision, hash: metadata.hash, occurredAt: metadata.occurredAt };
  const context = { ...CONTEXT, commandDigest: '', now: '2026-03-01T12:00:00.000Z', newEventId: () => randomUUID() };
  const sealed = sealEvents({ stream, head, events, context: { ...context, commandId: randomUUID() } });
  await store.append(stream, head.revision < 0 ? 'no_stream' : head.revision, sealed);
}

/** `a 1.0.0` as the input of an activation. */
export function refs(...releases: readonly string[]) {
  return releases.map((text) => {
    const [id = '', version = ''] = text.split(' ');
    return { package: id, version };
  });
}
