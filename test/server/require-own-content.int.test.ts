import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MAIN_REF, RefUnreadable } from '../../src/git';
import { adoptFiles } from '../../src/server/adopt-source';
import { openFoundation } from '../../src/server/open-foundation';
import { requireOwnContent } from '../../src/server/require-own-content';

it('lets a node start whose content is here, also where its main cannot be read', async () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'slipway-own-'));
  const foundation = await openFoundation(dataDirectory);
  try {
    expect(await adoptFiles(foundation, { directory: null, layout: undefined })).toBe(true);
    writeFileSync(join(foundation.gitdir, MAIN_REF), 'no object id\n');
    await expect(foundation.repository.refs.read(MAIN_REF)).rejects.toThrow(RefUnreadable);
    await expect(requireOwnContent(foundation)).resolves.toBeUndefined();
  } finally {
    await foundation.close();
    rmSync(dataDirectory, { recursive: true, force: true });
  }
});
