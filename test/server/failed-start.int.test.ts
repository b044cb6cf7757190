import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { draftRef } from '../../src/git';
import { type Foundation } from '../../src/server/open-foundation';
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
