import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Unavailable } from '../../src/domain';
import { NO_ACCESS, parseRemoteAddress } from '../../src/git';
import { adoptFiles } from '../../src/server/adopt-source';
import { startBackgroundVerifier } from '../../src/server/background-verifier';
import { startNode } from '../../src/server/compose';
import { REPOSITORY_DIRECTORY } from '../../src/server/data-directory';
import { createLog } from '../../src/server/log';
import { openFoundation } from '../../src/server/open-foundation';
import { shareThrough } from '../../src/server/share-content';
import { engineFromSource } from '../validation/support/engine-from-source';

const EXAMPLE = join(__dirname, '..', '..', 'examples', 'config');

it('a node joins until it has what it joins the others with, also where fetching that fails', async () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'slipway-joining-'));
  const validation = engineFromSource();
  try {
    const adopting = { ...(await openFoundation(dataDirectory)), validation };
    await adoptFiles(adopting, { directory: EXAMPLE, layout: undefined });
    await adopting.close();
    rmSync(join(dataDirectory, REPOSITORY_DIRECTORY), { recursive: true });
    const foundation = { ...(await openFoundation(dataDirectory)), validation };
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
      const joining = (): boolean => node.joining();
      expect(joining()).toBe(true);
      // Without a main everything would be said to have failed, and stay so until the next run.
      const verifier = startBackgroundVerifier({ dataDirectory, everyMinutes: 60, log, joining, execArgv: [] });
      expect(verifier.running()).toBe(false);
      await verifier.close();
      expect([verifier.last(), verifier.failure()]).toEqual([null, null]);
      // What nobody can say yet is not told as content that was changed.
      const releases = [{ package: 'project_discovery', version: '1.4.0' }];
      await expect(node.application.planActivation(releases)).rejects.toThrow(Unavailable);
    } finally {
      await node.stop();
      await foundation.close();
    }
  } finally {
    await validation.close();
    rmSync(dataDirectory, { recursive: true, force: true });
  }
});
