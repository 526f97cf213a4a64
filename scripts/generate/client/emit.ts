export function emitClient(_document: object): string {
  return "";
}
