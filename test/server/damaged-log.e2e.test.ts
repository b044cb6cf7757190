import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openSqlite } from '../../src/eventstore';
import { startSlipway } from './support/running-slipway';

describe('a log that was changed behind the back of Slipway', () => {
  it('is noticed when the read models are made anew, and nothing more is shown or decided', async () => {
    const slipway = await startSlipway();
    try {
      await slipway.commands.deactivate(['implementation_plan'], { reason: 'true' });
      await slipway.published();
      await slipway.restart(() => {
        forge(join(slipway.dataDirectory, 'events.db'), '"true"', '"FORGED"');
        rmSync(join(slipway.dataDirectory, 'read-model.db'));
      });

      const ready = await fetch(new URL('/readyz', slipway.url));
      expect(ready.status).toBe(503);
      expect(await ready.text()).toContain('pointer-production@1 does not have the hash');
      expect(JSON.stringify(await slipway.ask('{ auditLog { nodes { reason } } }'))).not.toContain('FORGED');
      const { errors } = await slipway.gql(
        'mutation { deactivate(input: { packages: ["technical_architecture"], reason: "more" }) { position } }',
      );
      expect(errors).toMatchObject([
        { extensions: { code: 'UNAVAILABLE' }, message: expect.stringContaining('damaged') },
      ]);
    } finally {
      await slipway.close();
    }
  });

  it('is told in words to whoever asks for drift, or resolves it', async () => {
    const slipway = await startSlipway();
    try {
      await slipway.restart(() => append(join(slipway.dataDirectory, 'events.db'), 'Tagged', '{"tag":'));
      for (const operation of [
        '{ drift { ref } }',
        'mutation { resolveDrift(input: { remedy: HEAL }) { resolved { ref } } }',
      ]) {
        const { errors } = await slipway.gql(operation);
        expect(errors).toMatchObject([
          {
            extensions: { code: 'UNAVAILABLE' },
            message: expect.stringMatching(/^The event log is damaged: .*backup\.$/),
          },
        ]);
      }
    } finally {
      await slipway.close();
    }
  });
});

/** What somebody with the file and no respect for its triggers can do. */
function forge(path: string, from: string, to: string): void {
  const database = openSqlite({ path, synchronous: 'FULL' });
  const triggers = database.prepare<{ name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`).all();
  for (const { name } of triggers) database.exec(`DROP TRIGGER "${name}"`);
  database.prepare('UPDATE events SET data = replace(data, ?, ?)').run(from, to);
  database.close();
}

/** An event that was not made by Slipway, in a stream of its own. */
function append(path: string, type: string, data: string): void {
  const database = openSqlite({ path, synchronous: 'FULL' });
  const columns = 'position, stream, revision, type, event_id, data, metadata';
  database
    .prepare(
      `INSERT INTO events (${columns}) SELECT max(position) + 1, 'package-foreign', 0, ?, 'x', ?, '{}' FROM events`,
    )
    .run(type, data);
  database.close();
}
