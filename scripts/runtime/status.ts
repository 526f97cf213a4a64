/** Error statuses that IANA registers. Another one still becomes an `HttpError`, outside of these types. */
// biome-ignore format: one line a class reads best
export type ErrorStatus =
  | 400 | 401 | 402 | 403 | 404 | 405 | 406 | 407 | 408 | 409 | 410 | 411 | 412 | 413 | 414 | 415 | 416 | 417
  | 421 | 422 | 423 | 424 | 425 | 426 | 428 | 429 | 431 | 451
  | 500 | 501 | 502 | 503 | 504 | 505 | 506 | 507 | 508 | 511;

/** Redirect statuses; 0 in browsers, which hide the answer. */
export type RedirectStatus = 0 | 300 | 301 | 302 | 303 | 305 | 306 | 307 | 308;

export type SuccessStatus = 200 | 201 | 202 | 203 | 204 | 205 | 206 | 207 | 208 | 226;
