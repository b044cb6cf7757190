import { WatchedRefs } from '../../../src/git/drift/watched-refs';

it('reads refs again when their stamp differs, or there is none', async () => {
  let reads = 0;
  let stamp: string | null = 'a';
  const list = () => Promise.resolve([{ ref: 'refs/tags/x', oid: String((reads += 1)) }]);
  const refs = new WatchedRefs({ list, read: () => Promise.resolve(null) }, () => Promise.resolve(stamp));
  const oid = async (): Promise<string | undefined> => (await refs.list('refs/tags/'))[0]?.oid;

  expect([await oid(), await oid()]).toEqual(['1', '1']);
  stamp = 'b';
  expect([await oid(), await oid()]).toEqual(['2', '2']);
  stamp = null;
  expect([await oid(), await oid()]).toEqual(['3', '4']);
});
