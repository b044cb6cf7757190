import { isSoundSqlite } from '../../../src/eventstore/sqlite-driver/sqlite-version';

describe('the version of SQLite', () => {
  it.each(['3.51.3', '3.52.0', '3.53.4', '3.100.0', '3.50.7', '3.50.12', '3.44.6'])('%s is sound', (version) => {
    expect(isSoundSqlite(version)).toBe(true);
  });

  it.each(['3.40.1', '3.44.5', '3.45.0', '3.46.1', '3.49.2', '3.50.6', '3.51.0', '3.51.2'])(
    '%s can lose committed writes',
    (version) => {
      expect(isSoundSqlite(version)).toBe(false);
    },
  );
});
