import { type WebSocket } from 'ws';

/** Subscriptions that one socket may carry at a time. */
export const MAX_SUBSCRIPTIONS = 100;

/** Sockets that one token may hold open at a time. */
export const MAX_SOCKETS = 200;

/** Counts the open sockets of each token. */
export class SocketCount {
  readonly #open = new Map<string, number>();

  /** Counts a socket until it closes. @returns false, and counts nothing, where the token has too many already. */
  take(tokenId: string, socket: Pick<WebSocket, 'once'>): boolean {
    const open = this.#open.get(tokenId) ?? 0;
    if (open >= MAX_SOCKETS) return false;
    this.#open.set(tokenId, open + 1);
    socket.once('close', () => this.#release(tokenId));
    return true;
  }

  #release(tokenId: string): void {
    const left = (this.#open.get(tokenId) ?? 1) - 1;
    if (left === 0) this.#open.delete(tokenId);
    else this.#open.set(tokenId, left);
  }
}
