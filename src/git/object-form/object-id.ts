/** Whether a text is an object id as this project writes it: 40 lower-case hex characters. */
export function isObjectId(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text);
}
