import { Presets, SingleBar } from 'cli-progress';

/** Shows how far a command has come, to people who watch. */
export interface ProgressBar {
  update(done: number, total: number): void;
  stop(): void;
}

/** A bar on standard error; nothing where that is no terminal. */
export function progressBar(what: string): ProgressBar {
  if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined };
  const bar = new SingleBar(
    {
      format: `${what} {bar} {percentage}% {value}/{total} {eta_formatted}`,
      clearOnComplete: true,
      stream: process.stderr,
    },
    Presets.shades_classic,
  );
  let isStarted = false;
  return {
    update: (done, total) => {
      if (isStarted) bar.update(done);
      else bar.start(total, done);
      isStarted = true;
    },
    stop: () => bar.stop(),
  };
}
