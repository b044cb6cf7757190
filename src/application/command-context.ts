import { type Actor } from '../domain';

/** Who gives a command, and the request it belongs to. The actor comes from the verified token alone. */
export interface CommandContext {
  readonly actor: Actor;
  readonly correlationId: string;
}
