import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { draftRef, NO_ACCESS, parseRemoteAddress, RefUnreadable } from '../../src/git';
import { startNode } from '../../src/server/compose';
import { READ_MODEL_FILE } from '../../src/server/data-directory';
import { createLog } from '../../src/server/log';
import { type Foundation, openFoundation } from '../../src/server/open-foundation';
import { shareThrough } from '../../src/server/share-content';
import { startSlipway } from './support/running-slipway';

/** The repository, whose drafts cannot be listed: they are looked at last, when everything else runs. */
function withoutDrafts(foundation: Foundation): Foundation {
  const { repository } = foundation;
  const refs = new Proxy(repository.refs, {
    get: (target, key) => {
      if (key === 'list')
        return (prefix: string) =>
          prefix === draftRef('') ? Promise.reject(new Error('The drafts cannot be listed.')) : target.list(prefix);
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  return { ...foundation, repository: { objects: repository.objects, refs } };
}

it('leaves nothing open when it fails after everything else has begun', async () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'slipway-failed-'));
  try {
    let closed = false;
    const around = (foundation: Foundation): Foundation => ({
      ...withoutDrafts(foundation),
      close: async () => {
        await foundation.close();
        closed = true;
      },
    });
    await expect(startSlipway({ dataDirectory, around })).rejects.toThrow('The drafts cannot be listed.');
    expect(closed).toBe(true);
    // The directory is free, and what was begun goes on.
    const slipway = await startSlipway({ dataDirectory });
    await slipway.commands.deactivate(['implementation_plan']);
    await slipway.close();
  } finally {
    rmSync(dataDirectory, { recursive: true, force: true });
  }
});

it('opens nothing of a node that shares where a ref of its drafts cannot be read', async () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'slipway-failed-'));
  const foundation = await openFoundation(dataDirectory);
  try {
    const remote = {
      address: parseRemoteAddress(join(dataDirectory, 'shared.git')),
      access: NO_ACCESS,
      observeEveryMs: 1_000,
    };
    const sharing = shareThrough(remote, {
      ...foundation,
      writeFirst: () => Promise.reject(new Error('Nothing is adopted here.')),
      node: { id: '0123456789ab', address: 'https://a.example.com' },
      log: createLog('silent'),
    });
    await foundation.repository.refs.compareAndSet(
      draftRef('fix'),
      null,
      await foundation.repository.objects.writeBlob(new Uint8Array()),
    );
    writeFileSync(join(foundation.gitdir, draftRef('fix')), 'no object id\n');
    const starting = startNode(foundation, { log: createLog('silent'), step: () => Promise.resolve(), sharing });
    await expect(starting).rejects.toThrow(RefUnreadable);
    expect(existsSync(join(dataDirectory, READ_MODEL_FILE))).toBe(false);
  } finally {
    await foundation.close();
    rmSync(dataDirectory, { recursive: true, force: true });
  }
});
