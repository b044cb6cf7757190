/** Something that happens once and is waited for. */
export class Latch {
  #open: () => void = () => undefined;

  readonly opened = new Promise<void>((resolve) => {
    this.#open = resolve;
  });

  open(): void {
    this.#open();
  }
}
