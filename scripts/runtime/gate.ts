/** Lets a fixed number in at once; the others wait in line. */
export interface Gate {
  /** @throws the signal's reason, when it is aborted before there is room; the place in line is given up. */
  enter(signal: AbortSignal): Promise<void>;
  /** Must be called once for each `enter` that resolved. */
  leave(): void;
}

export function createGate(width: number): Gate {
  let inside = 0;
  const line = new Set<() => void>();
  return {
    async enter(signal) {
      signal.throwIfAborted();
      // A width of 1.5 lets one in.
      if (inside + 1 <= width) {
        inside++;
        return;
      }
      await new Promise<void>((resolve, reject) => {
        const quit = () => {
          line.delete(admit);
          reject(signal.reason);
        };
        const admit = () => {
          line.delete(admit);
          signal.removeEventListener('abort', quit);
          resolve();
        };
        line.add(admit);
        signal.addEventListener('abort', quit);
      });
    },
    leave() {
      const [next] = line;
      if (next) next();
      else inside--;
    },
  };
}
