import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AlreadyAdopted } from '../../src/application';
import { requireSound } from '../../src/eventstore';
import { adoptFiles } from '../../src/server/adopt-source';
import { type Foundation, openFoundation } from '../../src/server/open-foundation';
import { BUNDLED_EXAMPLE } from '../../src/server/config';
import { engineFromSource } from '../validation/support/engine-from-source';

const EXAMPLE = { directory: BUNDLED_EXAMPLE, layout: undefined };
const EMPTY = { directory: null, layout: undefined };

describe('a first start that finds, after it has shared its commit, that another node was faster', () => {
  let directory: string;
  let foundation: Foundation;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'slipway-at-once-'));
    foundation = { ...(await openFoundation(directory)), validation: engineFromSource() };
  });
  afterEach(async () => {
    await foundation.validation.close();
    await foundation.close();
    rmSync(directory, { recursive: true, force: true });
  });

  it('joins it where it began with the same commit', async () => {
    const faster = async (): Promise<void> => {
      expect(await adoptFiles(foundation, EXAMPLE)).toBe(true);
    };
    expect(await adoptFiles(foundation, EXAMPLE, faster)).toBe(false);
    await requireSound(foundation.store);
  });

  it('is refused where it began with another one', async () => {
    const faster = async (): Promise<void> => {
      await adoptFiles(foundation, EXAMPLE);
    };
    await expect(adoptFiles(foundation, EMPTY, faster)).rejects.toThrow(AlreadyAdopted);
  });
});
