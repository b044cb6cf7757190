/** A value as JSON that holds no character that a terminal obeys or does not show, but for line ends between its parts. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(/[^\n\P{C}]/gu, (char) =>
    char
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
