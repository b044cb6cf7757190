import { mkdtempSync, readFileSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adminTokenFile, ensureAdminToken } from '../../../src/server/identity/admin-token';
import { newToken } from '../../../src/server/identity/token-text';
import { openTokenStore, type TokenStore } from '../../../src/server/identity/token-store';

const NOW = '2026-03-01T10:00:00.000Z';

describe('the admin token of a data directory', () => {
  let directory: string;
  let tokens: TokenStore;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'slipway-admin-'));
    tokens = openTokenStore({ path: join(directory, 'tokens.db') });
  });
  afterEach(() => {
    tokens.close();
    rmSync(directory, { recursive: true });
  });

  const ensure = (): string | null => ensureAdminToken(directory, tokens, NOW);
  const aside = (): string => `${adminTokenFile(directory)}.tmp`;

  function expectInPlace(token: string | null): void {
    expect(token).not.toBeNull();
    expect(readFileSync(adminTokenFile(directory), 'utf8')).toBe(`${token ?? ''}\n`);
    expect(statSync(adminTokenFile(directory)).mode & 0o777).toBe(0o600);
    expect(tokens.verify(token ?? '')).toMatchObject({ actor: { id: 'admin' }, role: 'admin' });
    expect(tokens.list()).toHaveLength(1);
    expect(ensure()).toBeNull();
  }

  it('is made once, for its owner alone', () => {
    expectInPlace(ensure());
  });

  it('is not made again for an operator who removed its file', () => {
    ensure();
    unlinkSync(adminTokenFile(directory));
    expect(ensure()).toBeNull();
  });

  it('is finished after a start that was killed before the token was known', () => {
    const token = newToken();
    writeFileSync(aside(), `${token}\n`, { mode: 0o600 });
    expect(ensure()).toBe(token);
    expectInPlace(token);
  });

  it('is finished after a start that was killed before the token was in its place', () => {
    const token = newToken();
    writeFileSync(aside(), `${token}\n`, { mode: 0o600 });
    tokens.create({ actor: { id: 'admin', name: 'Administrator' }, role: 'admin', now: NOW, token });
    expect(ensure()).toBe(token);
    expectInPlace(token);
  });

  it.each(['', 'slw_half'])('is made anew after a start that was killed while it wrote %j', (torn) => {
    writeFileSync(aside(), torn);
    expectInPlace(ensure());
  });
});
