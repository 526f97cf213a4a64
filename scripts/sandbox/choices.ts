/** The behavior that is not documented and that the sandbox therefore chose. The control page and the docs list it. */
export const choices = [
  'Ids, tokens and keys are drawn from a seed: the same calls get the same ids. The tokens are no secret.',
  'A refused login counts as no use and changes nothing; the recipient can submit another.',
  'The password `right` works, `right-with-code` works with the code 123456, and so does the documented pair of the sandbox environment. Any other is refused.',
  'Nectar checks new credentials at once: a reconnected connection is `CONNECTED`, and a new one is after its `connection.created.v2`.',
  'A status that could be several is `REVOKED` before `FULFILLED` before `EXPIRED`. Revoking is possible in any status, and twice.',
  'Revoking responds with the invitation.',
  'The entries of the log have `type` (`viewed`, `email-verified`, `used`, `revoked`), `at`, and `email` or `connectionId`.',
  'Invitations are listed 100 to a page, and lists start with the oldest.',
  'A page below 1 is the first; an empty list has one page.',
  'Who verifies an address gets the link by mail once more, and following it from there is the proof.',
  'An unknown path is 404, a wrong method 405, a body that is no JSON 400.',
  'Both `connection.updated.v2` and `connection.validated.v2` are sent when a status changes.',
];
