/** What an operation needs that no method does; the fetch client can still call it. The message completes "no method, because". */
export class Unsupported extends Error {}
