import { type FastifyInstance } from 'fastify';
import { BadConfiguration } from './config';

/** The port belongs to another process. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken';
}

/**
 * Begins to accept connections.
 * @throws PortTaken; BadConfiguration for an address or a port that this process cannot have.
 */
export async function listen(
  server: FastifyInstance,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<void> {
  try {
    await server.listen({ host, port });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : null;
    const place = `Port ${String(port)}`;
    if (code === 'EADDRINUSE')
      throw new PortTaken(`${place} is taken. Give another with --port, or 0 for any free one.`, { cause });
    if (code === 'EACCES') throw new BadConfiguration(`${place} needs rights that this user has not.`, { cause });
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
      throw new BadConfiguration(`${host} is not an address of this machine. Give another with --host.`, { cause });
    throw cause;
  }
}
