/** A request that was sent to the API, and its response. */
export interface RecordedRequest {
  id: number;
  at: string;
  /** `POST /v2/ping` */
  line: string;
  /** The status, or how the connection ended. */
  end: string;
  sent: string;
  received: string;
}

const most = 50;
const longestBody = 4000;

/** The last requests, the newest first, for the control page. Headers are left out: they contain the key. */
export class RecordedRequests {
  readonly #requests: RecordedRequest[] = [];
  readonly #listeners = new Set<() => void>();
  #count = 0;

  list(): readonly RecordedRequest[] {
    return this.#requests;
  }

  /** @param bodies as they are read; a body that breaks off counts as empty */
  async add(
    request: Pick<RecordedRequest, 'at' | 'line' | 'end'>,
    bodies: readonly [sent: Promise<string>, received: Promise<string>],
  ): Promise<void> {
    const id = ++this.#count;
    const [sent = '', received = ''] = await Promise.all(bodies.map((body) => body.then(shorten, () => '')));
    this.#requests.unshift({ id, ...request, sent, received });
    this.#requests.length = Math.min(this.#requests.length, most);
    for (const listener of this.#listeners) listener();
  }

  /** Calls a function after each request. @returns the function that removes it */
  onAdd(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

function shorten(text: string): string {
  return text.length > longestBody ? `${text.slice(0, longestBody)} …` : text;
}
