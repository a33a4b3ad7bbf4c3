// CONTRACT for whoever asks how long this product is looked after: the day on which its security fixes end.

/** As in provisioning/SECURITY.md: the makers' proposal, which whoever deploys it may make longer by looking after it. */
export const supportEnds = '2031-12-31';
