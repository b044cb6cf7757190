/** Waits until something has ended, or so many milliseconds have gone; which of them is not told. @throws what fails within that time. */
export async function waitAtMost(ms: number, doing: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([doing, timeout]);
  clearTimeout(timer);
}
