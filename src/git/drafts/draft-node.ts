/** One of the nodes that share a log, as the work in progress of its drafts names it. */
export interface DraftNode {
  /** Whose a draft is follows from this alone: made once for a data directory, and no other node's. */
  readonly id: string;
  /** Where people reach it. Several nodes may say the same, and one may say another later. */
  readonly address: string;
}

/** Whether a text has the form of a node's id. */
export function isNodeId(text: string): boolean {
  return /^[0-9a-f]{12}$/.test(text);
}

/** The node as a trailer says it: id, space, address. */
export function printDraftNode({ id, address }: DraftNode): string {
  return `${id} ${address}`;
}

/** The node that a trailer names; null where it does not name one by its id. */
export function parseDraftNode(text: string | undefined): DraftNode | null {
  const [id = '', address = '', ...more] = text?.split(' ') ?? [];
  return isNodeId(id) && address !== '' && more.length === 0 ? { id, address } : null;
}
