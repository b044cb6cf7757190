/** An error in one or two lines for people, without a stack trace. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE')
    return 'The port is taken. Give another with --port, or 0 for any free one.';
  const [cause = ''] = causeOf(error).split('\n', 1);
  return cause === '' ? error.message : `${error.message} (${cause})`;
}

function causeOf({ cause }: Error): string {
  // The message already has the words of a program that failed; the rest is how it was called.
  if (!(cause instanceof Error) || 'cmd' in cause) return '';
  return cause.message;
}
