/** Listens for what would end the process: nothing in these tests may cause it. Call it in a `describe`. */
export function nothingIsUnhandled(): void {
  const met: unknown[] = [];
  const listen = (reason: unknown): void => void met.push(reason);
  beforeAll(() => {
    process.on('unhandledRejection', listen);
    process.on('uncaughtException', listen);
  });
  afterAll(async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    process.off('unhandledRejection', listen);
    process.off('uncaughtException', listen);
    expect(met).toEqual([]);
  });
}
