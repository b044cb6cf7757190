import { type Position, type RecordedEvent } from '../../domain';
import { SCHEMA_VERSION, type SqliteDatabase } from '../../eventstore';
import { CheckpointTable, type Checkpoint } from './checkpoint-table';
import { PoisonEvent } from './poison-event';
import { createPublications, PUBLICATIONS_TABLE } from './publications';
import { StreamTable } from './stream-table';
import { type TableSet } from './table-set';

/** What puts one event into the tables. */
interface Writers {
  readonly streams: StreamTable;
  readonly sets: readonly ((event: RecordedEvent) => void)[];
}

/** All tables that follow the log, under one checkpoint. */
export class ProjectedTables {
  private readonly checkpoints: CheckpointTable;
  private readonly identity: { readonly logId: string; readonly versions: string };
  private writers: Writers;
  private last: Checkpoint | null;

  /** Tables of another version, or of another log, are dropped: they are made anew from the log. */
  constructor(
    private readonly parts: {
      readonly database: SqliteDatabase;
      readonly logId: string;
      readonly sets: readonly TableSet[];
      /** The chains of the streams are checked by somebody else; false when left out. */
      readonly isChainChecked?: boolean;
      /** Queries will be asked of the tables, which have indexes for them then; true when left out. */
      readonly isQueried?: boolean;
    },
  ) {
    const { database, logId, sets } = parts;
    const versions = versionsOf(sets);
    this.checkpoints = new CheckpointTable(database);
    this.identity = { logId, versions };
    const stored = this.checkpoints.identity();
    // Commits of another log's events say nothing of this one's.
    if (stored !== null && stored.logId !== logId) database.exec(`DROP TABLE IF EXISTS ${PUBLICATIONS_TABLE}`);
    createPublications(database);
    if (stored?.logId !== logId || stored.versions !== versions) this.makeAnew();
    this.writers = this.prepareWriters();
    this.last = this.checkpoints.last();
  }

  /** The last event that the tables contain; null before the first. */
  get checkpoint(): Checkpoint | null {
    return this.last;
  }

  get position(): Position | null {
    return this.last?.position ?? null;
  }

  /**
   * Puts events into the tables, in the order of the log, all or none.
   *
   * @throws PoisonEvent for the first that cannot be projected.
   */
  project(events: readonly RecordedEvent[]): void {
    const last = events.at(-1);
    if (last === undefined) return;
    this.parts.database.transaction(() => {
      for (const event of events) this.projectOne(event);
      this.checkpoints.set(last);
    });
    this.reread();
  }

  /** Learns the checkpoint from the file: after an error nobody knows whether the last transaction counts. */
  reread(): void {
    this.last = this.checkpoints.last();
  }

  /** Empties the tables, but for the publications. */
  reset(): void {
    this.makeAnew();
    this.writers = this.prepareWriters();
    this.reread();
  }

  private projectOne(event: RecordedEvent): void {
    try {
      const { schemaVersion } = event.metadata;
      if (schemaVersion > SCHEMA_VERSION) {
        throw new Error(`It was written in shape ${schemaVersion}; a newer version of Slipway reads it.`);
      }
      if (this.parts.isChainChecked === true) this.writers.streams.take(event);
      else this.writers.streams.follow(event);
      for (const write of this.writers.sets) write(event);
    } catch (error) {
      throw new PoisonEvent(event, error);
    }
  }

  private prepareWriters(): Writers {
    const { database, sets } = this.parts;
    return { streams: new StreamTable(database), sets: sets.map((set) => set.projector(database)) };
  }

  private makeAnew(): void {
    const { database, sets, isQueried = true } = this.parts;
    database.transaction(() => {
      for (const table of tablesOf(database)) if (table !== PUBLICATIONS_TABLE) database.exec(`DROP TABLE "${table}"`);
      StreamTable.create(database);
      for (const { schema, indexes } of sets) database.exec(isQueried ? schema + indexes : schema);
      this.checkpoints.begin(this.identity);
    });
  }
}

/** What tables are made by, as it is noted with them. */
export function versionsOf(sets: readonly TableSet[]): string {
  return sets.map(({ name, version }) => `${name} ${version}`).join(', ');
}

/** Names of all tables, sorted. */
export function tablesOf(database: SqliteDatabase): readonly string[] {
  const sql = `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name`;
  return database
    .prepare<{ name: string }>(sql)
    .all()
    .map(({ name }) => name);
}
