import { createDraftIds } from '../../../src/application/drafts/draft-ids';
import { createCatalog } from '../../../src/application/releases/catalog';
import { createDrafts, type Draft } from '../../../src/git';
import { NOW, repositoryWith, TOM } from '../../git/fixture-repository';
import { scratch } from '../../git/real-git';
import { stagedReleases } from '../pointer/pointer-of-tests';
import { temporaryLog } from '../streams/node-of-tests';

const log = temporaryLog();
const { next } = scratch();

/** Draft ids over a log in which releases of `a` were committed from drafts `draft` and `b-00000001`. */
async function draftIds() {
  const store = log.open();
  await stagedReleases(store, 'a 1.0.0', 'a 1.1.0 of b-00000001');
  const { repository, root } = await repositoryWith(next('.git'), { 'README.md': 'Configuration.\n' });
  const drafts = createDrafts({ repository });
  let made = 0;
  const ids = { uuid: () => String((made += 1)).padStart(8, '0') };
  const begin = (id: string): Promise<Draft> =>
    drafts.start({ id, package: 'b', baseVersion: null, baseCommit: root, baseTree: null, actor: TOM, now: NOW });
  const given = createDraftIds({ drafts, catalog: createCatalog({ store }), ids });
  return { drafts, give: async (wanted: Parameters<typeof given.give>[0]) => (await given.give(wanted, begin)).id };
}

const refusal = (message: string) => ({
  code: 'BAD_USER_INPUT',
  data: { field: 'name' },
  message: expect.stringContaining(message) as string,
});

it('an id that a release of any package was committed from is not given again', async () => {
  const { give } = await draftIds();
  await expect(give('draft')).rejects.toMatchObject(refusal('a release of a was committed from a draft draft'));
  expect(await give('drafts')).toBe('drafts');
});

it('an id that a living draft has is not given again, not even at the same moment', async () => {
  const { give, drafts } = await draftIds();
  const both = await Promise.allSettled([give('mine'), give('mine')]);
  expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  await expect(give('mine')).rejects.toMatchObject(refusal('exists already'));
  await drafts.abandon('mine');
  expect(await give('mine')).toBe('mine');
});

it('an id that is made passes over those that were given', async () => {
  const { give } = await draftIds();
  expect(await give({ like: 'b' })).toBe('b-00000002');
  expect(await give({ like: `b${'.'.repeat(60)}` })).toBe('b-00000003');
});
