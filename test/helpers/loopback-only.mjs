// Loaded into every process of a test run, of whatever Node: so it is plain JavaScript.
import { Socket } from 'node:net';

const { connect } = Socket.prototype;

/**
 * A test must pass on a machine without a network. So whatever connects to another machine ends its process, by an
 * error that nobody can catch: a client that is tested for lost connections would take an ordinary one for such a loss.
 */
Socket.prototype.connect = function (...args) {
  const host = hostOf(args);
  if (!isLoopback(host)) {
    const refusal = new Error(`A test reached out to ${host}. Tests may connect to this machine alone.`);
    queueMicrotask(() => {
      throw refusal;
    });
    return this.destroy(refusal);
  }
  return connect.apply(this, args);
};

/** Undefined for a socket of the file system. */
function hostOf([first, second]) {
  // Node's own calls come as one list.
  if (Array.isArray(first)) return hostOf(first);
  if (typeof first === 'object') return first.path ? undefined : (first.host ?? 'localhost');
  if (Number.isNaN(Number(first))) return undefined;
  return typeof second === 'string' ? second : 'localhost';
}

function isLoopback(host) {
  return host === undefined || /^(?:127\.[\d.]+|::1|\[::1\]|(?:.+\.)?localhost)$/.test(host);
}
