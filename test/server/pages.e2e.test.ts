import { fillWithHistory } from './support/rich-log';
import { slipwayOfFile } from './support/running-slipway';

const slipway = slipwayOfFile();
const ID = 'project_discovery';

beforeAll(() => fillWithHistory(slipway));

interface Page {
  readonly totalCount: number;
  readonly nodes: readonly { readonly id: string }[];
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** Each connection of the API as `(arguments) selection`, and how to find it in an answer. */
const CONNECTIONS: readonly (readonly [name: string, query: (connection: string) => string])[] = [
  ['packages', (page) => `packages${page}`],
  ['releases', (page) => `releases${page}`],
  ['drafts', (page) => `drafts${page}`],
  ['activations', (page) => `activations${page}`],
  ['auditLog', (page) => `auditLog${page}`],
  ['events', (page) => `events${page}`],
  ['package.releases', (page) => `package(id: "${ID}") { releases${page} }`],
  ['package.history', (page) => `package(id: "${ID}") { history${page} }`],
  ['release.validations', (page) => `release(package: "${ID}", version: "1.4.1") { validations${page} }`],
  ['release.activations', (page) => `release(package: "${ID}", version: "1.5.0") { activations${page} }`],
];
const PAGE =
  '{ totalCount nodes { id } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }';

describe.each(CONNECTIONS)('%s', (_, query) => {
  const read = async (args: string): Promise<Page> => {
    const data: unknown = await slipway.ask(`{ ${query(`(${args}) ${PAGE}`)} }`);
    let found = Object.values(data as object)[0] as Page | Record<string, Page>;
    if (!('pageInfo' in found)) found = Object.values(found)[0]!;
    return found as Page;
  };

  it('comes page by page: each item once, in order, and counted whole', async () => {
    const whole = await read('first: 200');
    expect(whole.nodes).toHaveLength(whole.totalCount);
    expect(whole.totalCount).toBeGreaterThanOrEqual(3);
    expect(whole.pageInfo).toEqual({
      hasNextPage: false,
      hasPreviousPage: false,
      startCursor: whole.edges[0]?.cursor,
      endCursor: whole.edges.at(-1)?.cursor,
    });
    const seen: string[] = [];
    let page = await read('first: 2');
    for (let pages = 1; ; pages++) {
      expect(page.edges.map(({ node }) => node)).toEqual(page.nodes);
      expect(page.totalCount).toBe(whole.totalCount);
      seen.push(...page.nodes.map(({ id }) => id));
      expect(page.pageInfo.hasNextPage).toBe(seen.length < whole.totalCount);
      expect(page.pageInfo.hasPreviousPage).toBe(pages > 1);
      expect(page.pageInfo.endCursor).toBe(page.edges.at(-1)?.cursor);
      if (!page.pageInfo.hasNextPage) break;
      page = await read(`first: 2, after: "${page.pageInfo.endCursor ?? ''}"`);
    }
    expect(seen).toEqual(whole.nodes.map(({ id }) => id));
    expect(new Set(seen).size).toBe(seen.length);
    const beyond = await read(`first: 2, after: "${whole.pageInfo.endCursor ?? ''}"`);
    expect(beyond).toMatchObject({ nodes: [], pageInfo: { hasNextPage: false, startCursor: null, endCursor: null } });
  });

  it.each([0, -1, 201, 2_147_483_647])('refuses first: %s', async (first) => {
    const { errors } = await slipway.gql(`{ ${query(`(first: ${first}) ${PAGE}`)} }`);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'first' } }]);
  });
});
