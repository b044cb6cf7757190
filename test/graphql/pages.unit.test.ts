import * as fc from 'fast-check';
import { type DraftAnswer } from '../../src/application';
import { toConnection } from '../../src/graphql/mappers/connection.mapper';
import { pageOfDrafts } from '../../src/graphql/mappers/draft-page';
import { pageOf } from '../../src/graphql/resolvers/page-args';

describe('the page that arguments ask for', () => {
  it.each([1, 50, 200])('takes first: %p', (first) => {
    expect(pageOf(first, 50)).toMatchObject({ first });
  });

  it.each([0, -1, 201, 2_147_483_647])('refuses first: %p by name', (first) => {
    expect(() => pageOf(first, 50)).toThrow(/^first: must be 1 to 200/);
  });

  it.each([null, undefined])('takes first: %p as left out', (first) => {
    expect(pageOf(first, 20, 'cursor')).toEqual({ first: 20, after: 'cursor' });
  });
});

describe('a connection', () => {
  const page = {
    edges: [
      { node: 1, cursor: 'a' },
      { node: 2, cursor: 'b' },
    ],
    hasNextPage: true,
    hasPreviousPage: false,
    totalCount: jest.fn(() => 7),
  };

  it('shows nodes, edges and where the page stands', () => {
    const { edges, nodes, pageInfo } = toConnection(page, (node) => ({ node }));
    expect(nodes).toEqual([{ node: 1 }, { node: 2 }]);
    expect(edges[1]).toEqual({ node: { node: 2 }, cursor: 'b' });
    expect(pageInfo).toEqual({ hasNextPage: true, hasPreviousPage: false, startCursor: 'a', endCursor: 'b' });
  });

  it('counts the whole list only when somebody asks', () => {
    const connection = toConnection(page, (node) => node);
    expect(page.totalCount).not.toHaveBeenCalled();
    expect(connection.totalCount).toBe(7);
  });

  it('has no cursors when it is empty', () => {
    const { pageInfo } = toConnection({ ...page, edges: [] }, (node) => node);
    expect(pageInfo).toMatchObject({ startCursor: null, endCursor: null });
  });
});

describe('pages of drafts', () => {
  const draft = (id: string, createdAt: string) => ({ id, createdAt }) as DraftAnswer; // the list looks at nothing else
  const list = (size: number) =>
    Array.from({ length: size }, (_, index) =>
      draft(`draft-${String(index % 3)}-${String(index)}`, `2026-03-01T00:00:0${String(index % 2)}.000Z`),
    ).sort((a, b) => (a.createdAt === b.createdAt ? (a.id < b.id ? -1 : 1) : a.createdAt < b.createdAt ? 1 : -1));

  it('together are the whole list, once each, whatever the size of a page', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 10 }), (size, first) => {
        const drafts = list(size);
        const seen: string[] = [];
        for (let after: string | null = null, more = true; more;) {
          const page = pageOfDrafts(drafts, { first, after });
          expect(page.hasPreviousPage).toBe(seen.length > 0);
          seen.push(...page.edges.map((edge) => edge.node.id));
          more = page.hasNextPage;
          after = page.edges.at(-1)?.cursor ?? null;
        }
        expect(seen).toEqual(drafts.map((one) => one.id));
      }),
    );
  });

  it('go on behind a draft that was abandoned meanwhile', () => {
    const drafts = list(6);
    const { edges } = pageOfDrafts(drafts, { first: 3 });
    const rest = pageOfDrafts(drafts.toSpliced(2, 1), { first: 10, after: edges[2]?.cursor ?? null });
    expect(rest.edges.map((edge) => edge.node.id)).toEqual(drafts.slice(3).map((one) => one.id));
  });

  it.each(['', 'not a cursor', '!!!!', Buffer.from('one').toString('base64url')])('refuse %p as a cursor', (after) => {
    expect(() => pageOfDrafts(list(2), { first: 1, after })).toThrow(/^after: /);
  });
});
