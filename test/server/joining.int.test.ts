import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NO_ACCESS, parseRemoteAddress } from '../../src/git';
import { adoptFiles } from '../../src/server/adopt-source';
import { startNode } from '../../src/server/compose';
import { REPOSITORY_DIRECTORY } from '../../src/server/data-directory';
import { createLog } from '../../src/server/log';
import { openFoundation } from '../../src/server/open-foundation';
import { shareThrough } from '../../src/server/share-content';

it('a node joins until it has what it joins the others with, also where fetching that fails', async () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'slipway-joining-'));
  try {
    const adopting = await openFoundation(dataDirectory);
    await adoptFiles(adopting, { directory: null, layout: undefined });
    await adopting.close();
    rmSync(join(dataDirectory, REPOSITORY_DIRECTORY), { recursive: true });
    const foundation = await openFoundation(dataDirectory);
    const log = createLog('silent');
    const away = {
      address: parseRemoteAddress(join(dataDirectory, 'away.git')),
      access: NO_ACCESS,
      observeEveryMs: 1_000,
    };
    const sharing = shareThrough(away, {
      ...foundation,
      writeFirst: () => foundation.repository.objects.writeBlob(new Uint8Array()),
      node: { id: '0123456789ab', address: 'https://a.example.com' },
      log,
    });
    const node = await startNode(foundation, { log, step: () => Promise.resolve(), sharing });
    try {
      await node.joined;
      expect(node.publisher.status()).toMatchObject({
        tip: null,
        retrying: expect.stringMatching(/cannot be reached/) as string,
      });
      expect(node.joining()).toBe(true);
    } finally {
      await node.stop();
      await foundation.close();
    }
  } finally {
    rmSync(dataDirectory, { recursive: true, force: true });
  }
});
