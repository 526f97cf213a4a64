/** For tests alone: no endpoint has it. */
export const secret = `whsec_${btoa('the secret of the tests, of no use elsewhere')}`;
export const otherSecret = `whsec_${btoa('another secret, of no more use elsewhere')}`;
