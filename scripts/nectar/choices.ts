/** The behavior that is not documented and that the sandbox therefore chose. The control page and the docs list it. */
export const choices = [
  'Ids, tokens and keys are generated from a seed: the same calls get the same ids. The tokens are not secret.',
  'A refused login does not count as a use and changes nothing; the recipient can submit another.',
  'The password `right` works, `right-with-code` works with the code 123456, and so does the documented pair of the sandbox environment. Any other is refused.',
  'Nectar checks new credentials immediately: a reconnected connection is `CONNECTED`, and a new one is after its `connection.created.v2`.',
  'If several statuses apply, `REVOKED` comes before `FULFILLED`, and that before `EXPIRED`. An invitation can be revoked in any status, also again.',
  'Revoking responds with the invitation.',
  'The entries of the log have `type` (`viewed`, `email-verified`, `used`, `revoked`), `at`, and `email` or `connectionId`.',
  'The sender, the text and the layout of the mails are those of the sandbox.',
  'Invitations are listed 100 per page, and lists start with the oldest.',
  'A page below 1 is the first; an empty list has one page.',
  'A recipient who enters an address gets the link by mail again, and opening it from there is the proof.',
  'An unknown path is 404, a wrong method 405, a body that is not JSON 400, an `Accept` without JSON 406.',
  'Both `connection.updated.v2` and `connection.validated.v2` are sent when a status changes.',
];
