import { git } from '../../git/real-git';
import { type KillableNode } from './killable-node';

const PAGE = '{ nodes { id } pageInfo { hasNextPage endCursor } }';

/** Lists of {@link listOf}: the events of stagings, and the moves of the pointer. */
export const STAGINGS = `query ($after: Position) { list: events(first: 200, after: $after, types: ["Staged"]) ${PAGE} }`;
export const MOVES = `query ($after: String) { list: activations(first: 200, after: $after) ${PAGE} }`;

interface Page {
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

/** Ids that a list does not hold exactly once. */
export function notOnce(ids: readonly string[], list: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const id of list) counts.set(id, (counts.get(id) ?? 0) + 1);
  return ids.filter((id) => counts.get(id) !== 1);
}

/** Ids of the events that the commits of `main` were made from. */
export function eventsOnMain(gitdir: string): string[] {
  return git(gitdir, ['log', '--format=%(trailers:key=Slipway-Event-Id,valueonly)', 'main']).split(/\s+/);
}

/** Ids that a node answers in a list, page by page. */
export async function listOf(node: KillableNode, list: string): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | null = null; ;) {
    const answer = await node.run(list, { after });
    const { list: page } = answer?.data as { list: { nodes: { id: string }[]; pageInfo: Page } };
    ids.push(...page.nodes.map(({ id }) => id));
    if (!page.pageInfo.hasNextPage) return ids;
    after = page.pageInfo.endCursor;
  }
}
