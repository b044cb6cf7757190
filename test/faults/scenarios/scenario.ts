import { type NodeOptions } from '../support/faulty-node';
import { Ground } from '../support/ground';
import { type OwnRecord } from '../support/own-record';

/** A short fault and what it found: nothing, from a server that keeps its promises. The museum runs it on one that does not. */
export type Scenario = (ground: Ground) => Promise<readonly string[]>;

/** Runs a scenario on a data directory of its own and ends what it started. A failure on the way is a finding as well. */
export async function play(
  scenario: Scenario,
  place: { readonly dataDirectory: string; readonly record: OwnRecord; readonly node?: NodeOptions },
): Promise<readonly string[]> {
  const ground = new Ground(place.dataDirectory, place.record, place.node);
  try {
    return await scenario(ground);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  } finally {
    await ground.close();
  }
}
