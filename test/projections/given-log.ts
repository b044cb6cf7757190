import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  comparePackageIds,
  DEFAULT_LAYOUT,
  packageStream,
  POINTER_STREAM,
  REPOSITORY_STREAM,
  type Actor,
  type DomainEvent,
  type EventEnvelope,
  type Origin,
  type PointerChange,
  type Position,
  type ValidationReport,
} from '../../src/domain';
import { EMPTY_STREAM, headAfter, sealEvents, type EventStore, type StreamHead } from '../../src/eventstore';
import { openSqliteEventStore } from '../../src/eventstore/sqlite/sqlite-event-store';
import { createProjections, type Projections, type ProjectionsOptions } from '../../src/projections';

export const TOM: Actor = { id: 'tom.moseley', name: 'Tom Moseley' };
export const ADA: Actor = { id: 'ada.byron', name: 'Ada Byron' };

/** Where an event of a given log came to stand. */
export interface Appended {
  readonly id: string;
  readonly position: Position;
  readonly revision: number;
  readonly at: string;
}

/** A log in a temporary directory, written event by event; a minute passes between two of them. */
export class GivenLog {
  readonly directory = mkdtempSync(join(tmpdir(), 'slipway-projections-'));
  readonly readModelPath = join(this.directory, 'read-model.db');
  readonly store: EventStore;
  private readonly heads = new Map<string, StreamHead>();
  private readonly active = new Map<string, string>();
  private opened: Projections | null = null;
  private actor = TOM;
  private minutes = 0;

  constructor(logId = randomUUID().replaceAll('-', '')) {
    this.store = openSqliteEventStore({ path: join(this.directory, 'events.db'), newLogId: () => logId });
  }

  /** The log's projections, opened once, as the options of the first call say. */
  open(options: Partial<ProjectionsOptions> = {}): Projections {
    return (this.opened ??= createProjections({
      path: this.readModelPath,
      store: this.store,
      retryAfterMs: 5,
      ...options,
    }));
  }

  /** The same, when they have come to the end of the log. */
  async projections(options: Partial<ProjectionsOptions> = {}): Promise<Projections> {
    const projections = this.open(options);
    await projections.start();
    const head = await this.store.head();
    if (head !== null && !(await projections.waitFor(head, 5_000))) {
      throw new Error(projections.status().stopped ?? 'The projections do not keep up.');
    }
    return projections;
  }

  /** Closes the projections; the next ones are opened on the same file. */
  async closeProjections(): Promise<void> {
    await this.opened?.close();
    this.opened = null;
  }

  async close(): Promise<void> {
    await this.closeProjections();
    await this.store.close();
    rmSync(this.directory, { recursive: true });
  }

  /** Who gives the commands from now on. */
  by(actor: Actor): this {
    this.actor = actor;
    return this;
  }

  /** Seals and appends events of one stream. */
  async append(stream: string, ...events: DomainEvent[]): Promise<Appended> {
    this.minutes += 1;
    const head = this.heads.get(stream) ?? EMPTY_STREAM;
    const sealed = sealEvents({
      stream,
      head,
      events,
      context: {
        actor: this.actor,
        commandId: randomUUID(),
        commandDigest: 'd'.repeat(64),
        correlationId: randomUUID(),
        now: new Date(Date.UTC(2026, 2, 1, 10, this.minutes)).toISOString(),
        newEventId: () => randomUUID(),
      },
    });
    return this.appendSealed(sealed);
  }

  /** Appends envelopes as they are. */
  async appendSealed(sealed: readonly EventEnvelope[]): Promise<Appended> {
    const last = sealed.at(-1)!;
    const { stream } = last;
    const before = sealed[0]!.revision - 1;
    const { revision, position } = await this.store.append(stream, before < 0 ? 'no_stream' : before, sealed);
    this.heads.set(stream, headAfter(last));
    return { id: last.metadata.eventId, position, revision, at: last.metadata.occurredAt };
  }

  adopted(defaultKind = 'document_types'): Promise<Appended> {
    return this.append(REPOSITORY_STREAM, {
      type: 'Adopted',
      data: {
        commit: commitOf('adopted'),
        layout: { ...DEFAULT_LAYOUT, defaultKind },
        serviceIdentity: { name: 'Slipway', email: 'slipway@slipway.invalid' },
        commitForm: 1,
        previousEventId: null,
      },
    });
  }

  releaseAdopted(
    release: string,
    more: { origin?: Origin; requires?: string[]; displayName?: string } = {},
  ): Promise<Appended> {
    const { package: id, version } = keyOf(release);
    const { origin = null, requires = [], displayName = null } = more;
    return this.append(packageStream(id), {
      type: 'ReleaseAdopted',
      data: { package: id, version, commit: commitOf('adopted'), tree: treeOf(release), displayName, requires, origin },
    });
  }

  pointerAdopted(releases: readonly string[], origin: Origin | null = null): Promise<Appended> {
    const changes = this.changesTo(releases);
    return this.append(POINTER_STREAM, {
      type: 'PointerAdopted',
      data: { commit: commitOf('adopted'), changes, origin },
    });
  }

  committed(
    release: string,
    more: { draft?: string; content?: string; base?: string | null; requires?: string[]; displayName?: string } = {},
  ): Promise<Appended> {
    const { package: id, version } = keyOf(release);
    const { draft = 'first', content = release, base = null, requires = [], displayName = null } = more;
    return this.append(packageStream(id), {
      type: 'Committed',
      data: {
        package: id,
        version,
        changeType: base === null ? null : 'minor',
        baseVersion: base,
        draft,
        commit: commitOf(content),
        tree: treeOf(content),
        message: `Say ${content}`,
        displayName,
        requires,
      },
    });
  }

  validationFailed(release: string, content = release): Promise<Appended> {
    return this.validated('ValidationFailed', release, content);
  }

  staged(release: string, content = release): Promise<Appended> {
    return this.validated('Staged', release, content);
  }

  private validated(type: 'Staged' | 'ValidationFailed', release: string, content: string): Promise<Appended> {
    const { package: id, version } = keyOf(release);
    const facts = { package: id, version, commit: commitOf(content), tree: treeOf(content) };
    return this.append(packageStream(id), { type, data: { ...facts, report: reportOf(type === 'Staged') } });
  }

  /** Committed and staged. */
  async ready(...releases: string[]): Promise<void> {
    for (const release of releases) {
      await this.committed(release);
      await this.staged(release);
    }
  }

  tagged(release: string): Promise<Appended> {
    const { package: id, version } = keyOf(release);
    const tag = `${id}/v${version}`;
    const data = { package: id, version, tag, commit: commitOf(release), message: `Tag ${release}` };
    return this.append(packageStream(id), { type: 'Tagged', data });
  }

  activated(...releases: string[]): Promise<Appended> {
    return this.moved('Activated', this.changesTo(releases));
  }

  /** `project_discovery@1.4.0`, or `project_discovery` to take the package out of the map. */
  rolledBack(target: string, overrides: readonly string[] = []): Promise<Appended> {
    const changes = target.includes('@') ? this.changesTo([target]) : this.changesFrom([target]);
    return this.moved('RolledBack', changes, overrides);
  }

  deactivated(...packages: string[]): Promise<Appended> {
    return this.moved('Deactivated', this.changesFrom(packages));
  }

  private moved(
    type: 'Activated' | 'RolledBack' | 'Deactivated',
    changes: readonly PointerChange[],
    overrides: readonly string[] = [],
  ): Promise<Appended> {
    return this.append(POINTER_STREAM, {
      type,
      data: { changes, reason: `${type} for a reason`, planDigest: null, overrides },
    });
  }

  private changesTo(releases: readonly string[]): PointerChange[] {
    return releases
      .map((release) => {
        const { package: id, version } = keyOf(release);
        const fromVersion = this.active.get(id) ?? null;
        this.active.set(id, version);
        const requires = REQUIRES[release] ?? [];
        return { package: id, fromVersion, toVersion: version, tree: treeOf(release), requires };
      })
      .sort((a, b) => comparePackageIds(a.package, b.package));
  }

  private changesFrom(packages: readonly string[]): PointerChange[] {
    return packages.map((id) => {
      const fromVersion = this.active.get(id) ?? null;
      this.active.delete(id);
      return { package: id, fromVersion, toVersion: null, tree: null, requires: [] };
    });
  }
}

/** What the releases of the tests require; the others require nothing. */
export const REQUIRES: Readonly<Record<string, readonly string[]>> = {
  'implementation_plan@1.0.0': ['project_discovery'],
  'technical_architecture@1.0.0': ['implementation_plan', 'project_discovery'],
};

/** A commit id that belongs to a text. */
export function commitOf(text: string): string {
  return createHash('sha1').update(`commit ${text}`).digest('hex');
}

/** A tree id that belongs to a text. */
export function treeOf(text: string): string {
  return createHash('sha1').update(`tree ${text}`).digest('hex');
}

function keyOf(release: string): { readonly package: string; readonly version: string } {
  const [id, version] = release.split('@');
  return { package: id!, version: version! };
}

function reportOf(valid: boolean): ValidationReport {
  return {
    valid,
    validatedAt: '2026-03-01T10:00:00.000Z',
    digest: 'a'.repeat(64),
    rulesetDigest: 'b'.repeat(64),
    mapDigest: 'c'.repeat(64),
    checks: [{ check: 'SCHEMA_VALIDITY', passed: valid, errorCount: valid ? 0 : 1, warningCount: 0 }],
    findings: [],
    errorCount: valid ? 0 : 1,
    warningCount: 0,
    omitted: 0,
  };
}

/** Runs a test on a log of its own. */
export function withLog(test: (log: GivenLog) => Promise<void>): () => Promise<void> {
  return async () => {
    const log = new GivenLog();
    try {
      await test(log);
    } finally {
      await log.close();
    }
  };
}
