/** A line on a terminal that tells how many events are done; nothing where nobody looks on. `end` takes it away again. */
export function eventProgress(doing: string): {
  readonly tell: (done: number, total: number) => void;
  readonly end: () => void;
} {
  const { stderr } = process;
  if (!stderr.isTTY) return { tell: () => undefined, end: () => undefined };
  let shown = -1;
  return {
    tell: (done, total) => {
      const percent = total === 0 ? 100 : Math.floor((done / total) * 100);
      if (percent === shown) return;
      shown = percent;
      stderr.write(`\r${doing}: ${String(done)} of ${String(total)} events (${String(percent)} %)`);
    },
    end: () => stderr.write(shown < 0 ? '' : '\r\u001b[K'),
  };
}
