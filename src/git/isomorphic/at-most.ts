/** Runs what it is given, at most `limit` at a time and in the order given; the rest waits. */
export function atMost(limit: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running < limit) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // The place is handed on rather than given back, so that nobody who comes later takes it first.
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
