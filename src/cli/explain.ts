import { BadConfiguration } from '../server/config';
import { PortTaken } from '../server/listen';

/** An error in one or two lines for people, without a stack trace. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = causeOf(error);
  return cause === '' ? error.message : `${error.message} (${cause})`;
}

/** The first line of a cause that says more than the message. */
function causeOf(error: Error): string {
  // These say in our own words what the system said.
  if (error instanceof BadConfiguration || error instanceof PortTaken) return '';
  const { cause } = error;
  // The message already has the words of a program that failed; the rest is how it was called.
  if (!(cause instanceof Error) || 'cmd' in cause || cause.message.startsWith('Command failed')) return '';
  const [line = ''] = cause.message.split('\n', 1);
  return error.message.includes(line.replace(/\.$/, '')) ? '' : line;
}
