/** The errors of every operation on a company, a connection or an invitation. */
export const errors = {
  '400': 'ErrorDetail',
  '401': 'ErrorDetail',
  '403': 'ErrorDetail',
  '404': 'ErrorDetail (inferred)',
  '429': 'ErrorDetail with Retry-After',
};

/** What every event is delivered with. */
export const delivery = {
  'header svix-id': 'string (inferred)',
  'header svix-timestamp': 'string (inferred)',
  'header svix-signature': 'string (inferred)',
  '2XX': 'no body',
  security: '[]',
};
